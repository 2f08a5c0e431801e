import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './PaneTabs.module.css';
import { PANE_IDS, usePanes } from './panes.ts';

/** On a phone: Read, Code, Wire, or Read and Race. They follow the swipe and lead it. */
export function PaneTabs() {
  const { t } = useTranslation();
  const { phone, panes, pane, show } = usePanes();
  const list = useRef<HTMLDivElement>(null);
  if (!phone) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    const index = panes.indexOf(pane);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: panes.length - 1 }[event.key];
    const target = next === undefined ? undefined : panes[(next + panes.length) % panes.length];
    if (!target) return;
    event.preventDefault();
    show(target);
    list.current?.querySelector<HTMLElement>(`[data-pane=${target}]`)?.focus();
  };

  return (
    <div
      className={styles.tabs}
      role="tablist"
      aria-label={t('panes.label')}
      ref={list}
      onKeyDown={onKeyDown}
    >
      {panes.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`tab-${each}`}
          data-pane={each}
          aria-selected={each === pane}
          aria-controls={PANE_IDS[each]}
          tabIndex={each === pane ? 0 : -1}
          onClick={() => show(each)}
        >
          {t(`panes.${each}`)}
        </button>
      ))}
    </div>
  );
}

import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonInfo } from '../../../lessons/index.ts';
import { ConsolePane, useConsoleCount } from '../../console/index.ts';
import { lineOfWire, openPosition } from '../../editor/index.ts';
import { Icon, IconButton, ToolIcon } from '../../ui/index.ts';
import { showBench, useBench } from './bench.ts';
import { BenchSlot } from './BenchSlot.tsx';
import styles from './OutputPane.module.css';
import { PageSlot } from './PageSlot.tsx';

type Tab = 'console' | 'page' | 'workbench';

interface Props {
  lesson: LessonInfo;
  /** Only the bar of tabs is seen. */
  folded: boolean;
  bytesOpen: boolean;
  onToggleBytes: () => void;
  /** Only its tabs are seen, in the title row of the bytes. */
  inTabs: boolean;
  /** Given where it can be folded into its tabs. */
  onFold?: (folded: boolean) => void;
  onRun: () => void;
}

/** Console, page and workbench, one at a time; the page goes on running behind the others. */
export function OutputPane({ lesson, folded, bytesOpen, onToggleBytes, inTabs, onFold, onRun }: Props) {
  const { t } = useTranslation('stage');
  const count = useConsoleCount();
  // Where pages stand side by side, or their browser is chosen, they are what the lesson is about.
  const [output, setOutput] = useState<Tab>(lesson.pages || lesson.profiles ? 'page' : 'console');
  const benchOpen = useBench((bench) => bench.open);
  const tab = benchOpen ? 'workbench' : output;
  const tabs: Tab[] = lesson.workbench ? ['console', 'page', 'workbench'] : ['console', 'page'];
  const list = useRef<HTMLDivElement>(null);

  const choose = (next: Tab) => {
    showBench(next === 'workbench');
    if (next !== 'workbench') setOutput(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const next = tabs.at((tabs.indexOf(tab) + (event.key === 'ArrowRight' ? 1 : -1)) % tabs.length)!;
    event.preventDefault();
    event.stopPropagation();
    choose(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };

  return (
    <section
      id="pane-output"
      className={styles.pane}
      data-bench={benchOpen || undefined}
      aria-label={t(lesson.workbench ? 'outputWithBench' : 'output')}
    >
      <div className={styles.head}>
        <div className={styles.tabs} role="tablist" aria-label={t('output')} ref={list} onKeyDown={onKeyDown}>
          {tabs.map((each) => (
            <button
              key={each}
              type="button"
              role="tab"
              id={`tab-${each}`}
              aria-selected={each === tab}
              aria-controls={`panel-${each}`}
              tabIndex={each === tab ? 0 : -1}
              onClick={() => {
                choose(each);
                if (folded) onToggleBytes();
                if (each !== 'workbench') onFold?.(false);
              }}
            >
              {t(`${each}`)}
              {each === 'console' && count > 0 && <small>{count}</small>}
            </button>
          ))}
        </div>
        {onFold && !benchOpen && (
          <IconButton
            className={styles.toTabs}
            label={t(inTabs ? 'unfoldOutput' : 'foldOutput')}
            aria-expanded={!inTabs}
            onClick={() => onFold(!inTabs)}
          >
            <Icon name={inTabs ? 'left' : 'right'} />
          </IconButton>
        )}
        <IconButton
          className={styles.fold}
          label={t(bytesOpen ? 'closeBytes' : 'openBytes')}
          aria-expanded={bytesOpen}
          aria-keyshortcuts="B"
          onClick={onToggleBytes}
        >
          <ToolIcon name={bytesOpen ? 'down' : 'up'} />
        </IconButton>
      </div>
      <div className={styles.panels}>
        <div id="panel-page" role="tabpanel" aria-labelledby="tab-page" className={styles.panel}>
          <PageSlot lesson={lesson} shown={tab === 'page' && !folded && !inTabs} />
        </div>
        <div
          id="panel-console"
          role="tabpanel"
          aria-labelledby="tab-console"
          className={styles.panel}
          hidden={tab !== 'console' || folded || inTabs}
        >
          <ConsolePane lineOf={lineOfWire} onOpenPosition={openPosition} />
        </div>
        {lesson.workbench && (
          <div
            id="panel-workbench"
            role="tabpanel"
            aria-labelledby="tab-workbench"
            className={styles.panel}
            hidden={!benchOpen || folded}
          >
            {benchOpen && <BenchSlot lesson={lesson.id} onRun={onRun} />}
          </div>
        )}
      </div>
    </section>
  );
}

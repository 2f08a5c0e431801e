import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFiles } from './files-store.ts';
import styles from './CodePane.module.css';

interface Props {
  files: string[];
  file: string;
  /** Id of the panel that the tabs switch. */
  panel: string;
  onChoose(file: string): void;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

/** Names of a pane's files: tabs when there are several. A file with edits says so by a plus. */
export function FileTabs({ files, file, panel, onChoose }: Props) {
  const { t } = useTranslation('editor');
  const changed = useFiles((state) => files.filter(state.isChanged).join('/')).split('/');

  if (files.length < 2) return <span className={styles['file']}>{file}</span>;

  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (!step) return;
    const next = files[(files.indexOf(file) + step + files.length) % files.length]!;
    onChoose(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-file="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div className={styles['tabs']} role="tablist" aria-label={t('files')} onKeyDown={keys}>
      {files.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          className={styles['file']}
          data-file={each}
          aria-selected={each === file}
          aria-controls={panel}
          tabIndex={each === file ? 0 : -1}
          onClick={() => onChoose(each)}
        >
          {each}
          {changed.includes(each) && each !== file && (
            <span className={styles['plus']} aria-label={t('changed')} role="img">
              +
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

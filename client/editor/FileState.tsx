import { useTranslation } from 'react-i18next';
import { useFiles } from './files-store.ts';
import styles from './CodePane.module.css';

interface Props {
  file: string;
  diff: boolean;
  onDiff(diff: boolean): void;
}

/** How a file differs from the lesson's, with the ways to see it, to go back, and to undo going back. */
export function FileState({ file, diff, onDiff }: Props) {
  const { t } = useTranslation('editor');
  const changed = useFiles((state) => state.isChanged(file));
  const count = useFiles((state) => {
    const { added, removed } = state.changedLines(file);
    return [added && `+${added}`, removed && `−${removed}`].filter(Boolean).join(' ');
  });
  const lines = useFiles((state) => Math.max(...Object.values(state.changedLines(file))));
  const canUndo = useFiles((state) => file in state.resetUndo);
  const outdated = useFiles((state) => state.outdated.includes(file));
  const { reset, undoReset } = useFiles.getState();

  return (
    <span className={styles['state']}>
      <span className={styles['count']} title={outdated ? t('outdated') : undefined}>
        {changed ? t('lines', { count: lines, change: count }) : t('unchanged')}
        {outdated && <span className={styles['hidden']}> {t('outdated')}</span>}
      </span>
      {(changed || canUndo) && (
        // One button for both, so that the focus stays where it was pressed.
        <button
          type="button"
          className={styles['action']}
          onClick={() => (changed ? reset : undoReset)(file)}
        >
          {changed ? t('reset') : t('undoReset')}
        </button>
      )}
      {(changed || diff) && (
        <button type="button" className={styles['action']} aria-pressed={diff} onClick={() => onDiff(!diff)}>
          {t('diff.show')}
        </button>
      )}
    </span>
  );
}

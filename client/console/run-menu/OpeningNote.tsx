import { useTranslation } from 'react-i18next';
import { useLab } from '../../lab/index.ts';

/** How far the opening of a file has come, and what was wrong with it. */
export function OpeningNote({ className }: { className: string | undefined }) {
  const { t } = useTranslation('lab');
  const opening = useLab((lab) => lab.opening);
  const problem = useLab((lab) => lab.openProblem);
  const isTruncated = useLab(({ opened }) => opened?.truncated === true);
  if (problem) {
    return (
      <span className={className} role="alert">
        {t(`runMenu.problem.${problem}`)}
      </span>
    );
  }
  if (opening !== null) {
    return (
      <span className={className}>
        <progress max={1} value={opening} aria-label={t('runMenu.open')} />
        {t('runMenu.opening', { percent: Math.floor(opening * 100) })}
        <button type="button" onClick={() => useLab.getState().stopOpening()}>
          {t('runMenu.stopOpening')}
        </button>
      </span>
    );
  }
  if (!isTruncated) return null;
  return (
    <span className={className} role="status">
      {t('runMenu.truncated')}
    </span>
  );
}

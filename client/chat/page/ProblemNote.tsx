import { useTranslation } from 'react-i18next';
import styles from './Talk.module.css';
import { useTalk } from './talk-context.ts';

/** Why something did not work, in the words of the table of errors. */
export function ProblemNote() {
  const { t, i18n } = useTranslation('chat');
  const problem = useTalk((talk) => talk.problem);
  if (!problem) return <p role="alert" className={styles.problem} hidden />;
  const known = i18n.exists(`errors:${problem.code}`);
  return (
    <p role="alert" className={styles.problem}>
      {known ? t(`errors:${problem.code}`, { ...problem.params }) : t('unreachable')}
    </p>
  );
}

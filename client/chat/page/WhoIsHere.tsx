import { useTranslation } from 'react-i18next';
import styles from './Talk.module.css';
import { useTalk } from './talk-context.ts';

/** Names that are shown; of more there is the number. */
const NAMES = 12;

/** Who is in the room. */
export function WhoIsHere() {
  const { t } = useTranslation('chat');
  const members = useTalk((talk) => talk.members);
  const isIn = useTalk(({ phase }) => phase === 'in');
  if (!isIn) return null;
  const names = members.slice(0, NAMES).map(({ name }) => name);
  return (
    <p className={styles.who}>
      <b>{t('here', { count: members.length })}</b> {names.join(t('and'))}
      {members.length > NAMES && '…'}
    </p>
  );
}

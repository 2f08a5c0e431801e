import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './TryButton.module.css';

interface Props {
  applied: boolean;
  able: boolean;
  title: string;
  /** What it changes: a file with the extent of the edit, or the network. */
  where: string;
  side?: 'browser' | 'server';
  onClick: () => void;
  children: ReactNode;
}

/** The button of something that the lesson offers to change, and changes back. */
export function TryButton({ applied, able, title, where, side, onClick, children }: Props) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={styles.try}
      aria-pressed={applied}
      aria-disabled={!able}
      title={title}
      onClick={() => able && onClick()}
    >
      <b>{t(applied ? 'try.added' : 'try.offer')}</b>
      <span className={styles.what}>{children}</span>
      <span className={styles.where} data-side={side}>
        {where}
      </span>
    </button>
  );
}

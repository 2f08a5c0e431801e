import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge.ts';
import { useReading } from './context.ts';
import styles from './Reference.module.css';

/** Words that lead to a line of the code: where `find` begins. */
export function Line({ file, find, children }: { file: string; find: string; children?: ReactNode }) {
  const actions = useBridge((bridge) => bridge.actions);
  if (!actions) return children;
  return (
    <button
      type="button"
      className={styles.reference}
      data-side={file === 'server.js' ? 'server' : 'browser'}
      onClick={() => actions.open(file, find)}
    >
      {children}
    </button>
  );
}

/** Words that lead to a message on the wire, and are marked while it is followed; plain words before there is one. */
export function Stroke({ of, children }: { of: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const { lesson } = useReading();
  const actions = useBridge((bridge) => bridge.actions);
  const message = useBridge(({ wire }) => (wire && lesson.strokes?.[of]?.(wire)) || null);
  const followed = useBridge((bridge) => message !== null && bridge.followed === message);
  if (!actions || message === null) return children;
  return (
    <button
      type="button"
      className={styles.reference}
      aria-pressed={followed}
      title={t('reference.stroke')}
      onClick={() => actions.follow(message)}
    >
      {children}
    </button>
  );
}

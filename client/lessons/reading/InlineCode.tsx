import type { ReactNode } from 'react';
import { useBridge } from '../bridge.ts';
import styles from './InlineCode.module.css';

const FILES = ['client.js', 'server.js', 'index.html'];

/** Code in a sentence. The name of a file of the lesson opens that file. */
export function InlineCode({ children }: { children?: ReactNode }) {
  const actions = useBridge((bridge) => bridge.actions);
  const file = FILES.find((name) => name === children);
  if (!file || !actions) return <code className={styles.code}>{children}</code>;
  return (
    <button type="button" className={styles.file} onClick={() => actions.open(file)}>
      <code className={styles.code}>{children}</code>
    </button>
  );
}

import type { ReactNode } from 'react';
import styles from './Icon.module.css';

/** The square that every icon is drawn in. */
export function IconFrame({ className, children }: { className: string | undefined; children: ReactNode }) {
  return (
    <svg
      className={className ? `${styles.icon} ${className}` : styles.icon}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

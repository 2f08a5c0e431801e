import type { ComponentProps } from 'react';
import styles from './IconButton.module.css';

/** A square button with an icon; its label is its name and its tooltip. */
export function IconButton({ label, className, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      className={className ? `${styles.button} ${className}` : styles.button}
      aria-label={label}
      title={label}
      {...rest}
    />
  );
}

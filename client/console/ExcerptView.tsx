import type { Excerpt } from './excerpt.ts';
import styles from './ExcerptView.module.css';

/** The line of an error with a caret under its column, which stays there when the line wraps. */
export function ExcerptView({ excerpt: { before, at, after } }: { excerpt: Excerpt }) {
  return (
    <code className={styles.excerpt}>
      {before}
      <span className={styles.at}>{at || ' '}</span>
      {after}
    </code>
  );
}

import styles from './glyphs.module.css';
import { ScriptTags } from './ScriptTags.tsx';
import { Stream } from './Stream.tsx';

/** As the forever iframe, but the document floats: no window shows it. */
export function Htmlfile() {
  return (
    <>
      <rect x={62} y={4} width={144} height={18} className={styles.looseFrame} />
      <Stream />
      <ScriptTags height={12} />
    </>
  );
}

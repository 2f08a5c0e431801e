import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { ScriptTags } from './ScriptTags.tsx';
import { Stream } from './Stream.tsx';

/** The script tags run in a frame that stands on the page. */
export function ForeverIframe() {
  return (
    <>
      <path d={`M62 ${STAVE.browser}V9H206V${STAVE.browser}`} className={styles.frame} />
      <Stream />
      <ScriptTags height={6} />
    </>
  );
}

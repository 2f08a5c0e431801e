import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { Message } from './strokes.tsx';
import { Stream } from './Stream.tsx';

/** Every chunk makes `responseText` a step longer. */
export function XhrStreaming() {
  const foot = STAVE.browser - 3;
  return (
    <>
      <path d={`M92 ${foot}v-5h28v-5h46v-5H${STAVE.width}V${foot}z`} className={styles.growing} />
      <Stream />
      {[70, 98, 144].map((at) => (
        <Message key={at} at={at} />
      ))}
    </>
  );
}

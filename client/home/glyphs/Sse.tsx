import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { Held, Message, Up } from './strokes.tsx';

/** A stream that is cut, asks again by itself, and is told what it missed. */
export function Sse() {
  return (
    <>
      <Up at={12} />
      <Held from={12 + STAVE.trip} to={92} />
      {[42, 66].map((at) => (
        <Message key={at} at={at} />
      ))}
      <path d="M104 22l-5 12 10 8-10 8 10 8-10 8 10 8-10 8 10 8-5 6" className={styles.break} />
      <Up at={120} />
      <Held from={120 + STAVE.trip} to={STAVE.width} />
      {[146, 166, 186].map((at) => (
        <Message key={at} at={at} />
      ))}
    </>
  );
}

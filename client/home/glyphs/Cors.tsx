import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { Down, Gate, Message, Up } from './strokes.tsx';

/** A preflight, a yes, and the gate in the wall opens. */
export function Cors() {
  return (
    <>
      <Gate from={104} to={196} />
      <Up at={12} look="dashed" />
      <Down at={12 + STAVE.trip + 4} look="dashed" />
      <path d="M54 18l5 5 9-11" className={styles.sign} />
      <Up at={112} />
      <Message at={152} />
    </>
  );
}

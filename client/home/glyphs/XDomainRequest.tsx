import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { Cross, Gate, Message, Up } from './strokes.tsx';

/** A narrower gate, and nobody to ask for more: what does not fit stops at the wall. */
export function XDomainRequest() {
  return (
    <>
      <Gate from={48} to={124} />
      <Up at={50} />
      <Message at={92} />
      <path d={`M156 ${STAVE.browser}L166 ${STAVE.wall - 3}`} className={styles.browser} />
      <Cross x={167} y={STAVE.wall} r={4.5} />
    </>
  );
}

import { Fragment } from 'react';
import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { Down, Landing, Message, Up } from './strokes.tsx';

/** A handshake, the double bar of `101`, and then either end when it likes. */
export function WebSocket() {
  const [above, below] = [STAVE.browser - 6, STAVE.server + 6];
  return (
    <>
      <Up at={8} look="thin" />
      <Down at={8 + STAVE.trip + 1} look="thin" />
      <path d={`M63 ${above}V${below}`} className={styles.thinBar} />
      <path d={`M68 ${above}V${below}`} className={styles.thickBar} />
      {[80, 120, 132, 178].map((at) => (
        <Fragment key={at}>
          <Up at={at} />
          <Landing at={at + STAVE.trip} by="browser" />
        </Fragment>
      ))}
      {[92, 110, 152, 186].map((at) => (
        <Message key={at} at={at} />
      ))}
    </>
  );
}

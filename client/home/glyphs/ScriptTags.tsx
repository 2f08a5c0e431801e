import { Fragment } from 'react';
import styles from './glyphs.module.css';
import { STAVE } from './stave.ts';
import { Down } from './strokes.tsx';

/** Messages that land as script tags, `height` units above the rail. */
export function ScriptTags({ height }: { height: number }) {
  return [66, 106, 160].map((at) => {
    const x = at + STAVE.trip;
    return (
      <Fragment key={at}>
        <Down at={at} />
        <path d={`M${x} ${STAVE.browser}v${-height}`} className={styles.server} />
        <rect x={x - 5} y={STAVE.browser - height - 10} width={10} height={10} className={styles.serverDot} />
      </Fragment>
    );
  });
}

import { Fragment } from 'react';
import { ROUND_TRIP, STAVE } from './stave.ts';
import { Down, Landing, Up } from './strokes.tsx';

/** Four questions; three come back with nothing. */
export function Polling() {
  return [12, 63, 114, 165].map((at, index) => (
    <Fragment key={at}>
      <Up at={at} />
      <Down at={at + STAVE.trip} />
      <Landing at={at + ROUND_TRIP} hollow={index !== 2} />
    </Fragment>
  ));
}

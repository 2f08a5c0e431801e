import { Fragment } from 'react';
import { STAVE } from './stave.ts';
import { Held, Message, Up } from './strokes.tsx';

/** Two questions, each held until there is something to say. */
export function LongPolling() {
  return (
    [
      [12, 70],
      [98, 182],
    ] as const
  ).map(([asked, answered]) => (
    <Fragment key={asked}>
      <Up at={asked} />
      <Held from={asked + STAVE.trip} to={answered} />
      <Message at={answered} />
    </Fragment>
  ));
}

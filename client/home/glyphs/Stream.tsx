import { STAVE } from './stave.ts';
import { Down, Held, Up } from './strokes.tsx';

/** What all streams over HTTP begin with: one request, a head at once, and a response that does not end. */
export function Stream() {
  return (
    <>
      <Up at={12} />
      <Held from={12 + STAVE.trip} to={STAVE.width} />
      <Down at={42} look="thin" />
    </>
  );
}

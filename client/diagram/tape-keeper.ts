import { layoutTape, type Tape } from './layout.ts';
import type { Frame } from './layout/frame.ts';

/** What is only counted changes no more often than this, ms: nobody reads bars that grow with every frame. */
const COUNTED_EVERY_MS = 100;

/** Keeps a tape as long as it is the right one. */
export class TapeKeeper {
  readonly #clock: () => number;
  #tape: Tape | undefined;
  #laidOutAt = -Infinity;

  /** @param clock ms, of any origin. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** @param moves it is asked for again with the next frame: then what is only counted may be a little older. */
  tapeOf(frame: Frame, moves: boolean): Tape {
    const known = this.#tape;
    if (known && isKept(known, frame, moves && this.#clock() < this.#laidOutAt + COUNTED_EVERY_MS))
      return known;
    this.#laidOutAt = this.#clock();
    return (this.#tape = layoutTape(frame));
  }
}

function isKept({ frame: known, density }: Tape, frame: Frame, mayBeOlder: boolean): boolean {
  const isSameRun =
    known.run === frame.run ||
    (mayBeOlder && density !== null && known.run.number === frame.run.number && frame.run.live);
  const { from, to, pxPerMs, geometry, selection, boundary } = frame;
  return (
    isSameRun &&
    known.from === from &&
    known.to === to &&
    known.pxPerMs === pxPerMs &&
    known.geometry === geometry &&
    known.selection === selection &&
    known.boundary === boundary
  );
}

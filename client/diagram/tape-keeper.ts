import { layoutTape, type Tape } from './layout.ts';
import type { Frame } from './layout/frame.ts';

/** What is only counted changes no more often than this, ms: nobody reads bars that grow with every frame. */
const COUNTED_EVERY_MS = 100;

/** What took long to lay out is kept for so many times as long, but… */
const SHARE = 4;
/** …never longer than this, ms. */
const OLDEST_MS = 250;

/** Keeps a tape as long as it is the right one. */
export class TapeKeeper {
  readonly #clock: () => number;
  #tape: Tape | undefined;
  /** While it moves, a tape of an older state of the run is good enough until then. */
  #goodUntil = -Infinity;

  /** @param clock ms, of any origin. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** @param moves it is asked for again with the next frame: then what is only counted, or took long, may be a little older. */
  tapeOf(frame: Frame, moves: boolean): Tape {
    const known = this.#tape;
    const began = this.#clock();
    if (known && isKept(known, frame, moves && began < this.#goodUntil)) return known;
    const tape = layoutTape(frame);
    const took = this.#clock() - began;
    const counted = tape.density === null ? 0 : COUNTED_EVERY_MS;
    this.#goodUntil = began + Math.min(OLDEST_MS, Math.max(counted, took * (1 + SHARE)));
    return (this.#tape = tape);
  }
}

function isKept({ frame: known }: Tape, frame: Frame, mayBeOlder: boolean): boolean {
  const isSameRun =
    known.run === frame.run || (mayBeOlder && known.run.number === frame.run.number && frame.run.live);
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

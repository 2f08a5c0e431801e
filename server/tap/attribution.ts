/**
 * Which line of learner code is writing right now.
 *
 * The HTTP stack writes to its socket synchronously while the sandbox host executes a guest call, so
 * a variable is enough to know whose bytes they are.
 */
import type { SourcePosition } from '../errors/protocol.ts';

export interface Call {
  /** As the learner wrote it: `res.write`, `res.end`. */
  name: string;
  position?: SourcePosition;
}

/** One stretch of bytes that a call wrote. */
export interface AttributedWrite {
  call: Call;
  offset: number;
  length: number;
}

interface Scope {
  call: Call;
  writes: Map<(write: AttributedWrite) => void, AttributedWrite>;
}

let scope: Scope | undefined;

/** Runs `work`; every tapped socket it writes to is told afterwards, once, which bytes were the call's. */
export function attribute(call: Call, work: () => void): void {
  const outer = scope;
  const own: Scope = { call, writes: new Map() };
  scope = own;
  try {
    work();
  } finally {
    scope = outer;
    for (const [report, write] of own.writes) report(write);
  }
}

/** Called by a tapped socket for each write: `report` is its own callback, stable per socket. */
export function noteWrite(report: (write: AttributedWrite) => void, offset: number, length: number): void {
  if (scope === undefined) return;
  const known = scope.writes.get(report);
  if (known === undefined) scope.writes.set(report, { call: scope.call, offset, length });
  else known.length = offset + length - known.offset;
}

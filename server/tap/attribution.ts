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

type Report = (write: AttributedWrite) => void;

interface Scope {
  call: Call;
  /** One a socket: there is rarely a second. */
  writes: { report: Report; write: AttributedWrite }[];
}

let scope: Scope | undefined;

/** Runs `work`; every tapped socket it writes to is told afterwards, once, which bytes were the call's. */
export function attribute(call: Call, work: () => void): void {
  const outer = scope;
  const own: Scope = { call, writes: [] };
  scope = own;
  try {
    work();
  } finally {
    scope = outer;
    for (const { report, write } of own.writes) report(write);
  }
}

/** Called by a tapped socket for each write: `report` is its own callback, stable per socket. */
export function noteWrite(report: Report, offset: number, length: number): void {
  if (scope === undefined) return;
  const known = scope.writes.find((one) => one.report === report);
  if (known === undefined) scope.writes.push({ report, write: { call: scope.call, offset, length } });
  else known.write.length = offset + length - known.write.offset;
}

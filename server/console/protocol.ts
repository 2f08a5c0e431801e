/**
 * A value printed with `console.*`, frozen at the moment of the call so that it can cross a
 * thread or a socket and still be unfolded in the Console.
 *
 * In: any JavaScript value. Out: a bounded tree of plain data.
 * Knows nothing of Node, the DOM, or who prints it: the sandbox guest and the page runtime both
 * bundle this file.
 */
export type ConsoleLevel = 'log' | 'info' | 'warn' | 'error' | 'debug';

export type ConsoleValue =
  | {
      kind:
        | 'string'
        | 'number'
        | 'bigint'
        | 'boolean'
        | 'undefined'
        | 'null'
        | 'symbol'
        | 'function'
        | 'error'
        | 'date'
        | 'regexp';
      text: string;
    }
  | ConsoleObject;

export interface ConsoleObject {
  kind: 'object' | 'array' | 'map' | 'set';
  /** Constructor name, e.g. `Object`, `IncomingMessage`, `Array`. */
  text: string;
  /** Key (or index) and value, in enumeration order. */
  entries: [string, ConsoleValue][];
  /** How many entries were left out because a bound below was met; 0 when none. */
  more: number;
  /** Set when the value was already printed above it in the same tree. */
  circular?: true;
}

/** Bounds of one frozen tree. A learner can print a whole `req`: deep enough to find a header in. */
export const CONSOLE_BOUNDS = { depth: 4, entries: 100, textLength: 10_000, nodes: 1_000 } as const;

/** What the engine asks of whoever runs a guest, and how it says that it had to stop one. A box is the address of an engine value. */
import type { Engine } from './engine.ts';

/** What a host function may answer. */
export type HostAnswer = string | Uint8Array | number | undefined | { box: number };

export interface EngineHooks {
  /** The guest called its host function; `args` are read with `engine.text`, `engine.number`, `engine.bytes`. */
  hostCall(engine: Engine, args: number[]): HostAnswer;
  /** Asked now and then while guest code runs: true ends it. */
  shouldStop(): boolean;
  resolveModule(from: string, specifier: string): string;
  loadModule(name: string): string;
}

/** Why the engine gave a turn back. Only `entry('drain')` may follow, and not when the engine is `broken`. */
export class GuestStop extends Error {
  readonly kind: 'interrupted' | 'memory' | 'thrown' | 'trap';
  /** Engine stack of the moment, or empty. */
  readonly guestStack: string;
  constructor(kind: GuestStop['kind'], message: string, guestStack: string) {
    super(message);
    this.name = 'GuestStop';
    this.kind = kind;
    this.guestStack = guestStack;
  }
}

import type { Outbox } from './outbox.ts';
import type { Sources } from './positions.ts';
import type { Tasks } from './tasks.ts';

/** What everything that watches the page is given. */
export interface Probe {
  outbox: Outbox;
  sources: Sources;
  tasks: Tasks;
  /** Page clock, ms. */
  now(): number;
  /** What holds a request back, by the object that sends it: an old browser had fewer connections. */
  gates: WeakMap<object, (start: () => void) => void>;
  /** Numbers fetch and XMLHttpRequest calls, from 1. */
  nextCall(): number;
}

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
  /** Numbers fetch and XMLHttpRequest calls, from 1. */
  nextCall(): number;
}

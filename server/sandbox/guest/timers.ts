/** `setTimeout` and its fellows. The host wakes the guest for the earliest; the guest keeps the order. */
import type { SourcePosition } from '../../errors/protocol.ts';
import { MAILBOX } from '../protocol.ts';
import { call, mailbox, now } from './bridge.ts';
import { invalidArgument, nodeError } from './node-error.ts';
import { callSite } from './positions.ts';
import { limitReached } from './limit-error.ts';
import { hold, release } from './references.ts';
import { runTask } from './tasks.ts';

type Callback = (...args: unknown[]) => unknown;

/** Node's bound: longer delays become 1 ms. */
const LONGEST_MS = 2 ** 31 - 1;
let mostTimers = Infinity;
let sequence = 0;
const byId = new Map<number, Timeout>();
/** Sorted by due time, then by order of setting; short in every program of this subject. */
const queue: Timeout[] = [];

export function limitTimers(count: number): void {
  mostTimers = count;
}

export class Timeout {
  readonly id = ++sequence;
  readonly callback: Callback;
  readonly args: unknown[];
  readonly delay: number;
  readonly repeats: boolean;
  readonly position: SourcePosition | undefined;
  due = 0;
  order = 0;
  #referenced = true;
  live = false;

  constructor(
    callback: Callback,
    delay: unknown,
    args: unknown[],
    repeats: boolean,
    above: { readonly name: string },
  ) {
    if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
    const given = Number(delay);
    this.callback = callback;
    this.args = args;
    this.delay = given >= 1 && given <= LONGEST_MS ? Math.trunc(given) : 1;
    this.repeats = repeats;
    this.position = callSite(above);
    schedule(this);
  }

  ref(): this {
    if (!this.#referenced && this.live) hold();
    this.#referenced = true;
    return this;
  }
  unref(): this {
    if (this.#referenced && this.live) release();
    this.#referenced = false;
    return this;
  }
  hasRef(): boolean {
    return this.#referenced;
  }
  refresh(): this {
    if (this.live) remove(this);
    schedule(this);
    return this;
  }
  close(): this {
    cancel(this);
    return this;
  }
  [Symbol.toPrimitive](): number {
    return this.id;
  }
}

function schedule(timer: Timeout): void {
  if (queue.length >= mostTimers) throw limitReached('timers', mostTimers);
  // Whole milliseconds, as libuv's loop time: timers of one delay fire in the order they were set.
  timer.due = Math.floor(now()) + timer.delay;
  timer.order = ++sequence;
  let at = queue.length;
  while (at > 0 && queue[at - 1]!.due > timer.due) at -= 1;
  queue.splice(at, 0, timer);
  byId.set(timer.id, timer);
  timer.live = true;
  if (timer.hasRef()) hold();
  announce();
}

function remove(timer: Timeout): void {
  const at = queue.indexOf(timer);
  if (at >= 0) queue.splice(at, 1);
  timer.live = false;
  if (timer.hasRef()) release();
  announce();
}

function cancel(timer: Timeout): void {
  if (timer.live) remove(timer);
  byId.delete(timer.id);
}

function announce(): void {
  mailbox[MAILBOX.nextTimer] = queue[0]?.due ?? Infinity;
}

/** Fires the earliest timer if it is due; the worker calls again while one is. */
export function fireTimer(): void {
  const timer = queue[0];
  if (!timer || timer.due > now()) return;
  remove(timer);
  // Re-armed before the call, so that the program stays alive and `clearInterval` inside it works.
  if (timer.repeats) schedule(timer);
  else byId.delete(timer.id);
  runTask(() => {
    call({ op: 'timer', at: now(), kind: timer.repeats ? 'interval' : 'timeout', position: timer.position });
    Reflect.apply(timer.callback, timer, timer.args);
  });
}

export function setTimeout(callback: Callback, delay?: number, ...args: unknown[]): Timeout {
  return new Timeout(callback, delay, args, false, setTimeout);
}
export function setInterval(callback: Callback, delay?: number, ...args: unknown[]): Timeout {
  return new Timeout(callback, delay, args, true, setInterval);
}
export function clearTimeout(timer?: unknown): void {
  const found = timer instanceof Timeout ? timer : byId.get(Number(timer));
  if (found) cancel(found);
}
export const clearInterval = (timer?: unknown): void => clearTimeout(timer);

export class Immediate {
  readonly callback: Callback;
  readonly args: unknown[];
  readonly position: SourcePosition | undefined;
  #referenced = true;
  constructor(callback: Callback, args: unknown[]) {
    if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
    this.callback = callback;
    this.args = args;
    this.position = callSite(setImmediate);
  }
  ref(): this {
    this.#referenced = true;
    return this;
  }
  unref(): this {
    this.#referenced = false;
    return this;
  }
  hasRef(): boolean {
    return this.#referenced;
  }
}

/** The worker reads their number and fires that many: those they set wait for the next round, as in Node. */
const immediates: Immediate[] = [];

export function setImmediate(callback: Callback, ...args: unknown[]): Immediate {
  if (immediates.length >= mostTimers) throw limitReached('timers', mostTimers);
  const immediate = new Immediate(callback, args);
  immediates.push(immediate);
  hold();
  mailbox[MAILBOX.immediates] = immediates.length;
  return immediate;
}
export function clearImmediate(immediate?: unknown): void {
  const at = immediates.indexOf(immediate as Immediate);
  if (at < 0) return;
  immediates.splice(at, 1);
  release();
  mailbox[MAILBOX.immediates] = immediates.length;
}

export function fireImmediate(): void {
  const immediate = immediates.shift();
  mailbox[MAILBOX.immediates] = immediates.length;
  if (!immediate) return;
  release();
  runTask(() => {
    call({ op: 'timer', at: now(), kind: 'immediate', position: immediate.position });
    Reflect.apply(immediate.callback, immediate, immediate.args);
  });
}

interface PromiseOptions {
  signal?: { aborted: boolean; reason: unknown; addEventListener(type: string, listener: () => void): void };
  ref?: boolean;
}

/** What Node's promises reject with when a signal ends them. */
function aborted(cause: unknown): Error {
  const error = nodeError('ABORT_ERR', 'The operation was aborted');
  error.name = 'AbortError';
  return Object.defineProperty(error, 'cause', { value: cause, configurable: true, writable: true });
}

/** `timers/promises` */
export const timersPromises = {
  setTimeout: (delay?: number, value?: unknown, options: PromiseOptions = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const { signal } = options;
      if (signal?.aborted) return reject(aborted(signal.reason));
      const timer = new Timeout(() => resolve(value), delay, [], false, timersPromises.setTimeout);
      if (options.ref === false) timer.unref();
      signal?.addEventListener('abort', () => {
        timer.close();
        reject(aborted(signal.reason));
      });
    }),
  setImmediate: (value?: unknown): Promise<unknown> =>
    new Promise((resolve) => setImmediate(() => resolve(value))),
  async *setInterval(delay?: number, value?: unknown): AsyncGenerator<unknown> {
    for (;;) yield await timersPromises.setTimeout(delay, value);
  },
  scheduler: {
    wait: (delay?: number): Promise<unknown> => timersPromises.setTimeout(delay),
    yield: (): Promise<unknown> => timersPromises.setImmediate(),
  },
};

const promisified = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(setTimeout, promisified, { value: timersPromises.setTimeout });
Object.defineProperty(setImmediate, promisified, { value: timersPromises.setImmediate });

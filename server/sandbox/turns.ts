/**
 * Who is next on a worker thread: its guests take turns, and one that takes too much waits.
 *
 * In: guests with work. Out: one turn at a time, in fair order.
 * Knows nothing of what a turn does.
 *
 * Each guest has a credit of thread time. Turns use it up, time gives it back at a quarter of its pace.
 * A guest without credit cools down while others use the thread; alone it may have all of it.
 */
import type { SandboxLimits } from './limits.ts';

export interface Runnable {
  /** Runs one turn. */
  step(): void;
  /** Whether `step` would find anything to do now. */
  readonly hasWork: boolean;
}

export interface TurnsOptions {
  limits: SandboxLimits;
  /** Sends what the turns so far had to say. */
  flush(): void;
  /** A guest takes more than its share again and again, and others of this thread want theirs. */
  greedy(run: Runnable): void;
}

interface Account {
  /** Thread time it may use, ms; negative: it has had more. */
  credit: number;
  /** When `credit` was right, ms of `performance.now()`. */
  at: number;
  /** Times in a row it ran out of credit beside others. */
  exhausted: number;
  cooling: NodeJS.Timeout | undefined;
}

/** Of each ms that passes, the part that a guest without credit gets back. */
const REFILL = 0.25;
/** The thread looks at its messages at least this often while guests have work. */
const ROUND_MS = 5;
/**
 * What turns have to say waits so long for company. A message costs both threads about 20 µs: on a busy machine, one
 * for every eight turns cost a tenth of a request more than the two threads' working at once gained.
 */
const MESSAGE_WAITS_MS = 1;
/** Another guest counts as using the thread this long after its turn. */
const ACTIVE_MS = 1_000;
/** Cool-downs in a row after which a guest is called greedy. */
const GREEDY_AFTER = 3;

export class Turns {
  readonly #options: TurnsOptions;
  readonly #accounts = new Map<Runnable, Account>();
  readonly #queue = new Set<Runnable>();
  #immediate: NodeJS.Immediate | undefined;
  #pumping = false;
  /** The guest of the last turn, and of the last one that was another's. */
  #last: Runnable | undefined;
  #otherAt = -Infinity;
  #lastAt = -Infinity;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** `run` has work. Its turn comes; not during this call. */
  ready(run: Runnable): void {
    const account = this.#account(run);
    if (account.cooling) return;
    this.#queue.add(run);
    if (!this.#pumping) this.#immediate ??= setImmediate(() => this.pump());
  }

  /** Forgets a guest that is over. */
  drop(run: Runnable): void {
    clearTimeout(this.#accounts.get(run)?.cooling);
    this.#accounts.delete(run);
    this.#queue.delete(run);
    if (this.#last === run) this.#last = undefined;
  }

  /** Runs turns for a while. */
  pump(): void {
    clearImmediate(this.#immediate);
    this.#immediate = undefined;
    this.#pumping = true;
    const until = performance.now() + ROUND_MS;
    let now = performance.now();
    let flushedAt = now;
    for (const run of this.#queue) {
      this.#queue.delete(run);
      const account = this.#account(run);
      if (this.#mustCool(run, account, now)) continue;
      const began = now;
      run.step();
      now = performance.now();
      this.#charge(run, account, began, now);
      // At the end of the line: a Set keeps the order of adding, also while it is walked.
      if (this.#accounts.has(run) && run.hasWork) this.#queue.add(run);
      if (now - flushedAt > MESSAGE_WAITS_MS) {
        this.#options.flush();
        flushedAt = now;
      }
      if (now > until) break;
    }
    this.#pumping = false;
    this.#options.flush();
    if (this.#queue.size > 0) this.#immediate ??= setImmediate(() => this.pump());
  }

  #account(run: Runnable): Account {
    let account = this.#accounts.get(run);
    if (!account) {
      account = {
        credit: this.#options.limits.sliceMs,
        at: performance.now(),
        exhausted: 0,
        cooling: undefined,
      };
      this.#accounts.set(run, account);
    }
    return account;
  }

  #charge(run: Runnable, account: Account, began: number, now: number): void {
    const { sliceMs, coolDownMs } = this.#options.limits;
    const refilled = Math.min(sliceMs, account.credit + (began - account.at) * REFILL);
    if (refilled === sliceMs) account.exhausted = 0;
    account.credit = Math.max(refilled - (now - began), -coolDownMs * REFILL);
    account.at = now;
    if (this.#last !== run) {
      this.#otherAt = this.#lastAt;
      this.#last = run;
    }
    this.#lastAt = now;
  }

  #mustCool(run: Runnable, account: Account, now: number): boolean {
    const credit = account.credit + (now - account.at) * REFILL;
    if (credit > 0) return false;
    const othersAt = this.#last === run ? this.#otherAt : this.#lastAt;
    if (now - othersAt > ACTIVE_MS) return false;
    account.exhausted += 1;
    account.cooling = setTimeout(
      () => {
        account.cooling = undefined;
        this.ready(run);
      },
      Math.ceil(-credit / REFILL) + 1,
    );
    if (account.exhausted >= GREEDY_AFTER) {
      account.exhausted = 0;
      this.#options.greedy(run);
    }
    return true;
  }
}

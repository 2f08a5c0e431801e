/**
 * Macrotasks: a callback of the learner, then `process.nextTick`, and what happens to its errors.
 *
 * The worker runs promise jobs after each entry and calls `runTicks` again until both are empty:
 * Node's order (tick queue first, then microtasks, and so on).
 */
import { HOST_CALL, MAILBOX } from '../protocol.ts';
import { askHost, call, mailbox, now, takeCalls } from './bridge.ts';
import { reportOf } from './report.ts';

interface Tick {
  callback: (...args: unknown[]) => void;
  args: unknown[];
}

let ticks: Tick[] = [];

/** Listeners of `process`; set by process.ts, which knows EventEmitter. */
export interface ProcessHooks {
  emit(event: string, ...args: unknown[]): boolean;
  listenerCount(event: string): number;
}
let hooks: ProcessHooks | undefined;

export function setProcessHooks(process: ProcessHooks): void {
  hooks = process;
}

export function nextTick(callback: (...args: unknown[]) => void, ...args: unknown[]): void {
  ticks.push({ callback, args });
}

function isOver(): boolean {
  return mailbox[MAILBOX.over] === 1;
}

/** Runs one macrotask with its ticks. */
export function runTask(work: () => void): void {
  if (isOver()) return;
  try {
    work();
  } catch (error) {
    uncaught(error, 'uncaughtException');
  }
  runTicks();
}

export function runTicks(): void {
  while (ticks.length > 0 && !isOver()) {
    const round = ticks;
    ticks = [];
    for (let index = 0; index < round.length && !isOver(); index++) {
      const { callback, args } = round[index]!;
      try {
        callback(...args);
      } catch (error) {
        uncaught(error, 'uncaughtException');
      }
    }
  }
}

/** An error nothing caught ends the process unless it listens for that, as in Node. */
function uncaught(error: unknown, origin: 'uncaughtException' | 'unhandledRejection'): void {
  if (isOver()) return;
  if (hooks && hooks.listenerCount('uncaughtException') > 0) {
    call({ op: 'thrown', at: now(), error: reportOf(error, origin), fatal: false });
    try {
      hooks.emit('uncaughtException', error, origin);
      return;
    } catch (second) {
      error = second;
    }
  }
  call({ op: 'thrown', at: now(), error: reportOf(error, origin), fatal: true });
  mailbox[MAILBOX.over] = 1;
}

/** A promise rejected that nobody handled by the end of its turn. */
export function unhandledRejection(reason: unknown, promise: unknown): void {
  if (hooks && hooks.listenerCount('unhandledRejection') > 0) {
    runTask(() => hooks?.emit('unhandledRejection', reason, promise));
    return;
  }
  uncaught(reason, 'unhandledRejection');
  runTicks();
}

/** `process.exit`: hands over what was said, then never returns. */
export function exitNow(code: number): never {
  const said = takeCalls();
  if (said !== undefined) askHost(HOST_CALL.flush, said);
  askHost(HOST_CALL.exit, code);
  // The engine has no call that ends it; the interrupt handler takes over within some thousand rounds.
  for (;;);
}

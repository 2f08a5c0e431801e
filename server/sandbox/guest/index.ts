/**
 * The guest's side of the sandbox: assembles Node's modules inside QuickJS.
 *
 * In: entries that the worker calls (`GuestEntry`), with JSON text and bytes.
 * Out: the calls of each turn, as JSON. Knows nothing of the worker or the main thread.
 * Runs once, when the snapshot is primed; a sandbox begins at `boot`.
 */
import { call, connectHost, type HostFunction, mailbox, takeCalls } from './bridge.ts';
import { builtins, requireInPackage } from './builtins.ts';
import { completeCallSites } from './call-site.ts';
import { endConsoleTurn, limitConsole } from './console.ts';
import { core } from './core.ts';
import { setFiles } from './files.ts';
import { installGlobals } from './globals.ts';
import { endResponsesTurn } from './exchanges.ts';
import { takeMessage } from './deliver.ts';
import { limitPorts, pendingPorts } from './net-server.ts';
import { loadForImport, runMain, setFormats } from './modules.ts';
import { offerCore, PART_MODULES } from './on-demand.ts';
import { bootPerformance } from './performance.ts';
import { formatStack } from './positions.ts';
import { bootProcess, process } from './process.ts';
import { seedRandom } from './random.ts';
import { runTask, runTicks, unhandledRejection } from './tasks.ts';
import { fireImmediate, fireTimer, limitTimers } from './timers.ts';
import { MAILBOX } from '../protocol.ts';

/** What `boot` is told. */
export interface BootMessage {
  files: Record<string, string>;
  env: Record<string, string>;
  formats: Record<string, 'module' | 'commonjs'>;
  seed: [number, number, number, number];
  limits: { timers: number; consoleLinesPerTurn: number; ports: number };
}

const { parse } = JSON;
let firstTurnOver = false;
let startedTold = false;

/** Answers what the turn wants done. */
function answer(): string | undefined {
  endResponsesTurn();
  endConsoleTurn();
  if (firstTurnOver && !startedTold && pendingPorts() === 0 && mailbox[MAILBOX.over] === 0) {
    startedTold = true;
    call({ op: 'started' });
  }
  return takeCalls();
}

export const entries = {
  boot(text: string): string | undefined {
    const { files, env, formats, seed, limits } = parse(text) as BootMessage;
    setFiles(files);
    setFormats(formats);
    seedRandom(seed);
    limitTimers(limits.timers);
    limitConsole(limits.consoleLinesPerTurn);
    limitPorts(limits.ports);
    bootProcess(env);
    bootPerformance();
    return undefined;
  },
  runMain(file: string): string | undefined {
    runTask(() => runMain(file));
    return answer();
  },
  /** The first turn is over, promise jobs included. */
  settled(): string | undefined {
    firstTurnOver = true;
    return answer();
  },
  tell(text: string, bytes?: Uint8Array): string | undefined {
    runTask(() => takeMessage(text, bytes));
    return answer();
  },
  timers(): string | undefined {
    fireTimer();
    return answer();
  },
  immediates(): string | undefined {
    fireImmediate();
    return answer();
  },
  tick(): string | undefined {
    runTicks();
    return answer();
  },
  rejected(reason: unknown, promise: unknown): string | undefined {
    unhandledRejection(reason, promise);
    return answer();
  },
  /** Nothing can call the program again; it may give itself new work. */
  leave(): string | undefined {
    runTask(() => void process.emit('beforeExit', process.exitCode ?? 0));
    return answer();
  },
  quit(): string | undefined {
    runTask(() => process.exit());
    return answer();
  },
  drain(): string | undefined {
    return takeCalls();
  },
};

/** For priming: connects the host function and hands out what must outlive the global scope. */
export function prime(host: HostFunction): object {
  connectHost(host);
  offerCore({ ...core, requireInPackage });
  installGlobals();
  completeCallSites();
  Error.prepareStackTrace = formatStack;
  Error.stackTraceLimit = 10;
  mailbox[MAILBOX.nextTimer] = Infinity;
  return {
    entries,
    mailbox,
    builtins,
    loadForImport,
    loadBuiltin: (name: string) => builtins[name],
    partModules: Object.keys(PART_MODULES),
  };
}

/**
 * One guest from start to end: its turns, its timers, what it is told and what it calls.
 *
 * In: files, messages. Out: `FromWorker` messages through `post`.
 * Knows nothing of threads and other guests. Owns its engine until `release`.
 */
import { randomBytes } from 'node:crypto';
import type { ReportedError } from '../errors/protocol.ts';
import { monotonicMs } from './contract.ts';
import { type Engine, type EngineHooks, GuestStop, type HostAnswer } from './engine.ts';
import type { Heartbeat } from './heartbeat.ts';
import { answerHostCall, freeHostState } from './host-calls.ts';
import type { SandboxLimits } from './limits.ts';
import { MissingModule, ModuleLoader } from './module-loader.ts';
import { callAt, importPosition } from './places.ts';
import { type FromWorker, HOST_CALL, MAILBOX } from './protocol.ts';
import { explainMissingName, reportStop } from './stop-report.ts';
import { readScripts, type Script } from './syntax.ts';

const ENTRY = 'server.js';
/** How long one guest may fire timers before the others of this worker have their turn. */
const SLICE_MS = 10;
/** For collecting what a stopped guest had said. */
const LAST_WORDS_MS = 50;

export interface GuestRunOptions {
  sandbox: number;
  files: Record<string, string>;
  env: Record<string, string>;
  limits: SandboxLimits;
  heartbeat: Heartbeat;
  takeEngine(hooks: EngineHooks): Engine;
  returnEngine(engine: Engine): void;
  post(message: FromWorker, now?: boolean): void;
  /** The run is over in this worker. */
  ended(): void;
}

export class GuestRun implements EngineHooks {
  readonly #options: GuestRunOptions;
  #engine: Engine | undefined;
  #scripts = new Map<string, Script>();
  #loader: ModuleLoader | undefined;
  /** Bytes that belong to calls not posted yet. */
  #bytes: Uint8Array[] = [];
  #sentThisTurn = 0;
  #heard = 0;
  #exitCode: number | undefined;
  #overflow = false;
  #toldIdle = false;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #wakeAt = Infinity;

  constructor(options: GuestRunOptions) {
    this.#options = options;
  }

  /** Parses the files and runs the first turn. */
  start(): void {
    const { files, env, limits } = this.#options;
    const read = readScripts(files);
    if ('error' in read) return this.#fail(read.error);
    const entry = read.scripts.get(ENTRY);
    if (!entry) {
      const message = `Cannot find module '/lab/${ENTRY}'`;
      return this.#fail({ code: 'MODULE_NOT_FOUND', message, params: { module: ENTRY } });
    }
    this.#scripts = read.scripts;
    const loader = new ModuleLoader(files, read.scripts);
    this.#loader = loader;
    const engine = this.#takeEngine();
    if (!engine) return;
    this.#engine = engine;
    const formats = Object.fromEntries([...read.scripts].map(([file, { format }]) => [file, format]));
    const boot = { files, env, formats, seed: seedWords(), limits };
    this.#turn(() => {
      engine.entry('boot', JSON.stringify(boot));
      if (entry.format === 'commonjs') return engine.entry('runMain', ENTRY);
      engine.runModule(ENTRY, loader.source(ENTRY));
      return undefined;
    });
    if (this.#engine) this.#turn(() => engine.entry('settled'));
  }

  #takeEngine(): Engine | undefined {
    try {
      return this.#options.takeEngine(this);
    } catch (error) {
      // No address space or memory is left for one more instance; the others go on.
      const why = error instanceof Error ? error.message : String(error);
      this.#fail({ code: 'SANDBOX_LOST', message: `No more sandboxes can be made here: ${why}.` });
      return undefined;
    }
  }

  tell(text: string, bytes: Uint8Array | undefined): void {
    this.#heard += 1;
    const engine = this.#engine;
    if (engine) this.#turn(() => engine.entry('tell', text, bytes));
  }

  /** Lets the guest find itself new work, else ends it. */
  leave(): void {
    const engine = this.#engine;
    if (!engine) return;
    this.#turn(() => engine.entry('leave'));
    if (this.#engine && this.#isIdle()) this.#turn(() => engine.entry('quit'));
  }

  /** Gives the engine back. Idempotent. */
  release(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    if (!this.#engine) return;
    freeHostState(this.#engine);
    this.#options.returnEngine(this.#engine);
    this.#engine = undefined;
  }

  hostCall(engine: Engine, args: number[]): HostAnswer {
    const code = engine.number(args[0]!);
    switch (code) {
      case HOST_CALL.flush:
        this.#postCalls(engine.text(args[1]!), true);
        return undefined;
      case HOST_CALL.bytes:
        this.#takeBytes(engine.bytes(args[1]!));
        return undefined;
      case HOST_CALL.refine:
        return this.#refine(engine, args);
      case HOST_CALL.exit:
        this.#exitCode = engine.number(args[1]!);
        engine.setDeadline(0);
        return undefined;
      default:
        return answerHostCall(engine, code, args);
    }
  }

  /** `line:column` of the call that the guest is in, or undefined where the script is not known. */
  #refine(engine: Engine, args: number[]): string | undefined {
    const [, file, line, column, method] = args;
    const at = { file: engine.text(file!), line: engine.number(line!), column: engine.number(column!) };
    const place = callAt(this.#scripts.get(at.file), at, engine.text(method!));
    return place && `${place.line}:${place.column}`;
  }

  shouldStop(): boolean {
    return this.#options.heartbeat.stopAsked(this.#options.sandbox);
  }

  resolveModule(from: string, specifier: string): string {
    return this.#loader!.resolve(from, specifier);
  }

  loadModule(name: string): string {
    return this.#loader!.load(name);
  }

  #takeBytes(bytes: Uint8Array | undefined): void {
    if (!bytes) throw new TypeError('Not bytes.');
    this.#bytes.push(bytes);
    this.#count(bytes.length);
  }

  #count(length: number): void {
    this.#sentThisTurn += length;
    if (this.#sentThisTurn <= this.#options.limits.callBytesPerTurn) return;
    this.#overflow = true;
    this.#engine?.setDeadline(0);
  }

  #postCalls(text: string | undefined, now = false): void {
    if (text === undefined) return;
    this.#count(text.length);
    const bytes = this.#bytes;
    this.#bytes = [];
    this.#options.post({ type: 'calls', sandbox: this.#options.sandbox, text, bytes }, now);
  }

  /** One macrotask: `work`, then promise jobs, ticks and rejections until none is left. */
  #turn(work: () => string | undefined): void {
    const engine = this.#engine;
    if (!engine) return;
    const { heartbeat, limits, sandbox } = this.#options;
    this.#sentThisTurn = 0;
    heartbeat.begin(sandbox, monotonicMs());
    engine.setDeadline(performance.now() + limits.turnMs);
    try {
      this.#postCalls(work());
      this.#settle(engine);
      if (engine.mailbox()[MAILBOX.over] === 1) this.#finish();
      else this.#schedule(engine);
    } catch (error) {
      this.#stopped(engine, error);
    } finally {
      heartbeat.end();
    }
  }

  #settle(engine: Engine): void {
    for (;;) {
      const ran = engine.runJobs();
      if (ran) this.#postCalls(engine.entry('tick'));
      const reported = engine.reportRejections();
      for (const text of reported) this.#postCalls(text);
      if (!ran && reported.length === 0) return;
      if (engine.mailbox()[MAILBOX.over] === 1) return;
    }
  }

  /** Wakes the guest for its next timer or immediates, and says when nothing is left. */
  #schedule(engine: Engine): void {
    const mailbox = engine.mailbox();
    if (mailbox[MAILBOX.immediates]! > 0)
      this.#immediate ??= setImmediate(() => this.#fireImmediates(engine));
    const next = mailbox[MAILBOX.nextTimer]!;
    if (next !== this.#wakeAt) {
      clearTimeout(this.#timer);
      this.#wakeAt = next;
      if (next !== Infinity) {
        this.#timer = setTimeout(
          () => this.#fireTimers(engine),
          Math.max(0, Math.ceil(next - monotonicMs())),
        );
      }
    }
    if (!this.#isIdle()) {
      this.#toldIdle = false;
    } else if (!this.#toldIdle) {
      this.#toldIdle = true;
      this.#options.post({ type: 'idle', sandbox: this.#options.sandbox, heard: this.#heard });
    }
  }

  #isIdle(): boolean {
    return this.#engine?.mailbox()[MAILBOX.references] === 0;
  }

  #fireTimers(engine: Engine): void {
    const sliceEnd = performance.now() + SLICE_MS;
    this.#wakeAt = Infinity;
    while (this.#engine === engine && engine.mailbox()[MAILBOX.nextTimer]! <= monotonicMs()) {
      if (performance.now() > sliceEnd) break;
      this.#turn(() => engine.entry('timers'));
    }
    if (this.#engine === engine) {
      this.#wakeAt = -1;
      this.#schedule(engine);
    }
  }

  #fireImmediates(engine: Engine): void {
    this.#immediate = undefined;
    const count = engine.mailbox()[MAILBOX.immediates]!;
    const sliceEnd = performance.now() + SLICE_MS;
    for (let fired = 0; fired < count && this.#engine === engine && performance.now() < sliceEnd; fired++) {
      this.#turn(() => engine.entry('immediates'));
    }
  }

  #stopped(engine: Engine, error: unknown): void {
    if (!(error instanceof GuestStop)) {
      this.#finish();
      throw error;
    }
    if (!engine.broken) this.#lastWords(engine);
    if (this.#exitCode !== undefined) {
      this.#options.post({ type: 'exited', sandbox: this.#options.sandbox, code: this.#exitCode });
      this.#finish();
      return;
    }
    const report = reportStop(error, this.#scripts, this.#options.limits, this.#overflow);
    this.#fail(this.#explainImport(report) ?? report);
  }

  /** A static import that fails stops the module before it runs: the engine has no stack for it. */
  #explainImport(report: ReportedError): ReportedError | undefined {
    if (report.code !== 'SERVER_THREW') return undefined;
    const missing = this.#loader?.missing;
    if (!(missing instanceof MissingModule)) return explainMissingName(report, this.#scripts);
    const { specifier, from, message } = missing;
    const at = importPosition(from, this.#scripts.get(from), specifier);
    return {
      code: 'MODULE_NOT_FOUND',
      message,
      params: { module: specifier },
      ...(at ? { at, stack: [at] } : {}),
    };
  }

  #lastWords(engine: Engine): void {
    engine.setDeadline(performance.now() + LAST_WORDS_MS);
    try {
      this.#postCalls(engine.entry('drain'));
    } catch (error) {
      // Without memory there are no last words; why the run ended is told anyway.
      if (!(error instanceof GuestStop)) throw error;
    }
  }

  #fail(error: ReportedError): void {
    this.#options.post({ type: 'failed', sandbox: this.#options.sandbox, error, at: monotonicMs() });
    this.#finish();
  }

  #finish(): void {
    this.release();
    this.#options.ended();
  }
}

function seedWords(): [number, number, number, number] {
  const words = new Int32Array(randomBytes(16).buffer.slice(0, 16));
  return [words[0]!, words[1]!, words[2]!, words[3]!];
}

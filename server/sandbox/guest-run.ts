/**
 * One guest from start to end: its turns, its timers, what it is told and what it calls.
 *
 * In: files, messages. Out: `FromWorker` messages through `post`.
 * Knows nothing of threads and other guests. Owns its engine until `release`.
 */
import { randomBytes } from 'node:crypto';
import type { ReportedError } from '../errors/protocol.ts';
import { Allowance, NO_ALLOWANCE } from './allowance.ts';
import { monotonicMs } from './contract.ts';
import { type Engine, type EngineHooks, GuestStop, type HostAnswer } from './engine/engine.ts';
import { GuestPhases } from './guest-phases.ts';
import type { Heartbeat } from './heartbeat.ts';
import { answerHostCall, freeHostState, hasHostState } from './host-calls.ts';
import type { SandboxLimits } from './limits.ts';
import { ModuleLoader } from './module-loader.ts';
import { callAt } from './places.ts';
import { type FromWorker, HOST_CALL, MAILBOX, type PackedGuest } from './protocol.ts';
import { explainImport, reportStop } from './stop-report.ts';
import { readScripts, type Script } from './syntax.ts';
import type { Runnable } from './turns.ts';
import { Wording } from './wording/wording.ts';

const ENTRY = 'server.js';
/** For collecting what a stopped guest had said. */
const LAST_WORDS_MS = 50;
const NO_BYTES = new Uint8Array(0);

export interface GuestRunOptions {
  sandbox: number;
  files: Record<string, string>;
  env: Record<string, string>;
  limits: SandboxLimits;
  heartbeat: Heartbeat;
  takeEngine(hooks: EngineHooks): Engine;
  returnEngine(engine: Engine): void;
  post(message: FromWorker, now?: boolean): void;
  /** There is work: `step` is wanted. */
  ready(run: GuestRun): void;
  /** The run is over in this worker. */
  ended(): void;
}

export class GuestRun implements EngineHooks, Runnable {
  readonly #options: GuestRunOptions;
  #engine: Engine | undefined;
  #scripts = new Map<string, Script>();
  #wording: Wording;
  #loader: ModuleLoader | undefined;
  /** Bytes that belong to calls not posted yet. */
  #bytes: Uint8Array<ArrayBuffer>[] = [];
  #sentThisTurn = 0;
  #heard = 0;
  #exitCode: number | undefined;
  /**
   * This turn has sent too much. The engine asks only now and then whether to go on: until then a loop would send
   * megabytes more, which are dropped; the calls that name them stand, with no bytes.
   */
  #overflow = false;
  #toldIdle = false;
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = Infinity;
  /** What the guest is to be told, in order; `leave` once nothing can call it again. */
  #inbox: (PackedGuest['waiting'][number] | 'leave')[] = [];
  #unstarted = true;
  /** Bytes of calls that the main thread has not taken yet. */
  #underWay = 0;
  readonly #phases = new GuestPhases({
    timers: () => (this.#engine?.mailbox()[MAILBOX.nextTimer] ?? Infinity) <= monotonicMs(),
    messages: () => this.#inbox.length,
    immediates: () => this.#engine?.mailbox()[MAILBOX.immediates] ?? 0,
  });

  constructor(options: GuestRunOptions) {
    this.#options = options;
    this.#wording = new Wording(options.files, this.#scripts);
  }

  get hasWork(): boolean {
    if (this.#unstarted) return true;
    return this.#engine !== undefined && !this.#isAhead() && this.#phases.any;
  }

  /** It says more than the main thread can take in. */
  #isAhead(): boolean {
    return this.#underWay > this.#options.limits.callBytesUnderWay;
  }

  /** One turn: the first one, or the next in the order of Node's event loop. */
  step(): void {
    if (this.#unstarted) return this.#start();
    const engine = this.#engine;
    if (!engine || this.#isAhead()) return;
    const phase = this.#phases.next();
    // Clocks differ by less than a millisecond: a timer may not be due yet.
    if (!phase) return this.#schedule(engine);
    if (phase !== 'messages') return this.#turn(() => engine.entry(phase));
    const message = this.#inbox.shift()!;
    if (message === 'leave') return this.#leave(engine);
    this.#heard += 1;
    this.#toldIdle = false;
    this.#turn(() => engine.entry('tell', message.text, message.bytes));
  }

  /** Queues messages; `bytes` belong to the last. A guest that does not get to them is ended before they fill the memory. */
  tell(texts: string[], bytes: Uint8Array | undefined): void {
    const { limits, ready } = this.#options;
    if (this.#inbox.length + texts.length > limits.waitingMessages) {
      const value = limits.waitingMessages;
      const message = `More than ${value} requests and other messages waited for the program.`;
      return this.#fail({ code: 'LIMIT_REACHED', message, params: { limit: 'waiting messages', value } });
    }
    for (const text of texts) this.#inbox.push({ text });
    if (bytes) this.#inbox[this.#inbox.length - 1] = { text: texts.at(-1)!, bytes };
    ready(this);
  }

  leave(): void {
    this.#inbox.push('leave');
    this.#options.ready(this);
  }

  /** The main thread has taken `bytes` of calls. */
  took(bytes: number): void {
    this.#underWay -= bytes;
    this.#options.ready(this);
  }

  /** All of the guest, to go on elsewhere; the run ends here. Undefined when it must stay. */
  pack(): PackedGuest | undefined {
    if (!this.#engine || hasHostState(this.#engine)) return undefined;
    const waiting = this.#inbox.filter((message) => message !== 'leave');
    const packed = { ...this.#engine.pack(), heard: this.#heard, waiting, underWay: this.#underWay };
    this.#finish();
    return packed;
  }

  /** Goes on with a guest that another thread packed. */
  adopt({ memory, stackPointer, heard, waiting, underWay }: PackedGuest): void {
    this.#unstarted = false;
    if (!this.#read()) return;
    const engine = this.#takeEngine();
    if (!engine) return;
    engine.unpack({ memory, stackPointer });
    this.#engine = engine;
    this.#heard = heard;
    this.#inbox = waiting;
    this.#underWay = underWay;
    this.#schedule(engine);
    if (this.hasWork) this.#options.ready(this);
  }

  /** Parses the files. Answers the entry, unless the run has ended over it. */
  #read(): Script | undefined {
    const { files } = this.#options;
    const read = readScripts(files);
    if ('error' in read) return void this.#fail(read.error);
    const entry = read.scripts.get(ENTRY);
    if (!entry) {
      const message = `Cannot find module '/lab/${ENTRY}'`;
      return void this.#fail({ code: 'MODULE_NOT_FOUND', message, params: { module: ENTRY } });
    }
    this.#scripts = read.scripts;
    this.#wording = new Wording(files, read.scripts);
    this.#loader = new ModuleLoader(files, read.scripts);
    return entry;
  }

  #start(): void {
    this.#unstarted = false;
    const { files, env, limits } = this.#options;
    const entry = this.#read();
    const engine = entry && this.#takeEngine();
    if (!entry || !engine) return;
    this.#engine = engine;
    const formats = Object.fromEntries([...this.#scripts].map(([file, { format }]) => [file, format]));
    const boot = { files, env, formats, seed: seedWords(), limits };
    this.#turn(() => {
      engine.entry('boot', JSON.stringify(boot));
      if (entry.format === 'commonjs') return engine.entry('runMain', ENTRY);
      engine.runModule(ENTRY, this.#loader!.source(ENTRY));
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

  /** Lets the guest find itself new work, else ends it. */
  #leave(engine: Engine): void {
    this.#turn(() => engine.entry('leave'));
    if (this.#engine && this.#isIdle()) this.#turn(() => engine.entry('quit'));
  }

  /** Gives the engine back. Idempotent. */
  release(): void {
    clearTimeout(this.#timer);
    if (!this.#engine) return;
    freeHostState(this.#engine);
    this.#options.returnEngine(this.#engine);
    this.#engine = undefined;
  }

  hostCall(engine: Engine, args: number[]): HostAnswer {
    const code = engine.number(args[0]!);
    switch (code) {
      case HOST_CALL.flush:
        if (this.#overflow) this.#bytes = [];
        else this.#postCalls(engine.text(args[1]!), true);
        return undefined;
      case HOST_CALL.bytes:
        this.#takeBytes(this.#overflow ? NO_BYTES : engine.bytes(args[1]!));
        return undefined;
      case HOST_CALL.refine:
        return this.#refine(engine, args);
      case HOST_CALL.frame:
      case HOST_CALL.explain:
      case HOST_CALL.recursion:
        return this.#wording.answer(engine, code, args);
      case HOST_CALL.exit:
        this.#exitCode = engine.number(args[1]!);
        engine.allow(NO_ALLOWANCE);
        return undefined;
      default:
        if (engine.isOverdue) {
          this.#lastWords(engine);
          engine.cutOff();
        }
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
    const { heartbeat, sandbox } = this.#options;
    heartbeat.alive(monotonicMs());
    return heartbeat.stopAsked(sandbox);
  }

  resolveModule(from: string, specifier: string): string {
    return this.#loader!.resolve(from, specifier);
  }

  loadModule(name: string): string {
    return this.#loader!.load(name);
  }

  #takeBytes(bytes: Uint8Array<ArrayBuffer> | undefined): void {
    if (!bytes) throw new TypeError('Not bytes.');
    this.#bytes.push(bytes);
    this.#count(bytes.length);
  }

  #count(length: number): void {
    this.#sentThisTurn += length;
    if (this.#sentThisTurn <= this.#options.limits.callBytesPerTurn) return;
    this.#overflow = true;
    this.#engine?.allow(NO_ALLOWANCE);
  }

  #postCalls(text: string | undefined, now = false): void {
    if (text === undefined) return;
    this.#count(text.length);
    const bytes = this.#bytes;
    this.#bytes = [];
    this.#underWay += callBytes(text, bytes);
    this.#options.post({ type: 'calls', sandbox: this.#options.sandbox, texts: [text], bytes }, now);
  }

  /** One macrotask: `work`, then promise jobs, ticks and rejections until none is left. */
  #turn(work: () => string | undefined): void {
    const engine = this.#engine;
    if (!engine) return;
    const { heartbeat, limits, sandbox } = this.#options;
    this.#sentThisTurn = 0;
    heartbeat.begin(sandbox, monotonicMs());
    const began = performance.now();
    engine.allow(new Allowance(limits.turnMs));
    try {
      this.#postCalls(work());
      this.#settle(engine);
      if (engine.mailbox()[MAILBOX.over] === 1) this.#finish();
      else this.#schedule(engine);
    } catch (error) {
      this.#stopped(engine, error);
    } finally {
      heartbeat.end(performance.now() - began);
    }
  }

  #settle(engine: Engine): void {
    for (;;) {
      const ran = engine.runJobs();
      if (ran) this.#postCalls(engine.entry('tick'));
      const reported = engine.reportRejections();
      for (const text of reported) this.#postCalls(text);
      if (!ran && reported.length === 0 && !engine.hasRejections) return;
      if (engine.mailbox()[MAILBOX.over] === 1) return;
    }
  }

  /** Wakes the guest for its next timer, and says when nothing is left. */
  #schedule(engine: Engine): void {
    const next = engine.mailbox()[MAILBOX.nextTimer]!;
    if (next !== this.#wakeAt) {
      clearTimeout(this.#timer);
      this.#wakeAt = next;
      const wake = (): void => {
        this.#wakeAt = Infinity;
        this.#options.ready(this);
      };
      if (next !== Infinity) this.#timer = setTimeout(wake, Math.max(0, Math.ceil(next - monotonicMs())));
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
    this.#fail(explainImport(report, this.#loader, this.#scripts) ?? report);
  }

  #lastWords(engine: Engine): void {
    engine.allow(new Allowance(LAST_WORDS_MS));
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

/** What a batch of calls weighs; both threads count alike. */
function callBytes(text: string, bytes: readonly Uint8Array[]): number {
  return bytes.reduce((sum, { length }) => sum + length, text.length);
}

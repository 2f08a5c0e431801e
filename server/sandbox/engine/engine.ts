/**
 * One QuickJS instance: boots from the image, calls guest functions, runs jobs under a deadline.
 *
 * In: text and bytes for the guest. Out: the guest's answers, or `GuestStop` when it had to be stopped.
 * Knows nothing of HTTP, labs or threads. This folder alone speaks the engine's binary interface
 * (`quickjs-wasi`; its WASM is copied beside the worker, so code and interface cannot drift apart):
 * `guest-memory.ts` has the bytes, `values.ts` what they stand for, this file the guest's life.
 */
import { EvalFlags } from 'quickjs-wasi';
import { MAILBOX_LENGTH } from '../protocol.ts';
import type { SandboxLimits } from '../limits.ts';
import type { Box, EngineExports } from './binary-interface.ts';
import { GuestMemory, type MemoryCopy } from './guest-memory.ts';
import { type EngineHooks, GuestStop, type HostAnswer } from './hooks.ts';
import type { GuestEntry, Image } from './image.ts';
import { partCode, partFace } from './parts.ts';
import { Rejections } from './rejections.ts';
import { systemInterface } from './system-interface.ts';
import { Values } from './values.ts';

export { type EngineHooks, GuestStop, type HostAnswer };

/** How long a guest may go on after it was told to stop: async functions answer a stop one by one. */
const STOP_GRACE_MS = 30;

export class Engine {
  readonly #image: Image;
  readonly #limits: SandboxLimits;
  readonly #exports: EngineExports;
  readonly #memory: GuestMemory;
  readonly #values: Values;
  readonly #rejections: Rejections;
  #hooks: EngineHooks;
  #allowance: { readonly isOver: boolean } = { isOver: false };
  /** Something of a guest is in the memory. */
  #used = false;
  /** Set when the guest was told to stop; whatever it answers then is not an answer. */
  #interrupted: { at: number; stack: string } | undefined;
  /** An exception of the host crossed engine code: what lies in memory is no engine any more. */
  broken = false;

  constructor(module: WebAssembly.Module, image: Image, limits: SandboxLimits, hooks: EngineHooks) {
    this.#image = image;
    this.#limits = limits;
    this.#hooks = hooks;
    const instance = new WebAssembly.Instance(module, {
      env: this.#imports(),
      wasi_snapshot_preview1: systemInterface(() => this.#memory.bytes),
    });
    this.#exports = instance.exports as unknown as EngineExports;
    this.#memory = new GuestMemory(this.#exports, image);
    this.#values = new Values(this.#exports, this.#memory, image.head);
    this.#rejections = new Rejections(this.#exports);
    this.#connect();
  }

  get limits(): SandboxLimits {
    return this.#limits;
  }

  /** True when `reset` brings back a blank instance that is not much larger than a new one. */
  get reusable(): boolean {
    return !this.broken && this.#memory.isSmall;
  }

  /** Makes the instance blank again for another sandbox; one that has run nothing is. */
  reset(hooks: EngineHooks): void {
    this.#hooks = hooks;
    if (!this.#used) return;
    this.#used = false;
    this.#rejections.forget();
    this.#interrupted = undefined;
    this.#memory.reset();
    this.#connect();
  }

  /** Copies all that this guest is. Only between turns. */
  pack(): MemoryCopy<Uint8Array<ArrayBuffer>> {
    return this.#memory.copyOut();
  }

  /** Goes on with a guest that another instance of the same image packed. */
  unpack(packed: MemoryCopy): void {
    this.#used = true;
    this.#memory.copyIn(packed);
    this.#connect();
  }

  /** Sets how long guest code may run from here on, until it is interrupted. */
  allow(allowance: { readonly isOver: boolean }): void {
    this.#allowance = allowance;
  }

  /** Whether the guest should have stopped: it is asked by the engine too seldom while host calls take long. */
  get isOverdue(): boolean {
    return this.#allowance.isOver || this.#hooks.shouldStop();
  }

  /** Ends the turn out of a host call. Breaks the engine. */
  cutOff(): never {
    this.broken = true;
    throw new GuestStop('interrupted', 'InternalError: interrupted', '');
  }

  mailbox(): Float64Array {
    return new Float64Array(this.#exports.memory.buffer, this.#image.head.mailbox, MAILBOX_LENGTH);
  }

  /** Calls a guest entry. Answers the calls it wants made (JSON), or undefined. */
  entry(name: GuestEntry, text = '', bytes?: Uint8Array): string | undefined {
    return this.#guarded(() => {
      const args = [this.#values.newString(text)];
      if (bytes) args.push(this.#values.newBytes(bytes));
      return this.#values.takeText(this.#values.call(this.#image.head.entries[name], args));
    });
  }

  /** Starts an ES module and answers its promise's state as a question. Its rejection counts as unhandled. */
  runModule(file: string, source: string): void {
    this.#guarded(() => {
      this.#exports.qjs_free_value(this.#values.evaluate(source, file, EvalFlags.TYPE_MODULE));
    });
  }

  /** Runs promise jobs until none is left. Answers whether there was any. */
  runJobs(): boolean {
    return this.#guarded(() => {
      const { qjs_is_job_pending: pending, qjs_execute_pending_job: execute } = this.#exports;
      let ran = false;
      while (pending()) {
        ran = true;
        if (execute() < 0) this.#values.throwException();
        // The engine's job loop polls only inside bytecode: a storm of tiny jobs would never end.
        if (this.#allowance.isOver) throw new GuestStop('interrupted', 'interrupted', '');
      }
      return ran;
    });
  }

  get hasRejections(): boolean {
    return this.#rejections.any;
  }

  /** Hands each rejection that is still unhandled to the guest. Answers the calls that follow. */
  reportRejections(): string[] {
    if (!this.#rejections.any) return [];
    // A listener that makes the next rejection would never end.
    if (this.#allowance.isOver) throw new GuestStop('interrupted', 'interrupted', '');
    const waiting = this.#rejections.take();
    const { rejected } = this.#image.head.entries;
    return this.#guarded(() =>
      waiting
        .map(({ promise, reason }) => this.#values.takeText(this.#values.call(rejected, [reason, promise])))
        .filter((answer) => answer !== undefined),
    );
  }

  /** Evaluates a classic script inside a host call; the box goes back to the guest. */
  evaluate(source: string, file: string): { box: Box } {
    return { box: this.#values.evaluate(source, file, 0) };
  }

  /** Makes one of the guest's own modules that the image leaves out. */
  part(name: string): { box: Box } {
    return { box: this.#values.evaluateBytecode(partCode(this.#image, name)) };
  }

  text(box: Box): string {
    return this.#values.text(box);
  }

  number(box: Box): number {
    return this.#values.number(box);
  }

  /** Copies a typed array's bytes out; undefined when it is none. */
  bytes(box: Box): Uint8Array<ArrayBuffer> | undefined {
    return this.#values.bytes(box);
  }

  /** What the engine calls. */
  #imports(): WebAssembly.ModuleImports {
    return {
      host_call: (_name: number, _length: number, _self: Box, count: number, args: number) =>
        this.#hostCall(count, args),
      host_interrupt: () => this.#interrupt(),
      host_promise_rejection: (promise: Box, reason: Box, handled: number) =>
        this.#rejection(promise, reason, handled !== 0),
      host_module_normalize: (from: number, specifier: number) =>
        this.#moduleText(() =>
          this.#hooks.resolveModule(this.#memory.readCString(from), this.#memory.readCString(specifier)),
        ),
      host_module_load: (name: number, lengthAt: number) =>
        this.#moduleText(() => this.#loadModule(this.#memory.readCString(name)), lengthAt),
      host_get_timezone_offset: (high: number, low: number) => {
        const seconds = Number((BigInt(high) << 32n) | BigInt(low >>> 0));
        return -new Date(seconds * 1000).getTimezoneOffset() * 60;
      },
    };
  }

  /** What the engine keeps outside its memory, or must have for this guest. */
  #connect(): void {
    const { head } = this.#image;
    this.#exports.qjs_set_runtime_and_context(head.runtime, head.context);
    this.#exports.qjs_set_memory_limit(this.#limits.memoryBytes);
    this.#exports.qjs_set_max_stack_size(this.#limits.guestStackBytes);
    this.#exports.qjs_set_interrupt_handler(1);
    this.#exports.qjs_set_promise_rejection_handler(1);
    this.#exports.qjs_set_module_loader(1);
  }

  #hostCall(count: number, argsAt: number): number {
    const { view } = this.#memory;
    const args: Box[] = [];
    for (let index = 0; index < count; index++) args.push(view.getUint32(argsAt + index * 4, true));
    try {
      return this.#values.fromAnswer(this.#hooks.hostCall(this, args));
    } catch (error) {
      return this.#raiseOrBreak(error);
    }
  }

  #raiseOrBreak(error: unknown): 0 {
    if (this.broken) throw error;
    try {
      return this.#values.raise(error);
    } catch (second) {
      this.broken = true;
      throw second;
    }
  }

  #loadModule(name: string): string {
    return name.startsWith('node:')
      ? partFace(this.#image, name.slice('node:'.length))
      : this.#hooks.loadModule(name);
  }

  #moduleText(work: () => string, lengthAt?: number): number {
    try {
      const { at, length } = this.#memory.writeText(work());
      if (lengthAt !== undefined) this.#memory.view.setUint32(lengthAt, length, true);
      return at;
    } catch (error) {
      return this.#raiseOrBreak(error);
    }
  }

  /**
   * The engine's stop is an exception that code cannot catch; yet the engine itself drops it when it comes while
   * `Error.prepareStackTrace` runs. A guest that goes on is cut off by a host exception, which breaks the engine.
   */
  #interrupt(): 0 | 1 {
    if (!this.#interrupted) {
      if (!this.isOverdue) return 0;
      this.#interrupted = { at: performance.now(), stack: '' };
    } else if (performance.now() - this.#interrupted.at > STOP_GRACE_MS) {
      this.cutOff();
    }
    return 1;
  }

  #rejection(promise: Box, reason: Box, handled: boolean): void {
    // An async function turns the stop into a rejection; where it was is known only here.
    if (this.#interrupted?.stack === '') this.#interrupted.stack = this.#values.property(reason, 'stack');
    this.#rejections.note(promise, reason, handled);
  }

  /** Turns a trap of the WASM code into a `GuestStop`. The instance is broken then. */
  #guarded<T>(work: () => T): T {
    this.#used = true;
    this.#interrupted = undefined;
    try {
      const result = work();
      const stopped = this.#stopped;
      if (stopped) throw stopped;
      return result;
    } catch (error) {
      if (error instanceof GuestStop) throw error;
      this.broken = true;
      const full = this.#memory.size >= this.#limits.wasmPages * 65_536 * 0.9;
      if (full) throw new GuestStop('memory', 'out of memory', '');
      if (error instanceof RangeError) {
        throw new GuestStop('thrown', 'RangeError: Maximum call stack size exceeded', '');
      }
      // It may trap when its stop comes while it makes an error: then the loop is at its end all the same.
      throw (
        this.#stopped ?? new GuestStop('trap', error instanceof Error ? error.message : String(error), '')
      );
    }
  }

  /** That the guest was told to stop; undefined while it was not. */
  get #stopped(): GuestStop | undefined {
    return (
      this.#interrupted && new GuestStop('interrupted', 'InternalError: interrupted', this.#interrupted.stack)
    );
  }
}

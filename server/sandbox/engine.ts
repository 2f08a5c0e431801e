/**
 * One QuickJS instance: boots from the image, calls guest functions, runs jobs under a deadline.
 *
 * In: text and bytes for the guest. Out: the guest's answers, or `GuestStop` when it had to be stopped.
 * Knows nothing of HTTP, labs or threads. The only file that speaks the engine's binary interface
 * (`quickjs-wasi`; its WASM is copied beside the worker, so file and interface cannot drift apart).
 *
 * Ownership: a *box* is the address of a heap-allocated engine value. Boxes that the engine returns
 * belong to this file, which frees them; boxes handed to `host_call` belong to the engine.
 */
import { EvalFlags } from 'quickjs-wasi';
import type { GuestEntry, Image } from './image.ts';
import { BUILTIN_LOADER } from './builtin-names.ts';
import { MAILBOX_LENGTH } from './protocol.ts';
import type { SandboxLimits } from './limits.ts';
import { type EngineHooks, GuestStop, type HostAnswer } from './engine-hooks.ts';
import { systemInterface } from './system-interface.ts';

type Box = number;

interface EngineExports {
  memory: WebAssembly.Memory;
  __stack_pointer: WebAssembly.Global;
  wasm_malloc(size: number): number;
  wasm_free(at: number): void;
  qjs_call(fn: Box, self: Box, count: number, args: number): Box;
  qjs_eval(code: number, length: number, file: number, flags: number): Box;
  qjs_eval_bytecode(at: number, length: number): Box;
  qjs_new_string(at: number, length: number): Box;
  qjs_new_number(value: number): Box;
  qjs_new_uint8_array(at: number, length: number): Box;
  qjs_new_error(): Box;
  qjs_throw(error: Box): number;
  qjs_get_undefined(): Box;
  qjs_get_exception(): Box;
  qjs_get_float64(value: Box): number;
  qjs_get_string_len(value: Box, lengthAt: number): number;
  qjs_free_cstring(at: number): void;
  qjs_get_prop_string(object: Box, name: number): Box;
  qjs_set_prop_string(object: Box, name: number, value: Box): number;
  qjs_get_typed_array_buffer(value: Box, offsetAt: number, lengthAt: number, sizeAt: number): Box;
  qjs_get_array_buffer(value: Box, lengthAt: number): number;
  qjs_get_value_ptr(value: Box): number;
  qjs_is_exception(value: Box): number;
  qjs_is_undefined(value: Box): number;
  qjs_is_string(value: Box): number;
  qjs_is_object(value: Box): number;
  qjs_dup_value(value: Box): Box;
  qjs_free_value(value: Box): void;
  qjs_promise_state(promise: Box): number;
  qjs_promise_mark_as_handled(promise: Box): void;
  qjs_is_job_pending(): number;
  qjs_execute_pending_job(): number;
  qjs_set_memory_limit(bytes: number): void;
  qjs_set_max_stack_size(bytes: number): void;
  qjs_set_interrupt_handler(on: number): void;
  qjs_set_promise_rejection_handler(on: number): void;
  qjs_set_module_loader(on: number): void;
  qjs_set_runtime_and_context(runtime: number, context: number): void;
}

export { type EngineHooks, GuestStop, type HostAnswer };

const MEBIBYTE = 1024 * 1024;

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export class Engine {
  readonly #image: Image;
  readonly #limits: SandboxLimits;
  readonly #exports: EngineExports;
  #hooks: EngineHooks;
  #view = new Uint8Array(0);
  #deadline = Infinity;
  /** Set when the guest was told to stop; whatever it answers then is not an answer. */
  #interrupted: { stack: string } | undefined;
  /** An exception of the host crossed engine code: what lies in memory is no engine any more. */
  broken = false;
  /** Rejected promises nobody has handled yet, by identity; both boxes are owned here. */
  readonly #rejections = new Map<number, { promise: Box; reason: Box }>();

  constructor(module: WebAssembly.Module, image: Image, limits: SandboxLimits, hooks: EngineHooks) {
    this.#image = image;
    this.#limits = limits;
    this.#hooks = hooks;
    const instance = new WebAssembly.Instance(module, {
      env: {
        host_call: (_name: number, _length: number, _self: Box, count: number, args: number) =>
          this.#hostCall(count, args),
        host_interrupt: () => this.#interrupt(),
        host_promise_rejection: (promise: Box, reason: Box, handled: number) =>
          this.#rejection(promise, reason, handled !== 0),
        host_module_normalize: (from: number, specifier: number) =>
          this.#moduleText(() => this.#hooks.resolveModule(this.#cstring(from), this.#cstring(specifier))),
        host_module_load: (name: number, lengthAt: number) =>
          this.#moduleText(() => this.#loadModule(this.#cstring(name)), lengthAt),
        host_get_timezone_offset: (high: number, low: number) => {
          const seconds = Number((BigInt(high) << 32n) | BigInt(low >>> 0));
          return -new Date(seconds * 1000).getTimezoneOffset() * 60;
        },
      },
      wasi_snapshot_preview1: systemInterface(() => this.#bytes()),
    });
    this.#exports = instance.exports as unknown as EngineExports;
    const missing = image.head.memoryBytes - this.#exports.memory.buffer.byteLength;
    if (missing > 0) this.#exports.memory.grow(Math.ceil(missing / 65_536));
    this.#restore();
  }

  get limits(): SandboxLimits {
    return this.#limits;
  }

  /** True when `reset` brings back a blank instance that is not much larger than a new one. */
  get reusable(): boolean {
    return !this.broken && this.#exports.memory.buffer.byteLength <= this.#image.head.memoryBytes + MEBIBYTE;
  }

  /** Makes the instance blank again for another sandbox. */
  reset(hooks: EngineHooks): void {
    this.#hooks = hooks;
    this.#rejections.clear();
    this.#interrupted = undefined;
    this.#bytes().fill(0);
    this.#restore();
  }

  /** Copies all that this guest is. Only between turns. */
  pack(): { memory: Uint8Array<ArrayBuffer>; stackPointer: number } {
    const stackPointer = this.#exports.__stack_pointer.value as number;
    return { memory: this.#bytes().slice() as Uint8Array<ArrayBuffer>, stackPointer };
  }

  /** Goes on with a guest that another instance of the same image packed. */
  unpack({ memory, stackPointer }: { memory: Uint8Array; stackPointer: number }): void {
    const missing = memory.length - this.#exports.memory.buffer.byteLength;
    if (missing > 0) this.#exports.memory.grow(Math.ceil(missing / 65_536));
    this.#bytes().set(memory);
    this.#exports.__stack_pointer.value = stackPointer;
    this.#connect();
  }

  /** Sets when running guest code is interrupted (ms of `performance.now()`). */
  setDeadline(at: number): void {
    this.#deadline = at;
  }

  get deadline(): number {
    return this.#deadline;
  }

  mailbox(): Float64Array {
    return new Float64Array(this.#exports.memory.buffer, this.#image.head.mailbox, MAILBOX_LENGTH);
  }

  /** Calls a guest entry. Answers the calls it wants made (JSON), or undefined. */
  entry(name: GuestEntry, text = '', bytes?: Uint8Array): string | undefined {
    return this.#guarded(() => {
      const args = bytes ? [this.#newString(text), this.#newBytes(bytes)] : [this.#newString(text)];
      const result = this.#call(this.#image.head.entries[name], args);
      const answer = this.#exports.qjs_is_undefined(result) ? undefined : this.text(result);
      this.#exports.qjs_free_value(result);
      return answer;
    });
  }

  /** Starts an ES module and answers its promise's state as a question. Its rejection counts as unhandled. */
  runModule(file: string, source: string): void {
    this.#guarded(() => {
      this.#exports.qjs_free_value(this.#eval(source, file, EvalFlags.TYPE_MODULE));
    });
  }

  /** Runs promise jobs until none is left. Answers whether there was any. */
  runJobs(): boolean {
    return this.#guarded(() => {
      const { qjs_is_job_pending: pending, qjs_execute_pending_job: execute } = this.#exports;
      let ran = false;
      while (pending()) {
        ran = true;
        if (execute() < 0) this.#throwException();
        // The engine's job loop polls only inside bytecode: a storm of tiny jobs would never end.
        if (performance.now() > this.#deadline) throw new GuestStop('interrupted', 'interrupted', '');
      }
      return ran;
    });
  }

  get hasRejections(): boolean {
    return this.#rejections.size > 0;
  }

  /** Hands each rejection that is still unhandled to the guest. Answers the calls that follow. */
  reportRejections(): string[] {
    if (this.#rejections.size === 0) return [];
    // A listener that makes the next rejection would never end.
    if (performance.now() > this.#deadline) throw new GuestStop('interrupted', 'interrupted', '');
    const waiting = [...this.#rejections.values()];
    this.#rejections.clear();
    return this.#guarded(() => {
      const answers: string[] = [];
      for (const { promise, reason } of waiting) {
        const result = this.#call(this.#image.head.entries.rejected, [reason, promise]);
        if (!this.#exports.qjs_is_undefined(result)) answers.push(this.text(result));
        this.#exports.qjs_free_value(result);
      }
      return answers;
    });
  }

  /** Evaluates a classic script inside a host call; the box goes back to the guest. */
  evaluate(source: string, file: string): { box: Box } {
    return { box: this.#eval(source, file, 0) };
  }

  /** Makes one of the guest's own modules that the image leaves out. */
  part(name: string): { box: Box } {
    const code = Object.hasOwn(this.#image.parts, name) ? this.#image.parts[name] : undefined;
    if (code === undefined) throw new TypeError('No such module.');
    const at = this.#allocate(code.length);
    this.#bytes().set(code, at);
    const result = this.#exports.qjs_eval_bytecode(at, code.length);
    this.#exports.wasm_free(at);
    return { box: this.#checked(result) };
  }

  #loadModule(name: string): string {
    return name.startsWith('node:')
      ? this.#partFace(name.slice('node:'.length))
      : this.#hooks.loadModule(name);
  }

  /** The ES module face of a built-in module that the image leaves out. */
  #partFace(name: string): string {
    const { partModules } = this.#image.head;
    const bindings = (Object.hasOwn(partModules, name) ? partModules[name]! : []).map(
      (exported, index) => `const $${index} = $m.${exported}; export { $${index} as ${exported} };`,
    );
    return `import $load from '${BUILTIN_LOADER}'; const $m = $load(${JSON.stringify(name)}); export default $m; ${bindings.join(' ')}`;
  }

  text(box: Box): string {
    const { lengthAt } = this.#image.head;
    const at = this.#exports.qjs_get_string_len(box, lengthAt);
    if (at === 0) this.#throwException();
    const view = this.#bytes();
    const text = decodeText(view, at, new DataView(view.buffer).getUint32(lengthAt, true));
    this.#exports.qjs_free_cstring(at);
    return text;
  }

  number(box: Box): number {
    return this.#exports.qjs_get_float64(box);
  }

  isUndefined(box: Box): boolean {
    return this.#exports.qjs_is_undefined(box) !== 0;
  }

  /** Copies a typed array's bytes out; undefined when it is none. */
  bytes(box: Box): Uint8Array<ArrayBuffer> | undefined {
    const { lengthAt } = this.#image.head;
    const buffer = this.#exports.qjs_get_typed_array_buffer(box, lengthAt, lengthAt + 4, lengthAt + 8);
    if (this.#exports.qjs_is_exception(buffer)) {
      this.#exports.qjs_free_value(buffer);
      this.#exports.qjs_free_value(this.#exports.qjs_get_exception());
      return undefined;
    }
    const lengths = new DataView(this.#exports.memory.buffer);
    const offset = lengths.getUint32(lengthAt, true);
    const length = lengths.getUint32(lengthAt + 4, true);
    const at = this.#exports.qjs_get_array_buffer(buffer, lengthAt);
    this.#exports.qjs_free_value(buffer);
    return this.#bytes().slice(at + offset, at + offset + length) as Uint8Array<ArrayBuffer>;
  }

  #restore(): void {
    const { head, pages } = this.#image;
    const view = this.#bytes();
    let from = 0;
    for (const [offset, length] of head.runs) {
      view.set(pages.subarray(from, from + length), offset);
      from += length;
    }
    this.#exports.__stack_pointer.value = head.stackPointer;
    this.#connect();
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

  /** The memory's bytes; the buffer is another one after each growth. */
  #bytes(): Uint8Array {
    const { buffer } = this.#exports.memory;
    if (this.#view.buffer !== buffer) this.#view = new Uint8Array(buffer);
    return this.#view;
  }

  #call(fn: Box, args: Box[]): Box {
    const { head } = this.#image;
    const view = new DataView(this.#exports.memory.buffer);
    args.forEach((box, index) => view.setUint32(head.argumentsAt + index * 4, box, true));
    const result = this.#exports.qjs_call(fn, head.undefinedBox, args.length, head.argumentsAt);
    for (const box of args) this.#exports.qjs_free_value(box);
    return this.#checked(result);
  }

  #eval(source: string, file: string, flags: number): Box {
    const code = this.#write(source);
    const name = this.#write(file);
    const result = this.#exports.qjs_eval(code.at, code.length, name.at, flags);
    this.#exports.wasm_free(code.at);
    this.#exports.wasm_free(name.at);
    return this.#checked(result);
  }

  #checked(result: Box): Box {
    if (result === 0 || this.#exports.qjs_is_exception(result)) {
      if (result !== 0) this.#exports.qjs_free_value(result);
      this.#throwException();
    }
    return result;
  }

  #throwException(): never {
    const exception = this.#exports.qjs_get_exception();
    const name = this.#property(exception, 'name');
    const message = this.#property(exception, 'message');
    const stack = this.#property(exception, 'stack');
    const isError = this.#exports.qjs_is_object(exception) !== 0;
    this.#exports.qjs_free_value(exception);
    const text = name === '' ? message : `${name}: ${message}`;
    if (message === 'interrupted') throw new GuestStop('interrupted', text, stack);
    if (message === 'out of memory' || !isError) throw new GuestStop('memory', text, stack);
    throw new GuestStop('thrown', text, stack);
  }

  #property(object: Box, name: string): string {
    if (!this.#exports.qjs_is_object(object)) return '';
    const key = this.#write(name);
    const value = this.#exports.qjs_get_prop_string(object, key.at);
    this.#exports.wasm_free(key.at);
    const text = this.#exports.qjs_is_string(value) ? this.text(value) : '';
    this.#exports.qjs_free_value(value);
    return text;
  }

  #newString(text: string): Box {
    const { at, length } = this.#write(text);
    const box = this.#exports.qjs_new_string(at, length);
    this.#exports.wasm_free(at);
    return box;
  }

  #newBytes(bytes: Uint8Array): Box {
    const at = this.#allocate(bytes.length + 1);
    this.#bytes().set(bytes, at);
    const box = this.#exports.qjs_new_uint8_array(at, bytes.length);
    this.#exports.wasm_free(at);
    return box;
  }

  /** Writes NUL-terminated UTF-8 into guest memory; the caller frees it. */
  #write(text: string): { at: number; length: number } {
    const room = text.length < 4096 ? text.length * 3 : Buffer.byteLength(text);
    const at = this.#allocate(room + 1);
    const view = this.#bytes();
    const { written } = utf8.encodeInto(text, view.subarray(at, at + room));
    view[at + written] = 0;
    return { at, length: written };
  }

  #allocate(size: number): number {
    const at = this.#exports.wasm_malloc(size);
    if (at === 0) throw new GuestStop('memory', 'out of memory', '');
    return at;
  }

  #cstring(at: number): string {
    const view = this.#bytes();
    return decodeText(view, at, view.indexOf(0, at) - at);
  }

  #hostCall(count: number, argsAt: number): number {
    const view = new DataView(this.#exports.memory.buffer);
    const args: Box[] = [];
    for (let index = 0; index < count; index++) args.push(view.getUint32(argsAt + index * 4, true));
    try {
      return this.#box(this.#hooks.hostCall(this, args));
    } catch (error) {
      return this.#raiseOrBreak(error);
    }
  }

  #box(answer: HostAnswer): Box {
    if (answer === undefined) return this.#exports.qjs_get_undefined();
    if (typeof answer === 'string') return this.#newString(answer);
    if (typeof answer === 'number') return this.#exports.qjs_new_number(answer);
    return 'box' in answer ? answer.box : this.#newBytes(answer);
  }

  #raiseOrBreak(error: unknown): 0 {
    try {
      return this.#raise(error);
    } catch (second) {
      this.broken = true;
      throw second;
    }
  }

  /** Throws a host error inside the guest, by message only: host stacks are none of its business. */
  #raise(error: unknown): 0 {
    const box = this.#exports.qjs_new_error();
    this.#setText(box, 'message', error instanceof Error ? error.message : 'The sandbox failed.');
    if (error instanceof Error && 'code' in error) this.#setText(box, 'code', String(error.code));
    this.#exports.qjs_throw(box);
    this.#exports.qjs_free_value(box);
    return 0;
  }

  #setText(object: Box, name: string, text: string): void {
    const key = this.#write(name);
    const value = this.#newString(text);
    this.#exports.qjs_set_prop_string(object, key.at, value);
    this.#exports.qjs_free_value(value);
    this.#exports.wasm_free(key.at);
  }

  #moduleText(work: () => string, lengthAt?: number): number {
    try {
      const { at, length } = this.#write(work());
      if (lengthAt !== undefined) new DataView(this.#exports.memory.buffer).setUint32(lengthAt, length, true);
      return at;
    } catch (error) {
      return this.#raiseOrBreak(error);
    }
  }

  #interrupt(): 0 | 1 {
    if (performance.now() <= this.#deadline && !this.#hooks.shouldStop()) return 0;
    this.#interrupted ??= { stack: '' };
    return 1;
  }

  #rejection(promise: Box, reason: Box, handled: boolean): void {
    // An async function turns the stop into a rejection; where it was is known only here.
    if (this.#interrupted?.stack === '') this.#interrupted.stack = this.#property(reason, 'stack');
    const identity = this.#exports.qjs_get_value_ptr(promise);
    const known = this.#rejections.get(identity);
    if (!handled && !known) {
      this.#rejections.set(identity, { promise, reason });
      return;
    }
    if (handled && known) {
      this.#rejections.delete(identity);
      this.#exports.qjs_free_value(known.promise);
      this.#exports.qjs_free_value(known.reason);
    }
    this.#exports.qjs_free_value(promise);
    this.#exports.qjs_free_value(reason);
  }

  /** Turns a trap of the WASM code into a `GuestStop`. The instance is broken then. */
  #guarded<T>(work: () => T): T {
    this.#interrupted = undefined;
    try {
      const result = work();
      // TypeScript cannot see that the guest's code sets it.
      const interrupted = this.#interrupted as { stack: string } | undefined;
      if (interrupted) throw new GuestStop('interrupted', 'InternalError: interrupted', interrupted.stack);
      return result;
    } catch (error) {
      if (error instanceof GuestStop) throw error;
      this.broken = true;
      const full = this.#exports.memory.buffer.byteLength >= this.#limits.wasmPages * 65_536 * 0.9;
      if (full) throw new GuestStop('memory', 'out of memory', '');
      if (error instanceof RangeError) {
        throw new GuestStop('thrown', 'RangeError: Maximum call stack size exceeded', '');
      }
      throw new GuestStop('trap', error instanceof Error ? error.message : String(error), '');
    }
  }
}

/** UTF-8 with the short all-ASCII case first: most answers are a few hundred bytes of JSON. */
function decodeText(view: Uint8Array, at: number, length: number): string {
  return fromUtf8.decode(view.subarray(at, at + length));
}

/**
 * Engine values as host values and back: texts, bytes, numbers, and the exceptions of either side.
 *
 * A box that a method answers with is the caller's to free, or to hand to the engine.
 */
import type { Box, EngineExports } from './binary-interface.ts';
import type { GuestMemory } from './guest-memory.ts';
import { GuestStop, type HostAnswer } from './hooks.ts';
import type { ImageHead } from './image.ts';

export class Values {
  readonly #exports: EngineExports;
  readonly #memory: GuestMemory;
  readonly #head: ImageHead;

  constructor(exports: EngineExports, memory: GuestMemory, head: ImageHead) {
    this.#exports = exports;
    this.#memory = memory;
    this.#head = head;
  }

  text(box: Box): string {
    const { lengthAt } = this.#head;
    const at = this.#exports.qjs_get_string_len(box, lengthAt);
    if (at === 0) this.throwException();
    const text = this.#memory.readText(at, this.#memory.view.getUint32(lengthAt, true));
    this.#exports.qjs_free_cstring(at);
    return text;
  }

  number(box: Box): number {
    return this.#exports.qjs_get_float64(box);
  }

  /** Copies a typed array's bytes out; undefined when it is none. */
  bytes(box: Box): Uint8Array<ArrayBuffer> | undefined {
    const { lengthAt } = this.#head;
    const buffer = this.#exports.qjs_get_typed_array_buffer(box, lengthAt, lengthAt + 4, lengthAt + 8);
    if (this.#exports.qjs_is_exception(buffer)) {
      this.#exports.qjs_free_value(buffer);
      this.#exports.qjs_free_value(this.#exports.qjs_get_exception());
      return undefined;
    }
    const lengths = this.#memory.view;
    const offset = lengths.getUint32(lengthAt, true);
    const length = lengths.getUint32(lengthAt + 4, true);
    const at = this.#exports.qjs_get_array_buffer(buffer, lengthAt);
    this.#exports.qjs_free_value(buffer);
    return this.#memory.copy(at + offset, length);
  }

  /** Text of a result that may be undefined. Frees the box. */
  takeText(result: Box): string | undefined {
    const text = this.#exports.qjs_is_undefined(result) ? undefined : this.text(result);
    this.#exports.qjs_free_value(result);
    return text;
  }

  /** Text property of an object; '' when it has none. */
  property(object: Box, name: string): string {
    if (!this.#exports.qjs_is_object(object)) return '';
    const key = this.#memory.writeText(name);
    const value = this.#exports.qjs_get_prop_string(object, key.at);
    this.#exports.wasm_free(key.at);
    const text = this.#exports.qjs_is_string(value) ? this.text(value) : '';
    this.#exports.qjs_free_value(value);
    return text;
  }

  newString(text: string): Box {
    const { at, length } = this.#memory.writeText(text);
    const box = this.#exports.qjs_new_string(at, length);
    this.#exports.wasm_free(at);
    return box;
  }

  newBytes(bytes: Uint8Array): Box {
    const at = this.#memory.writeBytes(bytes);
    const box = this.#exports.qjs_new_uint8_array(at, bytes.length);
    this.#exports.wasm_free(at);
    return box;
  }

  fromAnswer(answer: HostAnswer): Box {
    if (answer === undefined) return this.#exports.qjs_get_undefined();
    if (typeof answer === 'string') return this.newString(answer);
    if (typeof answer === 'number') return this.#exports.qjs_new_number(answer);
    return 'box' in answer ? answer.box : this.newBytes(answer);
  }

  /** Calls a guest function; the arguments' boxes are freed. */
  call(fn: Box, args: Box[]): Box {
    const { argumentsAt, undefinedBox } = this.#head;
    const { view } = this.#memory;
    args.forEach((box, index) => view.setUint32(argumentsAt + index * 4, box, true));
    const result = this.#exports.qjs_call(fn, undefinedBox, args.length, argumentsAt);
    for (const box of args) this.#exports.qjs_free_value(box);
    return this.checked(result);
  }

  evaluate(source: string, file: string, flags: number): Box {
    const code = this.#memory.writeText(source);
    const name = this.#memory.writeText(file);
    const result = this.#exports.qjs_eval(code.at, code.length, name.at, flags);
    this.#exports.wasm_free(code.at);
    this.#exports.wasm_free(name.at);
    return this.checked(result);
  }

  evaluateBytecode(code: Uint8Array): Box {
    const at = this.#memory.writeBytes(code);
    const result = this.#exports.qjs_eval_bytecode(at, code.length);
    this.#exports.wasm_free(at);
    return this.checked(result);
  }

  /** The result of a call, unless it was an exception. */
  checked(result: Box): Box {
    if (result === 0 || this.#exports.qjs_is_exception(result)) {
      if (result !== 0) this.#exports.qjs_free_value(result);
      this.throwException();
    }
    return result;
  }

  /** Throws the guest's pending exception as a `GuestStop`. */
  throwException(): never {
    const exception = this.#exports.qjs_get_exception();
    const name = this.property(exception, 'name');
    const message = this.property(exception, 'message');
    const stack = this.property(exception, 'stack');
    const isError = this.#exports.qjs_is_object(exception) !== 0;
    this.#exports.qjs_free_value(exception);
    const text = name === '' ? message : `${name}: ${message}`;
    if (message === 'interrupted') throw new GuestStop('interrupted', text, stack);
    if (message === 'out of memory' || !isError) throw new GuestStop('memory', text, stack);
    throw new GuestStop('thrown', text, stack);
  }

  /** Throws a host error inside the guest, by message only: host stacks are none of its business. */
  raise(error: unknown): 0 {
    const box = this.#exports.qjs_new_error();
    this.#setText(box, 'message', error instanceof Error ? error.message : 'The sandbox failed.');
    if (error instanceof Error && 'code' in error) this.#setText(box, 'code', String(error.code));
    this.#exports.qjs_throw(box);
    this.#exports.qjs_free_value(box);
    return 0;
  }

  #setText(object: Box, name: string, text: string): void {
    const key = this.#memory.writeText(name);
    const value = this.newString(text);
    this.#exports.qjs_set_prop_string(object, key.at, value);
    this.#exports.qjs_free_value(value);
    this.#exports.wasm_free(key.at);
  }
}

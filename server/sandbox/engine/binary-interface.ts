/** The functions of `quickjs-wasi`'s WASM, as they are: everything is a number. */

/**
 * Address of a heap-allocated engine value. Boxes that the engine returns belong to this folder, which frees
 * them; boxes handed to `host_call` belong to the engine.
 */
export type Box = number;

export interface EngineExports {
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
  qjs_free_value(value: Box): void;
  qjs_is_job_pending(): number;
  qjs_execute_pending_job(): number;
  qjs_set_memory_limit(bytes: number): void;
  qjs_set_max_stack_size(bytes: number): void;
  qjs_set_interrupt_handler(on: number): void;
  qjs_set_promise_rejection_handler(on: number): void;
  qjs_set_module_loader(on: number): void;
  qjs_set_runtime_and_context(runtime: number, context: number): void;
}

/**
 * The six WASI functions the engine imports: clocks and randomness, and nothing that reaches a file.
 *
 * In: the guest's memory. Out: time and random bytes in it.
 * Knows nothing of the guest's code.
 */
import { getRandomValues } from 'node:crypto';

const SUCCESS = 0;
const NOT_SUPPORTED = 52;
const CLOCK_REALTIME = 0;

/** Times are natural; what the engine would print is swallowed (its own diagnostics, never the learner's). */
export function systemInterface(memory: () => Uint8Array): WebAssembly.ModuleImports {
  return {
    clock_time_get(clock: number, _precision: bigint, at: number): number {
      const nanoseconds =
        clock === CLOCK_REALTIME ? BigInt(Date.now()) * 1_000_000n : process.hrtime.bigint();
      new DataView(memory().buffer).setBigUint64(at, nanoseconds, true);
      return SUCCESS;
    },
    fd_write(_file: number, parts: number, count: number, writtenAt: number): number {
      const view = new DataView(memory().buffer);
      let length = 0;
      for (let index = 0; index < count; index++) length += view.getUint32(parts + index * 8 + 4, true);
      view.setUint32(writtenAt, length, true);
      return SUCCESS;
    },
    fd_close: () => NOT_SUPPORTED,
    fd_fdstat_get: () => NOT_SUPPORTED,
    fd_seek: () => NOT_SUPPORTED,
    random_get(at: number, length: number): number {
      getRandomValues(memory().subarray(at, at + length));
      return SUCCESS;
    },
  };
}

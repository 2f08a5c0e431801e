/** Every number that bounds a sandbox, with the reason for it. Issue-wide caps live with their owners. */
export interface SandboxLimits {
  /** One macrotask of guest code with its microtasks. Longer than any honest handler, short enough to wait for. */
  turnMs: number;
  /** What the watchdog waits beyond `turnMs` before it ends the thread: the interrupt handler comes first. */
  watchdogGraceMs: number;
  /** Heap the engine gives a guest. Programs of this subject use 1–3 MiB; a chat with history stays below 10. */
  memoryBytes: number;
  /** Hard maximum of the WASM memory in 64 KiB pages (40 MiB): the heap limit plus stack, code and slack. */
  wasmPages: number;
  /** Guest stack: about 1,500 frames. The WASM stack is 1 MiB, and native frames need the rest. */
  guestStackBytes: number;
  /** V8 stack of a worker: WASM recursion must meet the guest's own limit first. */
  workerStackMb: number;
  /** Live timers of one sandbox; unbounded code makes 42,000 in half a second. */
  timers: number;
  /** Console lines one turn may send; a loop makes 29,000 in half a second. The rest is counted, not kept. */
  consoleLinesPerTurn: number;
  /** Bytes of calls one turn may send to the main thread before the run ends. */
  callBytesPerTurn: number;
  /** Open virtual ports of one sandbox: lessons use two. */
  ports: number;
  /** Open connections of one sandbox; a browser opens 6 per origin, a class hammering one lab some hundred. */
  connections: number;
  /** Bytes node may hold unsent for one connection, for a guest that ignores `write()`'s false. */
  unsentBytesPerConnection: number;
  /** Request body bytes on their way to a guest that has not read them; then the socket waits. */
  bodyWindowBytes: number;
  /** Open compression streams of one sandbox: each costs the host up to 256 KiB; `ws` has two a connection. */
  zlibStreams: number;
  /** Output of one zlib call: a kilobyte can inflate to a megabyte, and so on. Half of the guest's memory. */
  zlibOutputBytes: number;
  /** Blank instances one worker keeps ready: a run takes one and costs a reset, not an allocation. */
  spareInstances: number;
  /** Dropped instances after which a worker collects garbage: V8 feels no pressure from WASM memory. */
  dropsPerCollection: number;
}

export const LIMITS: SandboxLimits = {
  turnMs: 1_000,
  watchdogGraceMs: 500,
  memoryBytes: 32 * 1024 * 1024,
  wasmPages: 640,
  guestStackBytes: 256 * 1024,
  workerStackMb: 8,
  timers: 10_000,
  consoleLinesPerTurn: 1_000,
  callBytesPerTurn: 16 * 1024 * 1024,
  ports: 16,
  connections: 512,
  unsentBytesPerConnection: 8 * 1024 * 1024,
  bodyWindowBytes: 256 * 1024,
  zlibStreams: 128,
  zlibOutputBytes: 16 * 1024 * 1024,
  spareInstances: 2,
  dropsPerCollection: 16,
};

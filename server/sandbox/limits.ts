/** Every number that bounds a sandbox, with the reason for it. Issue-wide caps live with their owners. */
export interface SandboxLimits {
  /** One macrotask of guest code with its microtasks. Longer than any honest handler, short enough to wait for. */
  turnMs: number;
  /**
   * Time inside one builtin of the engine, which cannot be interrupted, before the watchdog ends the thread.
   * 1 MiB of JSON takes 30 ms; a bundled Express, 1 MiB, took more than 300 to compile on a machine with much to do. It
   * counts only as far as the process had the cores (`allowance.ts`): a thread that waits for one is not stuck.
   * Neighbours are away this long and a tenth more, which shall be under a second.
   */
  silentMs: number;
  /** What a guest has for telling that its first turn is over and its ports are open; then it counts as started. */
  startMs: number;
  /** Thread time a guest may use in one go beside active neighbours; then it waits, four times as long. */
  sliceMs: number;
  /** Longest such wait. */
  coolDownMs: number;
  /** Messages (requests, body parts, closed connections …) that may wait for a guest that does not get to them. */
  waitingMessages: number;
  /** Bytes of calls under way to the main thread; then the guest's next turn waits. */
  callBytesUnderWay: number;
  /** Heap the engine gives a guest. Programs of this subject use 1–3 MiB; a chat with history stays below 10. */
  memoryBytes: number;
  /** Hard maximum of the WASM memory in 64 KiB pages (40 MiB): the heap limit plus stack, code and slack. */
  wasmPages: number;
  /** Guest stack: about 1,500 frames. The WASM stack is 1 MiB, and native frames need the rest. */
  guestStackBytes: number;
  /** V8 stack of a worker: WASM recursion must meet the guest's own limit first. */
  workerStackMb: number;
  /**
   * V8's young generation of a worker. Guests' objects live in WASM memory; what a hostile one makes the worker's own
   * heap grow by (megabytes of text in host calls) V8 keeps for long. 48 by default.
   */
  workerYoungMb: number;
  /** Live timers of one sandbox; unbounded code makes 42,000 in half a second. */
  timers: number;
  /** Console lines one turn may send; a loop makes 29,000 in half a second. The rest is counted, not kept. */
  consoleLinesPerTurn: number;
  /** Bytes of calls one turn may send to the main thread before the run ends. */
  callBytesPerTurn: number;
  /** Open virtual ports of one sandbox: lessons use two. */
  ports: number;
  /** Ports opened within a second, those closed again included: lessons open two in a run. */
  listensPerSecond: number;
  /** Connections accepted within a second: a page that polls without pause makes some hundred. */
  connectionsPerSecond: number;
  /** Console lines, marks and fired timers shown within a second; the rest is counted, not kept. */
  eventsPerSecond: number;
  /** Open connections of one sandbox; a browser opens 6 per origin, a class hammering one lab some hundred. */
  connections: number;
  /** Bytes node may hold unsent for one connection, for a guest that ignores `write()`'s false. */
  unsentBytesPerConnection: number;
  /** The same for all connections of a sandbox together. */
  unsentBytes: number;
  /** Times a sandbox is started again within a minute because others lost it its thread: away half of the time, it is of no use. */
  restartsPerMinute: number;
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
  silentMs: 500,
  startMs: 10_000,
  sliceMs: 100,
  coolDownMs: 2_000,
  waitingMessages: 10_000,
  callBytesUnderWay: 4 * 1024 * 1024,
  memoryBytes: 32 * 1024 * 1024,
  wasmPages: 640,
  guestStackBytes: 256 * 1024,
  workerStackMb: 8,
  workerYoungMb: 12,
  timers: 10_000,
  consoleLinesPerTurn: 1_000,
  callBytesPerTurn: 16 * 1024 * 1024,
  ports: 16,
  listensPerSecond: 100,
  connectionsPerSecond: 1_000,
  eventsPerSecond: 5_000,
  connections: 512,
  unsentBytesPerConnection: 8 * 1024 * 1024,
  unsentBytes: 32 * 1024 * 1024,
  restartsPerMinute: 60,
  bodyWindowBytes: 256 * 1024,
  zlibStreams: 128,
  zlibOutputBytes: 16 * 1024 * 1024,
  spareInstances: 2,
  dropsPerCollection: 16,
};

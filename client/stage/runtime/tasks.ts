/** Tells the tasks of the event loop apart, and which network call the present one is about. */
export interface Tasks {
  /** Calls `work` in a task of its own, right after the present one and its microtasks. */
  next(work: () => void): void;
  /** The answer of `call` is being handed to code: what happens until the task ends is its doing. */
  handed(call: number): void;
  /** The call whose answer was handed over last in this task. */
  readonly call: number | undefined;
}

export function createTasks(): Tasks {
  // Messages of a channel are tasks without the delay and the throttling of timers.
  const { port1, port2 } = new MessageChannel();
  let waiting: (() => void)[] = [];
  let call: number | undefined;
  port1.onmessage = () => {
    const work = waiting;
    waiting = [];
    for (const each of work) each();
  };
  const forget = (): void => {
    call = undefined;
  };
  function next(work: () => void): void {
    if (waiting.push(work) === 1) port2.postMessage(0);
  }
  return {
    next,
    handed(number) {
      call = number;
      next(forget);
    },
    get call() {
      return call;
    },
  };
}

/**
 * The telemetry link of one lab: a WebSocket, or the event stream where WebSockets are blocked; comes
 * back by itself and asks for what it missed.
 */
import type { ReportedError } from '#protocol/errors';
import type { BrowserMessage, ServerMessage, TelemetryEvent } from '#protocol/telemetry';
import { DEAD_AFTER_MS, HELLO_TIMEOUT_MS, RECONNECT_MS } from './limits.ts';

export type Transport = 'websocket' | 'event-stream';

export interface LinkOptions {
  url(after: number, websocket: boolean): string;
  /** Lab clock over HTTP: the event stream carries nothing upwards. Rejects when there is no answer. */
  readClock(): Promise<{ run: number; t: number }>;
  /** Asked after a failed attempt: an error of the server ends the link for good. */
  probe(): Promise<ReportedError | 'there' | 'unreachable'>;
  onEvents(events: TelemetryEvent[]): void;
  /** One exchange with the lab clock; times of ours in ms of `performance.now()`. */
  onClock(run: number, sample: { sent: number; theirs: number; received: number }): void;
  onOpen(transport: Transport): void;
  /** Nothing arrives any more; attempts to come back have begun. */
  onLost(): void;
  /** An attempt to come back failed. */
  onStillLost(): void;
  /** The lab does not exist any more. */
  onGone(reason: ReportedError): void;
  WebSocket?: typeof globalThis.WebSocket;
  EventSource?: typeof globalThis.EventSource;
  helloTimeoutMs?: number;
}

export interface Link {
  ping(): void;
  /** Tries again now instead of at the end of the waiting time. */
  reconnect(): void;
  close(): void;
}

/** One open or opening connection, whatever carries it. */
interface Carrier {
  transport: Transport;
  send?(message: BrowserMessage): void;
  close(): void;
}

export function createLink(options: LinkOptions): Link {
  const { WebSocket = globalThis.WebSocket, EventSource = globalThis.EventSource } = options;
  let carrier: Carrier | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let after = 0;
  let failures = 0;
  let open = false;
  let closed = false;
  /** What worked last is tried first. */
  let preferred: Transport = 'websocket';
  let heard = 0;
  let lastPing = 0;
  const pings = new Map<number, number>();

  function attempt(): void {
    clearTimeout(timer);
    if (closed) return;
    const order: Transport[] =
      preferred === 'websocket' ? ['websocket', 'event-stream'] : ['event-stream', 'websocket'];
    tryNext(order);
  }

  function tryNext([transport, ...others]: Transport[]): void {
    if (transport === undefined) return void failed();
    let settled = false;
    const giveUp = (): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      drop();
      tryNext(others);
    };
    timer = setTimeout(giveUp, options.helloTimeoutMs ?? HELLO_TIMEOUT_MS);
    const receive = (text: string): void => {
      const message = parse(text);
      if (!message) return;
      heard = performance.now();
      if (message.type === 'hello') {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        opened(transport);
      } else if (message.type === 'events') {
        const last = message.events.at(-1);
        if (last) after = Math.max(after, last.seq);
        options.onEvents(message.events);
      } else {
        pong(message.id, message.run, message.t);
      }
    };
    const ended = (): void => (open ? lost() : giveUp());
    carrier =
      transport === 'websocket'
        ? webSocketCarrier(new WebSocket(options.url(after, true)), receive, ended)
        : eventStreamCarrier(new EventSource(options.url(after, false)), receive, ended);
  }

  function opened(transport: Transport): void {
    open = true;
    failures = 0;
    preferred = transport;
    options.onOpen(transport);
  }

  function lost(): void {
    drop();
    options.onLost();
    retry();
  }

  async function failed(): Promise<void> {
    const mine = ++failures;
    const answer = await options.probe();
    if (closed || mine !== failures) return; // `reconnect` did not wait for the answer.
    if (typeof answer === 'object') {
      close();
      options.onGone(answer);
      return;
    }
    options.onStillLost();
    retry();
  }

  function retry(): void {
    clearTimeout(timer);
    timer = setTimeout(attempt, RECONNECT_MS[Math.min(failures, RECONNECT_MS.length - 1)]);
  }

  function drop(): void {
    open = false;
    pings.clear();
    const dropped = carrier;
    carrier = undefined;
    dropped?.close();
  }

  function ping(): void {
    if (!open || !carrier) return;
    if (pings.size > 0 && performance.now() - heard > DEAD_AFTER_MS) return lost();
    const id = ++lastPing;
    pings.set(id, performance.now());
    if (carrier.send) carrier.send({ type: 'ping', id });
    else readClock(id);
  }

  function readClock(id: number): void {
    options.readClock().then(
      ({ run, t }) => {
        heard = performance.now();
        pong(id, run, t);
      },
      () => undefined, // Unanswered pings are counted by `ping`.
    );
  }

  function pong(id: number, run: number, theirs: number): void {
    const sent = pings.get(id);
    if (sent === undefined) return;
    // Answers keep their order: what was sent before will not be answered any more.
    for (const older of pings.keys()) if (older <= id) pings.delete(older);
    options.onClock(run, { sent, theirs, received: performance.now() });
  }

  function close(): void {
    closed = true;
    clearTimeout(timer);
    drop();
  }

  attempt();
  return {
    ping,
    close,
    reconnect() {
      if (open || closed) return;
      drop();
      failures = 0;
      attempt();
    },
  };
}

function webSocketCarrier(socket: WebSocket, receive: (text: string) => void, ended: () => void): Carrier {
  let over = false;
  socket.onmessage = ({ data }) => {
    if (!over) receive(String(data));
  };
  // `error` is always followed by `close`.
  socket.onclose = () => {
    if (!over) ended();
  };
  return {
    transport: 'websocket',
    send: (message) => socket.send(JSON.stringify(message)),
    close() {
      over = true;
      socket.close();
    },
  };
}

function eventStreamCarrier(
  source: EventSource,
  receive: (text: string) => void,
  ended: () => void,
): Carrier {
  let over = false;
  source.onmessage = ({ data }) => {
    if (!over) receive(String(data));
  };
  // EventSource would come back by itself, but with an old `after`: we come back instead.
  source.onerror = () => {
    if (!over) ended();
  };
  return {
    transport: 'event-stream',
    close() {
      over = true;
      source.close();
    },
  };
}

function parse(text: string): ServerMessage | undefined {
  try {
    return JSON.parse(text) as ServerMessage;
  } catch {
    return undefined; // A proxy's page; the missing hello tells.
  }
}

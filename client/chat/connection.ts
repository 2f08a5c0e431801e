/**
 * A connection to the room that stays, over one technique: begins the next request when one is over, comes back after
 * a cut, goes on after the last event it had, and hands over each event once.
 */
import type { RoomEvent, SendBody, SentView } from '#protocol/chat';
import { DEAD_AFTER_MS, POLL_INTERVAL_MS, RECONNECT_MS, SEND_TIMEOUT_MS, UNSENT_MESSAGES } from './limits.ts';
import type { Carrier, Ending, SendEnding, Target, Told, Transport } from './transport.ts';

export type ConnectionState =
  | 'connecting'
  /** Events come, or will. */
  | 'open'
  /** It broke; the next attempt comes by itself. */
  | 'waiting'
  /** By `close`, or because the server said no. */
  | 'closed';

export interface ConnectionOptions {
  /** Of the room; empty for the page's own. */
  origin: string;
  room: string;
  /** Of the member who listens and speaks. */
  key?: string;
  /** Cursor of the last event that the page has, from whatever transport; all that the room keeps when absent. */
  after?: string;
  /** Between two polls, ms. */
  pollIntervalMs?: number;
  /** Number of the next thing that is said, 1 when absent: what an earlier transport has said counts. */
  seq?: number;
}

export interface Refusal {
  code: string;
  message: string;
}

export interface ConnectionEvents {
  /** @param refusal why it is closed, when the server said no. */
  onState(state: ConnectionState, refusal?: Refusal): void;
  /** @param handledAt `performance.now()` of this page when its handler was called. */
  onEvent(event: RoomEvent, handledAt: number): void;
}

export interface Connection {
  /** Cursor of the last event that was handed over; what the next transport goes on after. */
  readonly cursor: string | undefined;
  /** Number of the first thing said that has no answer: what the next transport begins with. */
  readonly unanswered: number;
  /** Says something. What has no answer is sent again, and published once. */
  send(text: string, done: (result: SentView | Refusal) => void): void;
  /** Ends it. What was said and not answered yet is refused with `CLOSED`, and may have been published. */
  close(): void;
}

interface Unsent {
  body: SendBody;
  done(result: SentView | Refusal): void;
}

export function connect(
  transport: Transport,
  options: ConnectionOptions,
  { onState, onEvent }: ConnectionEvents,
): Connection {
  const { origin, room, key, pollIntervalMs = POLL_INTERVAL_MS } = options;
  let after = options.after;
  let seq = options.seq ?? 1;
  let unanswered = seq;
  let state: ConnectionState = 'connecting';
  let carrier: Carrier | undefined;
  let failures = 0;
  /** Counts carriers: what an earlier one still tells is not heard. */
  let current = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setTimeout> | undefined;
  const unsent: Unsent[] = [];
  let sending = 0;
  let resend: ReturnType<typeof setTimeout> | undefined;

  function target(): Target {
    return { after, key, url: (path, query = {}) => `${origin}/api/chat/${room}/${path}${queryOf(query)}` };
  }

  function become(next: ConnectionState, refusal?: Refusal): void {
    if (state === next || state === 'closed') return;
    state = next;
    onState(next, refusal);
  }

  function begin(): void {
    const mine = ++current;
    const isMine = (): boolean => mine === current && state !== 'closed';
    const alive = (): void => {
      failures = 0;
      clearTimeout(watch);
      watch = setTimeout(() => isMine() && told.end({ reason: 'lost' }), DEAD_AFTER_MS);
    };
    const told: Told = {
      open() {
        if (!isMine()) return;
        alive();
        become('open');
        sendNext();
      },
      alive: () => isMine() && alive(),
      event(event) {
        if (!isMine()) return;
        alive();
        become('open');
        if (after !== undefined && isPast(event.id, after, event.type)) return;
        after = event.id;
        onEvent(event, performance.now());
      },
      waiting: () => isMine() && become('waiting'),
      end: (ending) => isMine() && ended(ending),
    };
    clearTimeout(watch);
    watch = setTimeout(() => isMine() && told.end({ reason: 'lost' }), DEAD_AFTER_MS);
    carrier = transport.receive(target(), told);
  }

  function ended(ending: Ending): void {
    current++;
    clearTimeout(watch);
    carrier?.close();
    carrier = undefined;
    if (ending.reason === 'refused') return finish(ending);
    if (ending.reason === 'over') {
      failures = 0;
      timer = setTimeout(begin, transport.capabilities.delivery === 'poll' ? pollIntervalMs : 0);
      return;
    }
    become('waiting');
    timer = setTimeout(begin, RECONNECT_MS[Math.min(failures++, RECONNECT_MS.length - 1)]);
  }

  function finish(refusal?: Refusal): void {
    current++;
    clearTimeout(timer);
    clearTimeout(watch);
    clearTimeout(resend);
    sending++;
    carrier?.close();
    carrier = undefined;
    become('closed', refusal);
    for (const { done } of unsent.splice(0)) done({ code: 'CLOSED', message: 'The connection was closed.' });
  }

  /** One after the other: the room takes an earlier number for something it has published already. */
  function sendNext(): void {
    const [next] = unsent;
    if (next === undefined || state === 'closed') return;
    const mine = ++sending;
    clearTimeout(resend);
    const again = (ms: number): void => {
      resend = setTimeout(() => mine === sending && sendNext(), ms);
    };
    again(SEND_TIMEOUT_MS);
    const done = (ending: SendEnding): void => {
      if (mine !== sending) return;
      clearTimeout(resend);
      if (ending.reason === 'lost') return again(RECONNECT_MS[1]);
      unsent.shift();
      unanswered++;
      next.done(ending.reason === 'sent' ? ending.sent : ending);
      sendNext();
    };
    if (transport.send) transport.send(target(), next.body, done);
    // Otherwise it waits for the connection, whose `open` comes here again.
    else if (state === 'open') carrier?.send?.(next.body, done);
  }

  setTimeout(() => {
    if (state !== 'closed') begin();
  }, 0);

  return {
    get cursor() {
      return after;
    },
    get unanswered() {
      return unanswered;
    },
    send(text, done) {
      if (state === 'closed' || key === undefined || unsent.length >= UNSENT_MESSAGES) {
        const code = state === 'closed' ? 'CLOSED' : key === undefined ? 'MEMBER_UNKNOWN' : 'RATE_LIMITED';
        return done({ code, message: 'Nothing was sent.' });
      }
      unsent.push({ body: { key, seq: seq++, text, via: transport.technique }, done });
      if (unsent.length === 1) sendNext();
    },
    close: () => finish(),
  };
}

/**
 * Whether an event was handed over before: of the same epoch, and no later. A gap has the number of the last event
 * that is missing, which may be the one that was received last.
 */
function isPast(id: string, after: string, type: RoomEvent['type']): boolean {
  const [[epoch, sequence], [lastEpoch, last]] = [splitCursor(id), splitCursor(after)];
  return type !== 'gap' && epoch === lastEpoch && sequence <= last;
}

function splitCursor(cursor: string): [epoch: string, sequence: number] {
  const hyphen = cursor.lastIndexOf('-');
  return [cursor.slice(0, hyphen), Number(cursor.slice(hyphen + 1))];
}

function queryOf(query: Record<string, string | number | undefined>): string {
  const parts = Object.keys(query)
    .filter((name) => query[name] !== undefined)
    .map((name) => `${name}=${encodeURIComponent(String(query[name]))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

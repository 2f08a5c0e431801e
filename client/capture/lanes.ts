/** The words in the two lanes. Field terms as the standards write them, not translated. */
import type { ConsoleValue } from '#protocol/console';
import type { TelemetryEvent } from '#protocol/telemetry';
import type { NetworkEvent, PageEvent } from '../stage/protocol.ts';
import { LANE_TEXT } from './limits.ts';
import type { LaneEvent } from './run.ts';

export type Word = Omit<LaneEvent, 'id' | 'message'>;

const TIMERS = { timeout: 'setTimeout', interval: 'setInterval', immediate: 'setImmediate' } as const;

/** What the lane above the browser rail says of a page event; null when nothing. */
export function wordOfPage(event: PageEvent): Word | null {
  switch (event.type) {
    case 'network':
      return wordOfNetwork(event);
    case 'console':
      return {
        t: event.t,
        text: lineOf(event.values),
        kind: 'console',
        bad: event.level === 'error',
        at: event.at,
      };
    case 'error':
      return { t: event.t, text: shortened(event.message), kind: 'thrown', bad: true, at: event.at };
    default:
      return null;
  }
}

/** Names with which an API is called; every other is called back. */
const CALLS: ReadonlySet<string> = new Set<NetworkEvent['name']>([
  'fetch',
  'send',
  'WebSocket',
  'close()',
  'EventSource',
  'script',
  'iframe',
  'htmlfile',
  'img',
  'sendBeacon',
  'submit',
]);
const FAILURES: ReadonlySet<string> = new Set<NetworkEvent['name']>(['error', 'timeout', 'abort']);

function wordOfNetwork(event: NetworkEvent): Word {
  const { t, name, at } = event;
  const status = 'status' in event ? (event.status ?? 0) : 0;
  return {
    t,
    text: textOfNetwork(event),
    kind: CALLS.has(name) ? 'call' : 'callback',
    bad: FAILURES.has(name) || ((name === 'response' || name === 'load') && status >= 400),
    at,
  };
}

function textOfNetwork(event: NetworkEvent): string {
  switch (event.name) {
    case 'readystatechange':
      return `readyState ${event.readyState ?? ''}`.trimEnd();
    case 'call':
      return shortened(`${event.callee ?? ''}()`);
    case 'message':
      return event.api === 'EventSource' ? shortened(event.event ?? event.name) : event.name;
    default:
      return event.name;
  }
}

/** What the lane below the server rail says of an event; null when nothing. */
export function wordOfServer(event: TelemetryEvent): Word | null {
  const { t } = event;
  switch (event.type) {
    case 'request':
      return {
        t,
        text: shortened(`${event.method} ${event.target}`),
        kind: 'request',
        bad: false,
        at: event.at,
      };
    case 'console':
      return { t, text: lineOf(event.values), kind: 'console', bad: event.level === 'error', at: event.at };
    case 'timer':
      return { t, text: TIMERS[event.kind], kind: 'timer', bad: false, at: event.at };
    case 'thrown':
      return { t, text: shortened(event.error.message), kind: 'thrown', bad: true, at: event.error.at };
    case 'port':
      return { t, text: `listen ${event.port}`, kind: 'port', bad: false };
    case 'state':
      return event.state === 'stopped' ? { t, text: 'exit', kind: 'exit', bad: false } : null;
    default:
      return null;
  }
}

function lineOf(values: ConsoleValue[]): string {
  return shortened(values.map(({ text }) => text).join(' '));
}

function shortened(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > LANE_TEXT ? `${line.slice(0, LANE_TEXT - 1)}…` : line;
}

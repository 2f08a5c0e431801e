/**
 * Reads what a page has posted. The page is untrusted: whatever does not have the documented form is
 * left out, so that nothing behind this file meets a surprise. Pure.
 */
import type { ConsoleLevel, ConsoleValue } from '#protocol/console';
import type { SourcePosition } from '#protocol/errors';
import {
  PAGE_CHANNEL,
  type NetworkApi,
  type NetworkEvent,
  type PageEvent,
  type PageMessage,
} from './protocol.ts';

type Fields = Record<string, unknown>;

/** The runtime posts up to 501; a forged message may hold more. */
const MOST_EVENTS = 2_000;
const MOST_VALUES = 2_000;
const LONGEST_TEXT = 20_000;

const LEVELS: ReadonlySet<unknown> = new Set<ConsoleLevel>(['log', 'info', 'warn', 'error', 'debug']);
const CONTAINERS: ReadonlySet<unknown> = new Set(['object', 'array', 'map', 'set']);
const KINDS: ReadonlySet<unknown> = new Set([
  ...CONTAINERS,
  ...[
    'string',
    'number',
    'bigint',
    'boolean',
    'undefined',
    'null',
    'symbol',
    'function',
    'error',
    'date',
    'regexp',
  ],
]);
type NamesOf<Api extends NetworkApi, Event = NetworkEvent> = Event extends {
  api: infer Apis;
  name: infer Name;
}
  ? Api extends Apis
    ? Name
    : never
  : never;

/** What each API says, by its names in the standards. */
const NETWORK_NAMES: { [Api in NetworkApi]: readonly NamesOf<Api>[] } = {
  fetch: ['fetch', 'response', 'read', 'body', 'error'],
  XMLHttpRequest: ['send', 'readystatechange', 'progress', 'load', 'error', 'abort', 'timeout'],
  XDomainRequest: ['send', 'readystatechange', 'progress', 'load', 'error', 'abort', 'timeout'],
  WebSocket: ['WebSocket', 'open', 'send', 'message', 'error', 'close()', 'close'],
  EventSource: ['EventSource', 'open', 'message', 'error', 'close()'],
  script: ['script', 'call', 'load', 'error'],
  iframe: ['iframe', 'htmlfile', 'call', 'load', 'error'],
  htmlfile: ['iframe', 'htmlfile', 'call', 'load', 'error'],
  img: ['img', 'load', 'error'],
  sendBeacon: ['sendBeacon'],
  form: ['submit'],
};

/** The members of network events that may be absent, and what they are when they are there. */
const NETWORK_MEMBERS = Object.entries<(value: unknown) => boolean>({
  readyState: isCount,
  status: isCount,
  loaded: isCount,
  n: (value) => value === null || isCount(value),
  size: isCount,
  binary: (value) => typeof value === 'boolean',
  code: isCount,
  reason: isText,
  wasClean: (value) => typeof value === 'boolean',
  opened: isCount,
  event: isText,
  length: isCount,
  lastEventId: isText,
  callee: isText,
});

/** The URL that was found good last: a socket names its own with every message. */
let goodUrl = '';

/** Null for what is not a message of the runtime. */
export function readPageMessage(data: unknown): PageMessage | null {
  if (!isFields(data) || data.channel !== PAGE_CHANNEL) return null;
  const told = typeof data.events === 'string' ? parsed(data.events) : data.events;
  if (!isCount(data.run) || !Array.isArray(told)) return null;
  const events = (told as unknown[]).slice(0, MOST_EVENTS).filter(isPageEvent);
  return { channel: PAGE_CHANNEL, run: data.run, events };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function isPageEvent(event: unknown): event is PageEvent {
  if (!isFields(event) || !isNumber(event.t) || !isOptional(event.at, isPosition)) return false;
  switch (event.type) {
    case 'ready':
      return isText(event.href);
    case 'pong':
      return isNumber(event.id);
    case 'console':
      return LEVELS.has(event.level) && areValues(event.values) && isOptional(event.call, isCount);
    case 'mark':
      return isText(event.name) && isOptional(event.call, isCount);
    case 'error':
      return isText(event.message) && typeof event.rejection === 'boolean' && isOptional(event.loop, isTrue);
    case 'dropped':
      return isNumber(event.from) && isCount(event.events);
    case 'network':
      return isNetworkEvent(event);
    default:
      return false;
  }
}

function isNetworkEvent(event: Fields): boolean {
  const { call, api, name, method, url } = event;
  return (
    isCount(call) &&
    isText(api) &&
    Object.hasOwn(NETWORK_NAMES, api) &&
    (NETWORK_NAMES[api as NetworkApi] as readonly unknown[]).includes(name) &&
    isText(method) &&
    isText(url) &&
    isUrl(url) &&
    NETWORK_MEMBERS.every(([member, is]) => isOptional(event[member], is))
  );
}

function isUrl(url: string): boolean {
  if (url === goodUrl) return true;
  if (!URL.canParse(url)) return false;
  goodUrl = url;
  return true;
}

function areValues(values: unknown): values is ConsoleValue[] {
  const budget = { left: MOST_VALUES };
  return Array.isArray(values) && values.every((value) => isValue(value, budget));
}

function isValue(value: unknown, budget: { left: number }): boolean {
  if (budget.left-- <= 0 || !isFields(value) || !KINDS.has(value.kind) || !isText(value.text)) return false;
  if (!CONTAINERS.has(value.kind)) return true;
  const { entries, more, circular } = value;
  if (!isCount(more) || !isOptional(circular, isTrue) || !Array.isArray(entries)) return false;
  return (entries as unknown[]).every(
    (entry) => Array.isArray(entry) && entry.length === 2 && isText(entry[0]) && isValue(entry[1], budget),
  );
}

function isPosition(value: unknown): value is SourcePosition {
  return isFields(value) && isText(value.file) && isCount(value.line) && isCount(value.column);
}

function isOptional(value: unknown, is: (value: unknown) => boolean): boolean {
  return value === undefined || is(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isTrue(value: unknown): boolean {
  return value === true;
}

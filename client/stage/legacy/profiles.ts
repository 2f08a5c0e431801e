/**
 * What each old browser had, as far as the choice of a technique depends on it: first versions by engine, after
 * MDN's browser-compat-data 1.1.2, the last that knew Internet Explorer. Everything in `FEATURES` that a browser
 * did not have is hidden; `legacy/apply.ts` adds what only Internet Explorer had.
 */
import type { Profile } from '#protocol/labs';

type Engine = 'ie' | 'firefox' | 'chrome' | 'safari';

export interface Browser {
  engine: Engine;
  version: number;
  /** What `navigator` says. The `User-Agent` field on the wire stays the real one. */
  userAgent: string;
}

export const BROWSERS: Record<Profile, Browser> = {
  'ie-6': {
    engine: 'ie',
    version: 6,
    userAgent: 'Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)',
  },
  'ie-7': {
    engine: 'ie',
    version: 7,
    userAgent: 'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.1)',
  },
  'ie-8': {
    engine: 'ie',
    version: 8,
    userAgent: 'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)',
  },
  'ie-9': {
    engine: 'ie',
    version: 9,
    userAgent: 'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)',
  },
  'ie-10': {
    engine: 'ie',
    version: 10,
    userAgent: 'Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)',
  },
  'firefox-3.6': {
    engine: 'firefox',
    version: 3.6,
    userAgent: 'Mozilla/5.0 (Windows; U; Windows NT 6.1; en-US; rv:1.9.2) Gecko/20100115 Firefox/3.6',
  },
  'chrome-14': {
    engine: 'chrome',
    version: 14,
    userAgent:
      'Mozilla/5.0 (Windows NT 6.1) AppleWebKit/535.1 (KHTML, like Gecko) Chrome/14.0.835.163 Safari/535.1',
  },
  'safari-5': {
    engine: 'safari',
    version: 5,
    userAgent:
      'Mozilla/5.0 (Macintosh; U; Intel Mac OS X 10_6_3; en-us) AppleWebKit/533.16 (KHTML, like Gecko) Version/5.0 Safari/533.16',
  },
};

export interface Feature {
  /** The first version that had it; an engine that is absent had it in none of the emulated versions. */
  since: Partial<Record<Engine, number>>;
  /** Properties of the window. */
  globals?: readonly string[];
  /** Members of prototypes, by the name of the interface. */
  members?: Readonly<Record<string, readonly string[]>>;
}

/**
 * `URL` stays: no technique is chosen by it, and clients that took it for granted fail without.
 * WebSocket counts from the protocol that servers still speak: hixie-76 (Chrome 4, Safari 5) is not RFC 6455.
 */
const FEATURES: readonly Feature[] = [
  { since: { ie: 7, firefox: 1, chrome: 1, safari: 1.2 }, globals: ['XMLHttpRequest'] },
  {
    since: { ie: 10, firefox: 3.5, chrome: 3, safari: 4 },
    globals: ['XMLHttpRequestUpload', 'ProgressEvent'],
    members: { XMLHttpRequest: ['withCredentials', 'upload'] },
  },
  {
    since: { ie: 10, firefox: 6, chrome: 9, safari: 7 },
    members: { XMLHttpRequest: ['response', 'responseType'] },
  },
  {
    since: { ie: 8, firefox: 12, chrome: 29, safari: 7 },
    members: { XMLHttpRequest: ['timeout'], XMLHttpRequestEventTarget: ['ontimeout'] },
  },
  {
    since: { firefox: 1, chrome: 1, safari: 1.2 },
    members: { XMLHttpRequest: ['overrideMimeType'] },
  },
  {
    since: { firefox: 32, chrome: 37, safari: 8 },
    members: { XMLHttpRequest: ['responseURL'] },
  },
  {
    since: { ie: 10, firefox: 11, chrome: 14, safari: 6 },
    globals: ['WebSocket', 'CloseEvent'],
  },
  { since: { firefox: 6, chrome: 6, safari: 5 }, globals: ['EventSource'] },
  { since: { ie: 8, firefox: 3, chrome: 2, safari: 4 }, globals: ['postMessage', 'MessageEvent'] },
  { since: { ie: 8, firefox: 3.5, chrome: 3, safari: 4 }, globals: ['JSON'] },
  {
    since: { ie: 9, firefox: 1, chrome: 1, safari: 1 },
    members: { EventTarget: ['addEventListener', 'removeEventListener', 'dispatchEvent'] },
  },
  {
    since: { ie: 8, firefox: 3.5, chrome: 4, safari: 4 },
    globals: ['localStorage', 'sessionStorage', 'Storage'],
  },
  { since: { ie: 10, firefox: 4, chrome: 6, safari: 5 }, globals: ['FormData'] },
  { since: { ie: 10, firefox: 4, chrome: 6, safari: 6 }, globals: ['Blob', 'FileReader'] },
  { since: { ie: 10, firefox: 3.5, chrome: 4, safari: 4 }, globals: ['Worker'] },
  { since: { ie: 10, firefox: 41, chrome: 2, safari: 5 }, globals: ['MessageChannel', 'MessagePort'] },
  { since: { ie: 10, firefox: 3.6, chrome: 8, safari: 5 }, members: { HTMLScriptElement: ['async'] } },
  {
    // Each came to a browser after the youngest of the table.
    since: {},
    globals: [
      ...['fetch', 'fetchLater', 'Request', 'Response', 'Headers'],
      ...['AbortController', 'AbortSignal', 'Promise', 'BroadcastChannel', 'MutationObserver'],
      ...['ReadableStream', 'WritableStream', 'TransformStream', 'TextDecoderStream', 'TextEncoderStream'],
      ...['TextDecoder', 'TextEncoder', 'SharedWorker', 'WebSocketStream', 'WebTransport', 'URLSearchParams'],
      ...['RTCPeerConnection', 'RTCDataChannel'],
    ],
    members: { Navigator: ['sendBeacon', 'serviceWorker'] },
  },
];

/** What a browser did not have. */
export function lackedBy({ engine, version }: Browser): Feature[] {
  return FEATURES.filter(({ since }) => !(version >= (since[engine] ?? Infinity)));
}

/**
 * Connections to one host, where it had fewer than the browsers of today with their six (Souders, Roundup on Parallel
 * Connections). More than those cannot be emulated.
 */
export function connectionsOf({ engine, version }: Browser): number | null {
  return engine === 'ie' && version < 8 ? 2 : null;
}

/** Bugs of old browsers, and what a page can write to have them, or not: `<meta name="emulated-bugs">`. */
export const BUGS = [
  'xdr-needs-all-handlers',
  'xdr-collected-in-flight',
  'xdr-loses-simultaneous-sends',
  'xdr-abort-clears-handlers',
  'xdr-fails-without-content',
  'htmlfile-collected',
] as const;
export type Bug = (typeof BUGS)[number];

/** On by itself only what happened to everybody: the others depend on chance, or on which account is right. */
export function bugsOf({ engine, version }: Browser): Bug[] {
  return engine === 'ie' && version === 9 ? ['xdr-needs-all-handlers'] : [];
}

/** Requests worth sending: each changes the original in one way. */
import {
  insert,
  originalLines,
  remove,
  setText,
  swapCase,
  textOf,
  type Line,
  type OriginalLine,
  type Target,
} from './lines.ts';

interface Change {
  set?: Partial<Record<OriginalLine, string>>;
  remove?: OriginalLine;
  /** A line to put behind the key. */
  add?: string;
  /** Of every field name. */
  lowerCase?: true;
}

const EXPERIMENTS = {
  'version-12': { set: { version: 'Sec-WebSocket-Version: 12' } },
  'version-8': { set: { version: 'Sec-WebSocket-Version: 8' } },
  'no-key': { remove: 'key' },
  'short-key': { set: { key: 'Sec-WebSocket-Key: c2hvcnQ=' } },
  post: { set: { request: 'POST / HTTP/1.1' } },
  'http-1-0': { set: { request: 'GET / HTTP/1.0' } },
  'no-upgrade': { remove: 'upgrade' },
  'keep-alive': { set: { connection: 'Connection: keep-alive, Upgrade' } },
  'lower-case': { lowerCase: true },
  'foreign-origin': { set: { origin: 'Origin: https://evil.example' } },
  'wrong-host': { set: { host: 'Host: other.example' } },
  subprotocol: { add: 'Sec-WebSocket-Protocol: chess' },
  deflate: { add: 'Sec-WebSocket-Extensions: permessage-deflate' },
  'line-feed': { add: 'X-Note: one\nX-Smuggled: two' },
  'no-end': { remove: 'end' },
} as const satisfies Record<string, Change>;

export type ExperimentId = keyof typeof EXPERIMENTS;

export const EXPERIMENT_IDS = Object.keys(EXPERIMENTS) as ExperimentId[];

/** The original with the change of an experiment in it. */
export function experimentLines(id: ExperimentId, target: Target): Line[] {
  const { set = {}, remove: removed, add, lowerCase }: Change = EXPERIMENTS[id];
  let lines = originalLines();
  for (const [line, text] of Object.entries(set)) lines = setText(lines, line, text, target);
  if (removed) lines = remove(lines, removed);
  if (add !== undefined) ({ lines } = insert(lines, 'key', add));
  if (!lowerCase) return lines;
  for (const line of lines.filter(({ id: name }) => name !== 'request' && name !== 'end'))
    lines = setText(lines, line.id, swapCase(textOf(line, target)), target);
  return lines;
}

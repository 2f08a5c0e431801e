/**
 * The calls that every answered request makes, as JSON written by hand: `JSON.stringify` of lists in lists takes
 * QuickJS four times as long, and was a quarter of all it did for a request.
 */

/** Names are tokens (`checkName`): they need no escape. */
export type HeaderPairs = [name: string, value: string | string[]][];

// Taken before any learner code runs: later changes of the globals do not reach the bridge.
const { stringify } = JSON;
const { isSafeInteger } = Number;

/** JSON of a `HandlingCall`. */
export function handlingText(at: number, request: number, site: number): string {
  return `["handling",${at},${request},${site}]`;
}

/** JSON of a `RespondCall`; `head` is JSON already. */
export function respondText(
  request: number,
  site: number,
  flags: number,
  ack: number,
  body: string | 0 | 1,
  encoding: string | 0,
  head: string | 0,
  trailers: [string, string][] | 0,
): string {
  const text = typeof body === 'string' ? stringify(body) : body;
  const coding = encoding === 'utf8' ? '"utf8"' : stringify(encoding);
  // A program may make a response of a request that is none; what is no number would be no JSON.
  const id = isSafeInteger(request) ? request : 0;
  return `["respond",${id},${site},${flags},${ack},${text},${coding},${head},${trailers && stringify(trailers)}]`;
}

/**
 * JSON of a `ResponseHead`.
 * @param set headers by `setHeader`, by lower-case name
 * @param written as in `ResponseHead`
 */
export function headText(
  status: number,
  message: string | undefined,
  set: ReadonlyMap<string, readonly [name: string, value: unknown]> | undefined,
  written: HeaderPairs | 0 | 1,
  removed: string[] | undefined,
  flags: number,
): string {
  let pairs = '';
  // Entries are not taken apart in the head of the loop: that alone costs QuickJS as much as the rest.
  if (set) for (const pair of set.values()) pairs += `${pairs && ','}["${pair[0]}",${valueText(pair[1])}]`;
  const reason = message === undefined ? 0 : stringify(message);
  const given = typeof written === 'number' ? written : stringify(written);
  return `[${status},${reason},[${pairs}],${given},${removed ? stringify(removed) : 0},${flags}]`;
}

/** JSON of strings: a program sends the same few again and again. */
const known = new Map<string, string>();
const MOST_KNOWN = 500;
/** Longer ones are hardly ever the same. */
const LONGEST_KNOWN = 200;

function valueText(value: unknown): string {
  if (Array.isArray(value)) return stringify(value.map(String));
  const text = String(value);
  const before = known.get(text);
  if (before !== undefined) return before;
  const json = stringify(text);
  if (known.size < MOST_KNOWN && text.length < LONGEST_KNOWN) known.set(text, json);
  return json;
}

/** Questions that several lessons ask of a run. */
import type { Verdict } from './contract.ts';
import type { RequestFact, WireFacts } from './facts.ts';

/** Requests of the page's code for a path, without preflights. */
export function asked({ requests }: WireFacts, path: string): RequestFact[] {
  return requests.filter(({ target, preflight }) => !preflight && target.split('?')[0] === path);
}

/** How long the server took from the last byte of a request to the first of its answer, ms; null while it holds it. */
export function heldMs({ arrived, response }: RequestFact): number | null {
  return arrived === null || response === null ? null : Math.max(0, response.sent - arrived);
}

/** Ms from being made to being handled, of everything that both ends named. */
export function delays({ deliveries }: WireFacts): number[] {
  return deliveries.flatMap(({ created, handled }) =>
    created === null || handled === null ? [] : [handled - created],
  );
}

/**
 * Delays of what was made after the first of these requests arrived, ms. What was made before could not be had
 * in time, however well the code is written.
 */
export function delaysSince({ deliveries }: WireFacts, [first]: readonly RequestFact[]): number[] {
  const since = first?.arrived ?? Infinity;
  return deliveries.flatMap(({ created, handled }) =>
    created === null || created < since || handled === null ? [] : [handled - created],
  );
}

/** Whether something the server made never came to the page, though something that was made later did. */
export function hasGap({ deliveries }: WireFacts): boolean {
  const newest = Math.max(
    ...deliveries.flatMap(({ created, handled }) => (handled === null ? [] : [created ?? 0])),
  );
  return deliveries.some(({ created, handled }) => created !== null && handled === null && created < newest);
}

/** ms between one request of these and the next, in the middle; null before the second. */
export function medianGap(requests: readonly RequestFact[]): number | null {
  const gaps = requests.slice(1).map(({ sent }, n) => sent - requests[n]!.sent);
  return gaps.length === 0 ? null : gaps.sort((a, b) => a - b)[gaps.length >> 1]!;
}

/** How many things that the server made were handled in the page. */
export function delivered(wire: WireFacts): number {
  return delays(wire).length;
}

/** Whether the page's code printed a line with this text in it. */
export function printed({ console: lines }: WireFacts, text: string): boolean {
  return lines.some((line) => line.side === 'client' && line.text.includes(text));
}

/** The numbers of what the page handled, where it is marked as `message 3`, in the order of its marks. */
export function numbersHandled({ deliveries }: WireFacts): number[] {
  return deliveries.filter((each) => each.handled !== null).map(({ name }) => Number(name.split(' ')[1]));
}

/** A goal: of the messages from `first` to `last` none is missing in the page. */
export function allHandled(wire: WireFacts, first: number, last: number): Verdict {
  const numbers = new Set(numbersHandled(wire));
  for (let n = first; n <= last; n++) if (!numbers.has(n)) return 'open';
  return 'met';
}

/** A goal that must hold all the time: missed as soon as it does not, met when there was enough to tell. */
export function always(holds: boolean, enough: boolean): Verdict {
  if (!holds) return 'missed';
  return enough ? 'met' : 'open';
}

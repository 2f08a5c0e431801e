import type { Connection, LaneEvent, LaneList, MessageList, Run, WireMessage } from '../capture/run.ts';

/** The run as it was known at lab time `t`: what came later did not happen yet, what was under way is under way. */
export function runAt(run: Run, t: number): Run {
  if (t >= run.end) return run;
  const deliveries = run.deliveries
    .slice(
      0,
      countUpTo(run.deliveries, ({ created, handled }) => created ?? handled ?? 0, t),
    )
    .map((delivery) => ((delivery.handled ?? 0) > t ? { ...delivery, handled: null } : delivery));
  return {
    ...run,
    live: true,
    end: t,
    connections: run.connections.flatMap((connection) => connectionAt(connection, t)),
    messages: messagesAt(run.messages, t),
    jsEvents: wordsAt(run.jsEvents, t),
    serverEvents: wordsAt(run.serverEvents, t),
    deliveries,
    gaps: run.gaps.filter(({ from }) => from <= t),
  };
}

function connectionAt({ ended, silentSince, switched, ...connection }: Connection, t: number): Connection[] {
  if (connection.opened > t) return [];
  return [
    {
      ...connection,
      ...(ended && ended.t <= t && { ended }),
      ...(silentSince !== undefined && silentSince <= t && { silentSince }),
      ...(switched && switched.t <= t && { switched }),
    },
  ];
}

/** A message as it was known at `t`. */
function messageAt(message: WireMessage, t: number): WireMessage {
  const { arrived, handled, segments } = message;
  if ((arrived ?? Infinity) <= t && (handled ?? 0) <= t) return message;
  const known = (time: number | null) => (time !== null && time <= t ? time : null);
  const isWhole = known(arrived) !== null;
  return {
    ...message,
    arrived: known(arrived),
    handled: known(handled),
    lost: message.lost && isWhole,
    segments: isWhole
      ? segments
      : segments.flatMap(({ proxy, ...segment }) =>
          segment.entered > t
            ? []
            : [
                {
                  ...segment,
                  arrived: known(segment.arrived),
                  ...(proxy && proxy.reached <= t && { proxy: { ...proxy, left: known(proxy.left) } }),
                },
              ],
        ),
  };
}

/** What is sent at `t` is on the wire at `t`. */
const AT_ONCE_MS = 1e-6;

/** As `between`, and what was under way at `t`: the whole run knows when that arrived, at `t` nobody does. */
function underWay(
  messages: MessageList,
  from: number,
  to: number,
  t: number,
  at: (index: number) => WireMessage | undefined,
): number[] {
  const seen = messages.between(Math.min(from, t), to);
  return from <= t ? seen : seen.filter((index) => at(index)?.arrived === null);
}

function messagesAt(messages: MessageList, t: number): MessageList {
  const length = Math.min(messages.length, messages.indexAt(t + AT_ONCE_MS));
  const at = (index: number): WireMessage | undefined => {
    const message = messages.at(index);
    return message && messageAt(message, t);
  };
  const bound = (index: number) => Math.min(index, length);
  const absolute = (index: number) => (index < 0 ? length + index : index);
  return {
    ...counting(messages, bound),
    length,
    longestMs: messages.longestMs,
    at: (index) => (absolute(index) >= 0 && absolute(index) < length ? at(absolute(index)) : undefined),
    get(id) {
      const index = messages.indexOf(id);
      return index >= 0 && index < length ? at(index) : undefined;
    },
    indexOf(id) {
      const index = messages.indexOf(id);
      return index < length ? index : -1;
    },
    between: (from, to) => underWay(messages, from, Math.min(to, t + AT_ONCE_MS), t, at),
    slice: (from, to = length) =>
      messages.slice(bound(absolute(from)), bound(absolute(to))).map((message) => messageAt(message, t)),
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index++) yield at(index)!;
    },
  };
}

/** The words of a lane up to `t`. */
function wordsAt(words: LaneList, t: number): LaneList {
  const length = words.indexAt(t + AT_ONCE_MS);
  const bound = (index: number) => Math.min(index, length);
  const slice = (from: number, to: number = length): LaneEvent[] => words.slice(bound(from), bound(to));
  const thrown = words.lastThrown;
  return {
    length,
    lastThrown: thrown && thrown.t <= t ? thrown : null,
    at: (index) => (index < length ? words.at(index < 0 ? length + index : index) : undefined),
    indexAt: (time) => bound(words.indexAt(time)),
    slice,
    badOf: (from, to) => words.badOf(bound(from), bound(to)),
    [Symbol.iterator]: () => slice(0)[Symbol.iterator](),
  };
}

type Counting = 'indexAt' | 'lastOf' | 'countOf' | 'contentsBefore' | 'kindBefore';

/** What only counts stays the same as far as the list goes. */
function counting(messages: MessageList, bound: (index: number) => number): Pick<MessageList, Counting> {
  return {
    indexAt: (time) => bound(messages.indexAt(time)),
    lastOf: (connection, before, direction) => messages.lastOf(connection, bound(before), direction),
    countOf: (direction, from, to) => messages.countOf(direction, bound(from), bound(to)),
    kindBefore: (before, kind) => messages.kindBefore(bound(before), kind),
    contentsBefore: (before, direction) => messages.contentsBefore(bound(before), direction),
  };
}

function countUpTo<T>(items: readonly T[], timeOf: (item: T) => number, t: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(items[middle]!) <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

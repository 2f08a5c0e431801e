/**
 * Runs one race: opens the room's lab, connects every technique in a frame on an origin of its own, publishes what the
 * schedule says, and tells ten times a second how it stands.
 *
 * In: settings. Out: `RaceResult`s, the last one whole.
 * Knows nothing of React, or of how a race is drawn.
 */
import type { RoomEvent, Technique } from '#protocol/chat';
import {
  connectInFrame,
  createRoomApi,
  lanesOf,
  portsFor,
  TRANSPORTS,
  type FrameConnection,
  type Lane,
} from '../../chat/index.ts';
import type { RaceResult, RaceStatus } from '../model/result.ts';
import { predict } from '../model/predict.ts';
import { quietOf, quietStretches } from '../model/quiet.ts';
import { scheduleOf } from '../model/schedule.ts';
import type { RaceSettings } from '../model/settings.ts';
import { RECONNECT_MS } from '../model/silence.ts';
import { crossedOn, heldOn, lanesOn, trackOf, type Recorded } from './measure.ts';
import { createPublisher } from './publisher.ts';
import { openRoomLab, type RoomLab } from './room-lab.ts';

export interface RaceEvents {
  onResult(result: RaceResult): void;
  /** It could not be run, or not to its end. What was measured until then was told. */
  onFailure(error: unknown): void;
}

/** No request of any technique reached the server. */
export class NotConnectedError extends Error {
  override name = 'NotConnectedError';
}

/** What happens is not told any more. */
export class LostError extends Error {
  override name = 'LostError';
}

export interface Race {
  /** Ends it; what was measured stays. */
  stop(): void;
  /** Cuts the connections of one technique, or all. */
  cut(technique?: Technique): void;
  /** Publishes something now: for messages that are typed. */
  say(text: string): void;
}

const TOLD_EVERY_MS = 100;
/** A technique whose request has not reached the server by then is kept from it: ms, beside the network's own. */
const CONNECT_MS = 6_000;
/** Everyone is connected: a moment before the first message, in which the heads of streams arrive, ms. */
const LEAD_MS = 80;
/** Of the connecting so much is shown, as a share of the span beside three ways. */
const BEFORE = 0.04;
/** What comes after the last message is waited for, as a share of the span at least. */
const TAIL = 0.12;

export function startRace(settings: RaceSettings, container: Element, events: RaceEvents): Race {
  const { techniques, latencyMs, spanMs, pollIntervalMs } = settings;
  const typed = settings.schedule === 'typed';
  let ended: RaceStatus | null = null;
  let lab: RoomLab | undefined;
  const connections = new Map<Technique, FrameConnection>();
  const handled = new Map<Technique, Map<string, { event: RoomEvent; handledAt: number }>>(
    techniques.map((technique) => [technique, new Map()]),
  );
  /** Lab time of 0; undefined until everyone is connected. */
  let zero: number | undefined;
  let end: number | undefined;
  let wake: () => void = () => {};
  let publisher: ReturnType<typeof createPublisher> | undefined;

  const now = (): number => lab?.labTime(performance.now()) ?? 0;
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(): Promise<void> {
    const room = `race-${Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => n.toString(16).padStart(2, '0')).join('')}`;
    lab = await openRoomLab(portsFor(techniques.length), { latencyMs, proxy: settings.proxy }, () => {
      if (ended === null) finish('failed', new LostError());
    });
    if (ended !== null) return lab.close();
    publisher = createPublisher(createRoomApi(room), now);
    const after = await publisher.join();
    for (const lane of lanes()) connect(lane, room, after);
    await everyoneConnected();
    if (ended !== null) return;
    zero = now() + LEAD_MS;
    if (settings.cutAtMs !== null) void lab.cut({ mode: 'reset', at: zero + settings.cutAtMs }).catch(ignore);
    const telling = setInterval(tell, TOLD_EVERY_MS);
    try {
      for (const { at, text } of scheduleOf(settings)) publisher.plan(text, at, zero + at - now());
      await raced(zero);
    } finally {
      clearInterval(telling);
      end ??= now();
      publisher.stop();
      await lab.settled();
      if (ended !== 'failed') tell(ended ?? 'finished');
      ended ??= 'finished';
      close();
    }
  }

  function lanes(): Lane[] {
    const all = lanesOf(techniques, lab!);
    if (settings.origins === 'each') return all;
    const { url } = lab!.ports[0]!;
    return all.map((lane) => {
      const page = new URL(lane.pageUrl);
      return { ...lane, origin: '', pageUrl: url + page.pathname + page.search };
    });
  }

  function connect({ technique, pageUrl, origin }: Lane, room: string, after: string): void {
    const connection = connectInFrame(
      { technique, pageUrl, origin, room, after, pollIntervalMs, container },
      {
        // What it is in shows on the wire.
        onState: ignore,
        onEvent(event, handledAt) {
          if (event.type === 'message') handled.get(technique)!.set(event.id, { event, handledAt });
        },
      },
    );
    connections.set(technique, connection);
  }

  /** Whose request the server has. */
  function connected(): Technique[] {
    const run = lab!.recorded();
    if (!run) return [];
    const on = lanesOn({ run, bytesOf: lab!.bytesOf, zero: 0, until: Infinity });
    return techniques.filter((technique) =>
      on.get(technique)?.requests.some(({ message }) => message.arrived !== null),
    );
  }

  async function everyoneConnected(): Promise<void> {
    const deadline = performance.now() + CONNECT_MS + 4 * latencyMs;
    for (;;) {
      const there = connected();
      const isClockKnown = there.every((technique) => connections.get(technique)!.clockErrorMs !== undefined);
      if (there.length === techniques.length && isClockKnown && lab!.labTime(0) !== undefined) return;
      if (ended !== null) return;
      if (performance.now() > deadline) {
        if (there.length === 0) throw new NotConnectedError();
        return;
      }
      await pause(20);
    }
  }

  /** Resolves when everything has arrived, or will not. */
  async function raced(zero: number): Promise<void> {
    const least = spanMs * (1 + (typed ? 0 : TAIL));
    const late = pollIntervalMs + 4 * latencyMs + 2 * RECONNECT_MS.browser;
    while (ended === null) {
      const t = now() - zero;
      const all = publisher!.messages.filter(({ id }) => id !== null);
      const whole =
        publisher!.isDone &&
        techniques.every((technique) => all.every(({ id }) => handled.get(technique)!.has(id!)));
      if (t >= least && (whole || t >= Math.max(least, publisher!.last + late))) return;
      await pause(TOLD_EVERY_MS / 2);
    }
  }

  function tell(status: RaceStatus | void): void {
    const run = lab?.recorded();
    if (!run || zero === undefined) return;
    events.onResult(resultOf({ run, bytesOf: lab!.bytesOf, zero, until: end ?? now() }, status || 'running'));
  }

  function resultOf(recorded: Recorded, status: RaceStatus): RaceResult {
    const { run, until } = recorded;
    const zero = recorded.zero;
    const on = lanesOn(recorded);
    const messages = publisher!.messages.map(({ text, planned, id, said }) => {
      const event = id === null ? undefined : eventOf(id);
      const published = event ? event.at - lab!.roomZero : said;
      return { text, planned, published: published === null ? null : published - zero };
    });
    const tracks = techniques.map((technique) => {
      const got = handled.get(technique)!;
      const times = publisher!.messages.map(({ id }) => {
        const known = id === null ? undefined : got.get(id);
        const at = known && lab!.labTime(known.handledAt);
        return at === undefined || at > until ? null : at - zero;
      });
      const data = [...got.values()].reduce((sum, { event }) => sum + utf8Length(JSON.stringify(event)), 0);
      const track = trackOf(technique, on.get(technique), recorded, times, data, settings);
      const began = track.exchanges[0]?.sent ?? 0;
      const published = messages.map((message) => message.published);
      const { delivery } = TRANSPORTS[technique].capabilities;
      const silent = quietStretches({
        ...{ published, handled: times, cuts: track.cuts, end: until - zero, latencyMs },
        asksEveryMs: delivery === 'poll' ? pollIntervalMs : 0,
        held: delivery === 'held' ? heldOn(on.get(technique), track.exchanges) : null,
      });
      return {
        ...track,
        // Everyone else was connected by then, or had time enough.
        state: (track.exchanges[0]?.reached ?? Infinity) > 0 ? ('blocked' as const) : track.state,
        prediction: predict(technique, {
          ...settings,
          cuts: track.cuts,
          began: Math.min(0, began),
          published: published.filter((at) => at !== null),
          end: until - zero,
        }),
        quiet: quietOf(silent, crossedOn(on.get(technique), zero)),
        clockErrorMs: connections.get(technique)?.clockErrorMs ?? null,
      };
    });
    const begun = Math.min(0, ...tracks.flatMap(({ exchanges }) => exchanges.map(({ sent }) => sent)));
    return {
      settings,
      startedAt: run.startedAt + zero,
      status,
      from: Math.max(begun, -(BEFORE * spanMs + 3 * latencyMs)),
      now: until - zero,
      to: Math.max(status === 'running' ? spanMs * (1 + TAIL) : 0, until - zero),
      messages,
      tracks,
    };
  }

  /** As anyone was handed it. */
  function eventOf(id: string): RoomEvent | undefined {
    for (const got of handled.values()) if (got.has(id)) return got.get(id)!.event;
    return undefined;
  }

  function finish(status: RaceStatus, error?: unknown): void {
    if (ended !== null) return;
    if (zero !== undefined) end = now();
    if (status === 'failed') tell('failed');
    ended = status;
    wake();
    if (status === 'failed') events.onFailure(error);
    if (zero === undefined || status === 'failed') close();
  }

  function close(): void {
    for (const connection of connections.values()) connection.close();
    connections.clear();
    publisher?.leave();
    lab?.close();
  }

  run().catch((error: unknown) => finish('failed', error));

  return {
    stop: () => finish('stopped'),
    cut(technique) {
      const run = lab?.recorded();
      if (!run || ended !== null) return;
      if (technique === undefined) return void lab!.cut({ mode: 'reset' }).catch(ignore);
      const lane = lanesOn({ run, bytesOf: lab!.bytesOf, zero: 0, until: Infinity }).get(technique);
      const open = new Set(run.connections.filter(({ ended: over }) => !over).map(({ id }) => id));
      const own = new Set(lane?.messages.map(({ message }) => message.connection));
      for (const connection of own) {
        if (open.has(connection)) void lab!.cut({ mode: 'reset', connection }).catch(ignore);
      }
    },
    say(text) {
      if (zero !== undefined && ended === null) publisher!.plan(text, now() - zero, 0);
    },
  };
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The race goes on without it; what happens is seen on the wire. */
function ignore(): void {}

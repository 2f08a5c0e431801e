/**
 * Every transport in a real browser over a network that breaks all the time: what each page hears is the room's own
 * history, and what each page says is in it once.
 */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { randomOf } from '../../client/race/model/random.ts';
import {
  TECHNIQUES,
  type JoinedView,
  type PollView,
  type RoomEvent,
  type RoomView,
  type Technique,
} from '../../server/chat/protocol.ts';
import type { CutView } from '../../server/labs/protocol.ts';
import { startSite } from '../support/site.ts';
import { cutAtRandom } from '../transports/cuts.ts';
import { connectIn, heldBy, openHost, openLanes, type Held } from '../transports/browser/pages.ts';

const SEED = 101;
const ROOM = 'cuts';
/** What the server's side publishes, in bursts, and what each page says beside it. */
const PUBLISHED = 300;
const SAID = 20;
/** Of each lab, on average; there are two, since one has eight ports. */
const CUT_EVERY_MS = 400;
/** So that cuts find something on its way. */
const LATENCY_MS = 15;
/** What the last cut broke comes back after the waits of some attempts. */
const SETTLES = { timeout: 30_000 };

const site = startSite();

async function call<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`${site.url}/api/chat/${ROOM}${path}`, {
    ...(body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

/** All that the room has after a cursor, as the app's own origin has it: no cut reaches it. */
async function history(cursor: string): Promise<RoomEvent[]> {
  const all: RoomEvent[] = [];
  for (let after = cursor; ;) {
    const { events, cursor: next } = await call<PollView>(`/polling?after=${after}`);
    if (events.length === 0) return all;
    all.push(...events);
    after = next;
  }
}

/** Every page says its next thing, whose number is in it. */
function everyoneSays(host: Page, number: number): Promise<void> {
  return host.evaluate((number) => {
    for (const [technique, held] of Object.entries(window.held))
      held.post({ type: 'send', number, text: `${technique} ${number}` });
  }, number);
}

/** Of every page, how many messages it was told, or how many answers it got. */
function counts(host: Page, what: 'messages' | 'answers'): Promise<Record<string, number>> {
  return host.evaluate((what) => {
    const count = ({ events, answers }: Held): number =>
      what === 'answers' ? answers.length : events.filter(({ type }) => type === 'message').length;
    return Object.fromEntries(
      Object.entries(window.held).map(([technique, held]) => [technique, count(held)]),
    );
  }, what);
}

const each = (count: number): Record<string, number> =>
  Object.fromEntries(TECHNIQUES.map((technique) => [technique, count]));

const isMessage = ({ type }: RoomEvent): boolean => type === 'message';
const textsOf = (events: readonly RoomEvent[], name: string): string[] =>
  events.flatMap((event) => (event.type === 'message' && event.from.name === name ? [event.text] : []));

it('every transport hears everything once and in order, and is heard once, while its connections are cut', async () => {
  const host = await openHost(site.browser, site.url);
  const half = TECHNIQUES.length / 2;
  const labs = await Promise.all([
    openLanes(site.url, TECHNIQUES.slice(0, half), { latencyMs: LATENCY_MS }),
    openLanes(site.url, TECHNIQUES.slice(half), { latencyMs: LATENCY_MS }),
  ]);
  const members = new Map<Technique, JoinedView>();
  for (const technique of TECHNIQUES)
    members.set(technique, await call('/members', { name: technique as string }));
  const speaker = await call<JoinedView>('/members', { name: 'speaker' });
  // Theirs is that of before their joining, which is no part of this.
  const { cursor } = await call<RoomView>('');
  for (const { technique, pageUrl, origin } of labs.flatMap(({ lanes }) => lanes)) {
    const { key } = members.get(technique)!;
    const options = { origin, room: ROOM, key, after: cursor, pollIntervalMs: 50 };
    await connectIn(host, technique, pageUrl, technique, options);
  }
  const publish = (number: number): Promise<unknown> =>
    call('/messages', { key: speaker.key, seq: number + 1, text: `message ${number}` });
  await publish(0);
  await expect.poll(() => counts(host, 'messages')).toEqual(each(1));

  const cuts = labs.map(() => 0);
  const cutting: Promise<unknown>[] = [];
  const stops = labs.map(({ call: ofLab }, index) =>
    cutAtRandom(randomOf(SEED + index), CUT_EVERY_MS, () => {
      const cut = ofLab('/cut', 'POST', {}).then(async (response) => {
        cuts[index]! += ((await response.json()) as CutView).connections;
      });
      cutting.push(cut);
    }),
  );

  const random = randomOf(SEED + labs.length);
  for (let at = 1, said = 0; at < PUBLISHED;) {
    for (const end = Math.min(PUBLISHED, at + 1 + Math.floor(random() * 9)); at < end; at++)
      await publish(at);
    for (; said < (at / PUBLISHED) * SAID; said++) await everyoneSays(host, said);
    await new Promise((resolve) => setTimeout(resolve, random() * 200));
  }
  for (const stop of stops) stop();
  await Promise.all(cutting);

  await expect.poll(() => counts(host, 'answers'), SETTLES).toEqual(each(SAID));
  const room = await history(cursor);
  await expect
    .poll(() => counts(host, 'messages'), SETTLES)
    .toEqual(each(PUBLISHED + TECHNIQUES.length * SAID));
  expect(textsOf(room, 'speaker')).toEqual(Array.from({ length: PUBLISHED }, (_, n) => `message ${n}`));
  for (const technique of TECHNIQUES) {
    const said = Array.from({ length: SAID }, (_, n) => `${technique} ${n}`);
    expect(textsOf(room, technique)).toEqual(said);
    // Who comes and goes, on a slow machine, is told afterwards too: what was said is compared.
    const { events } = await heldBy(host, technique);
    expect(events.filter(isMessage), technique).toEqual(room.filter(isMessage));
  }
  // All of it under fire: each of five transports lost ten connections at least, on average.
  for (const cut of cuts) expect(cut).toBeGreaterThan(10 * half);
  await host.close();
});

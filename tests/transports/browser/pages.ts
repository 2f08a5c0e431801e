/** Pages that hold a transport, in a real browser, steered from a test as the app steers them. */
import type { Browser, Page } from 'playwright-core';
import type { RoomEvent, SentView, Technique } from '../../../server/chat/protocol.ts';
import type { CreatedLabView } from '../../../server/labs/protocol.ts';
import type { Conditions } from '../../../server/telemetry/protocol.ts';
import type { ConnectionState, Refusal } from '../../../client/chat/connection.ts';
import { CHAT_CHANNEL } from '../../../client/chat/frame/protocol.ts';
import { lanesOf, portsFor } from '../../../client/chat/lanes.ts';

/** A lab whose server is the room, with a lane for each technique. */
export async function openLanes(
  app: string,
  techniques: readonly Technique[],
  conditions: Partial<Conditions> = {},
) {
  const response = await fetch(`${app}/api/labs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ files: {}, conditions, room: { ports: portsFor(techniques.length) } }),
  });
  const lab = (await response.json()) as CreatedLabView;
  if (response.status !== 201) throw new Error(JSON.stringify(lab));
  const call = (path: string, method: string, body?: unknown): Promise<Response> =>
    fetch(`${app}/api/labs/${lab.id}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${lab.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: JSON.stringify(body),
    });
  return { lab, call, lanes: lanesOf(techniques, lab) };
}

export interface Held {
  states: ConnectionState[];
  events: RoomEvent[];
  handledAt: number[];
  answers: (SentView | Refusal)[];
}

declare global {
  interface Window {
    held: Record<string, Held & { post(message: object): void }>;
  }
}

/** A page of the app's origin that holds frames; everything they tell is kept under their names. */
export async function openHost(browser: Browser, app: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${app}/healthz`);
  await page.evaluate((channel) => {
    window.held = {};
    window.addEventListener('message', ({ source, data }) => {
      if (data?.channel !== channel) return;
      const frame = [...document.querySelectorAll('iframe')].find((each) => each.contentWindow === source);
      const mine = window.held[frame?.title ?? ''];
      if (!mine) return;
      if (data.type === 'ready') mine.post(JSON.parse(frame!.dataset.connect!));
      if (data.type === 'state') mine.states.push(data.state);
      if (data.type === 'answer') mine.answers.push(data.result);
      if (data.type !== 'event') return;
      mine.events.push(data.event);
      mine.handledAt.push(data.handledAt);
    });
  }, CHAT_CHANNEL);
  return page;
}

/** Begins a transport in a frame of the host. */
export async function connectIn(
  host: Page,
  name: string,
  pageUrl: string,
  technique: Technique,
  options: object,
): Promise<void> {
  await host.evaluate(
    ({ name, pageUrl, technique, options, channel }) => {
      const frame = document.createElement('iframe');
      frame.title = name;
      frame.dataset.connect = JSON.stringify({ type: 'connect', technique, options });
      frame.src = pageUrl;
      window.held[name] = {
        ...{ states: [], events: [], handledAt: [], answers: [] },
        post: (message) => frame.contentWindow!.postMessage({ channel, ...message }, '*'),
      };
      document.documentElement.append(frame);
    },
    { name, pageUrl, technique, options, channel: CHAT_CHANNEL },
  );
}

export async function heldBy(host: Page, name: string): Promise<Held> {
  return host.evaluate((name) => {
    const { states, events, handledAt, answers } = window.held[name]!;
    return { states, events, handledAt, answers };
  }, name);
}

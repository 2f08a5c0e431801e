import { describe, expect, it, onTestFinished } from 'vitest';
import { TECHNIQUES, type JoinedView, type RoomEvent } from '../../../server/chat/protocol.ts';
import { startSite } from '../../support/site.ts';
import { connectIn, heldBy, openHost, openLanes } from './pages.ts';

const site = startSite();

async function join(room: string, name: string): Promise<JoinedView> {
  const response = await fetch(`${site.url}/api/chat/${room}/members`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  return (await response.json()) as JoinedView;
}

const textsOf = (events: RoomEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'message' ? [event.text] : []));

describe.each(TECHNIQUES)('%s in a browser', (technique) => {
  it('hears and speaks in the room', async () => {
    const room = `one-${technique}`;
    const { lanes } = await openLanes(site.url, [technique]);
    const [lane] = lanes;
    const host = await openHost(site.browser, site.url);
    onTestFinished(() => host.close());
    const { key, cursor } = await join(room, 'Ada');
    const options = { origin: lane!.origin, room, key, after: cursor, pollIntervalMs: 50 };
    await connectIn(host, technique, lane!.pageUrl, technique, options);
    await host.evaluate((name) => {
      const { held } = window;
      const send = (number: number, text: string): void => held[name]!.post({ type: 'send', number, text });
      window.addEventListener('message', function once({ data }) {
        if (data?.type !== 'state') return;
        window.removeEventListener('message', once);
        send(1, 'hello </script> 你好');
        send(2, 'again');
      });
      // Whatever came before this listener did.
      if (held[name]!.states.length > 0) {
        send(1, 'hello </script> 你好');
        send(2, 'again');
      }
    }, technique);
    await expect
      .poll(async () => textsOf((await heldBy(host, technique)).events))
      .toEqual(['hello </script> 你好', 'again']);
    const held = await heldBy(host, technique);
    expect(held.answers).toMatchObject([{ seq: 1 }, { seq: 2 }]);
    expect(held.events).toMatchObject([
      { type: 'joined' },
      { type: 'message', via: technique, from: { name: 'Ada' } },
      { type: 'message', via: technique },
    ]);
  });
});

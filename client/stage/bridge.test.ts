import { describe, expect, it, vi } from 'vitest';
import type { PageCommand } from './protocol.ts';
import { bridge } from './bridge.ts';

const ORIGIN = 'http://localhost:8080';

function bridged() {
  const host = new EventTarget();
  const contentWindow = { postMessage: vi.fn() };
  const page = { received: vi.fn(), detach: vi.fn() };
  let send: (command: PageCommand) => void = () => undefined;
  const { end, tellOrigins } = bridge({
    frame: { contentWindow } as unknown as HTMLIFrameElement,
    url: `${ORIGIN}/.lab/3/`,
    attach(sender) {
      send = sender;
      return page;
    },
    origins: () => ({ 8088: 'http://localhost:20011' }),
    host: host as unknown as Window,
  });
  return {
    page,
    end,
    tellOrigins,
    contentWindow,
    send: (command: PageCommand) => send(command),
    post(change: { source?: unknown; origin?: string; run?: number; events?: unknown[] } = {}) {
      const { source = contentWindow, origin = ORIGIN, run = 3, events = [] } = change;
      const data = { channel: 'switching-protocols/page', run, events };
      host.dispatchEvent(Object.assign(new Event('message'), { source, origin, data }));
    },
  };
}

describe('the bridge', () => {
  it('hears the page in its frame', () => {
    const { page, post } = bridged();
    post();
    expect(page.received).toHaveBeenCalledWith({ channel: 'switching-protocols/page', run: 3, events: [] });
  });

  it.each([
    ['another window', { source: {} }],
    ['another origin in the frame', { origin: 'http://localhost:9999' }],
    ['an earlier run', { run: 2 }],
  ])('does not hear %s', (_, change) => {
    const { page, post } = bridged();
    post(change);
    expect(page.received).not.toHaveBeenCalled();
  });

  it('speaks to the page’s origin only', () => {
    const { contentWindow, send } = bridged();
    const ping = { channel: 'switching-protocols/page', type: 'ping', id: 1 } as const;
    send(ping);
    expect(contentWindow.postMessage).toHaveBeenCalledWith(ping, ORIGIN);
  });

  it('tells a page that begins, and one that runs, where the ports are', () => {
    const { contentWindow, post, tellOrigins } = bridged();
    const origins = { 8088: 'http://localhost:20011' };
    const command = [{ channel: 'switching-protocols/page', type: 'origins', origins }, ORIGIN];
    post({ events: [{ type: 'ready', t: 0, href: ORIGIN }] });
    expect(contentWindow.postMessage.mock.calls).toEqual([command]);
    tellOrigins();
    expect(contentWindow.postMessage.mock.calls).toEqual([command, command]);
  });

  it('hears nothing after its end', () => {
    const { page, post, end } = bridged();
    end();
    post();
    expect(page.detach).toHaveBeenCalled();
    expect(page.received).not.toHaveBeenCalled();
  });
});

/** Typed calls of the room's API, on the app's own origin: what no transport carries. */
import type { JoinedView, RoomView, SendBody, SentView } from '#protocol/chat';
import { Clock, DRIFT_PER_MS, type ClockOffset } from '../lab/index.ts';
import { PING_EVERY_MS, PINGS } from './limits.ts';

/** The room said no (`code` of the table of errors), or nobody answered (`UNREACHABLE`). */
export class RoomError extends Error {
  override name = 'RoomError';
  readonly code: string;
  readonly params: Record<string, string | number> | undefined;
  constructor(code: string, message: string, params?: Record<string, string | number>) {
    super(message);
    this.code = code;
    this.params = params;
  }
}

export type RoomApi = ReturnType<typeof createRoomApi>;

export function createRoomApi(room: string) {
  async function call<T>(path: string, body?: unknown): Promise<T> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`/api/chat/${encodeURIComponent(room)}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: 'no-store',
        keepalive: path === '/leave',
      });
      text = await response.text();
    } catch (error) {
      throw new RoomError('UNREACHABLE', String(error));
    }
    const answer: unknown = text === '' ? undefined : parse(text);
    if (response.ok) return answer as T;
    const { code = 'UNREACHABLE', message = '', params } = (answer ?? {}) as Partial<RoomError>;
    throw new RoomError(code, message, params);
  }

  return {
    look: () => call<RoomView>(''),
    join: (name: string) => call<JoinedView>('/members', { name }),
    leave: (key: string) => call<undefined>('/leave', { key }),
    send: (body: SendBody) => call<SentView>('/messages', body),
    /** From this page's `performance.now()` to the clock of `RoomEvent.at`: `at = now + offset`. */
    async clock(): Promise<ClockOffset> {
      const clock = new Clock(DRIFT_PER_MS);
      while (clock.samples < PINGS) {
        const sent = performance.now();
        const { now } = await call<RoomView>('');
        clock.add({ sent, theirs: now, received: performance.now() });
        await new Promise((resolve) => setTimeout(resolve, PING_EVERY_MS));
      }
      return clock.estimate(performance.now())!;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Of something between us and the server.
  }
}

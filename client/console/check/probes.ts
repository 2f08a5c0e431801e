/**
 * Tries each link for real: the app's API, a lab of three lines, both ways of telemetry, the lab's own
 * origin in a frame, the clock.
 */
import type { ClockView, CreatedLabView } from '#protocol/labs';
import { PAGE_CHANNEL } from '../../stage/protocol.ts';
import type { Finding, Probes } from './checks.ts';
import {
  ANSWER_TIMEOUT_MS,
  CLOCK_EXCHANGES,
  FIRST_EVENT_TIMEOUT_MS,
  PAGE_TIMEOUT_MS,
  SOCKET_TIMEOUT_MS,
} from './limits.ts';

const FILES = {
  'server.js': [
    "import { createServer } from 'node:http';",
    "const server = createServer((req, res) => res.end('ok'));",
    'server.listen(8080);',
    '',
  ].join('\n'),
  'client.js': '',
  'index.html': '<!doctype html><title>self-check</title>\n',
};

type Lab = Pick<CreatedLabView, 'id' | 'token' | 'page'>;

export function browserProbes(): Probes<Lab> {
  return {
    api: async () => {
      const answer = await call<{ status?: string }>('GET', '/healthz');
      if ('finding' in answer) return answer.finding;
      return answer.body.status === 'ok' ? { ok: true } : foreign('no status in the answer');
    },
    lab: async () => {
      const answer = await call<CreatedLabView>('POST', '/api/labs', undefined, { files: FILES });
      if ('finding' in answer) return answer;
      const { id, token, page, state } = answer.body;
      if (typeof id !== 'string' || typeof token !== 'string')
        return { finding: foreign('no lab in the answer') };
      const finding: Finding = page ? { ok: true } : { ok: false, reason: 'notListening', detail: state };
      return { finding, lab: { id, token, page } };
    },
    websocket: (lab) =>
      firstOf(SOCKET_TIMEOUT_MS, { ok: false, reason: 'silent' }, (found) => {
        const socket = new WebSocket(wireUrl(lab, true));
        socket.onmessage = () => found({ ok: true });
        socket.onclose = ({ code }) => found({ ok: false, reason: 'closed', detail: `close code ${code}` });
        return () => socket.close();
      }),
    events: (lab) =>
      firstOf(FIRST_EVENT_TIMEOUT_MS, { ok: false, reason: 'buffered' }, (found) => {
        const source = new EventSource(wireUrl(lab, false));
        source.onmessage = () => found({ ok: true });
        source.onerror = () => found({ ok: false, reason: 'refused' });
        return () => source.close();
      }),
    page: probePage,
    clock: probeClock,
    forget: async (lab) => void (await call('DELETE', `/api/labs/${lab.id}`, lab)),
    now: () => performance.now(),
  };
}

async function probePage({ page }: Lab): Promise<Finding> {
  if (!page) return { ok: false, reason: 'notListening' };
  const params = { origin: new URL(page.url).origin };
  const inFrame = await firstOf(PAGE_TIMEOUT_MS, { ok: false, reason: 'silent', params }, (found) => {
    const frame = document.createElement('iframe');
    const onMessage = ({ source, data }: MessageEvent<unknown>) => {
      const channel = (data as { channel?: unknown } | null)?.channel;
      if (source === frame.contentWindow && channel === PAGE_CHANNEL) found({ ok: true, params });
    };
    addEventListener('message', onMessage);
    frame.hidden = true;
    frame.src = page.url;
    document.body.append(frame);
    return () => {
      removeEventListener('message', onMessage);
      frame.remove();
    };
  });
  if (inFrame.ok) return inFrame;
  // Tells a port that is closed from a page that came but could not speak.
  const reached = await fetch(page.url, {
    mode: 'no-cors',
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  }).then(
    () => true,
    () => false,
  );
  return reached ? inFrame : { ok: false, reason: 'unreachable', params };
}

async function probeClock(lab: Lab): Promise<Finding> {
  let fastest = Infinity;
  for (let exchange = 0; exchange < CLOCK_EXCHANGES; exchange++) {
    const sent = performance.now();
    const answer = await call<ClockView>('GET', `/api/labs/${lab.id}/clock`, lab);
    if ('finding' in answer) return answer.finding;
    fastest = Math.min(fastest, performance.now() - sent);
  }
  // The answer was stamped somewhere within the round trip: half of it bounds the error (RFC 5905 §8).
  return { ok: true, params: { trip: fastest.toFixed(1), error: (fastest / 2).toFixed(1) } };
}

/** Waits for the first finding; `begin` returns what ends the attempt. */
function firstOf(
  timeoutMs: number,
  late: Finding,
  begin: (found: (finding: Finding) => void) => () => void,
): Promise<Finding> {
  return new Promise((resolve) => {
    let over = false;
    const found = (finding: Finding): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      end();
      resolve(finding);
    };
    const timer = setTimeout(() => found(late), timeoutMs);
    const end = begin(found);
  });
}

async function call<Body>(
  method: string,
  path: string,
  lab?: Lab,
  body?: unknown,
): Promise<{ body: Body } | { finding: Finding }> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache: 'no-store',
      headers: {
        ...(lab && { authorization: `Bearer ${lab.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      keepalive: method === 'DELETE',
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
  } catch (error) {
    return { finding: { ok: false, reason: 'noAnswer', detail: String(error) } };
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && (answer !== undefined || response.status === 204))
    return { body: (answer ?? {}) as Body };
  const { code, message, params } = (answer ?? {}) as { code?: unknown; message?: unknown; params?: object };
  if (typeof code !== 'string') return { finding: foreign(`status ${response.status}`) };
  const detail = `${code}: ${String(message)}`;
  return { finding: { ok: false, reason: 'refused', detail, params: { ...params, code } } };
}

/** Something answered that is not this app: a captive portal, a proxy's error page, another program. */
function foreign(detail: string): Finding {
  return { ok: false, reason: 'foreign', detail };
}

function wireUrl({ id, token }: Lab, websocket: boolean): string {
  const url = new URL(`/api/labs/${encodeURIComponent(id)}/wire`, location.origin);
  url.searchParams.set('token', token);
  url.searchParams.set('after', '0');
  if (websocket) url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** Typed calls of the lab API. */
import type { ReportedError } from '#protocol/errors';
import type {
  ClockView,
  ConditionsBody,
  CreatedLabView,
  CreateLabBody,
  CutBody,
  ErrorView,
  ExchangeBody,
  ExchangeView,
  LabView,
  RunBody,
} from '#protocol/labs';
import { CALL_TIMEOUT_MS } from './limits.ts';

/** The server answered, with an error. */
export class RefusedError extends Error {
  readonly reported: ReportedError;
  constructor(reported: ReportedError) {
    super(reported.message);
    this.name = 'RefusedError';
    this.reported = reported;
  }
}

/** Nobody answered, or somebody who is not our server (a proxy's error page). */
export class UnreachableError extends Error {
  override name = 'UnreachableError';
}

/** What names a lab and opens it. */
export interface LabKey {
  id: string;
  token: string;
}

export type LabApi = ReturnType<typeof createLabApi>;

/** @param base origin of the app's server; empty for the page's own. */
export function createLabApi(base = '', fetch: typeof globalThis.fetch = globalThis.fetch.bind(globalThis)) {
  async function call<Answer>(method: string, path: string, key?: LabKey, body?: unknown): Promise<Answer> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(base + path, {
        method,
        headers: {
          ...(key && { authorization: `Bearer ${key.token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        // A tab that closes still says goodbye; browsers allow that for small bodies only.
        keepalive: method === 'DELETE',
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      });
      text = await response.text();
    } catch (error) {
      throw new UnreachableError('The server does not answer.', { cause: error });
    }
    const answer = parse(text);
    if (response.ok) {
      if (answer === undefined && text !== '') throw new UnreachableError('Something else answered.');
      return answer as Answer;
    }
    if (!isErrorView(answer)) throw new UnreachableError(`Something else answered: ${response.status}.`);
    throw new RefusedError(reportedError(answer));
  }

  const path = (key: LabKey, action = ''): string => `/api/labs/${encodeURIComponent(key.id)}${action}`;
  return {
    create: (body: CreateLabBody) => call<CreatedLabView>('POST', '/api/labs', undefined, body),
    run: (key: LabKey, body: RunBody) => call<LabView>('POST', path(key, '/run'), key, body),
    stop: (key: LabKey) => call<unknown>('POST', path(key, '/stop'), key),
    setConditions: (key: LabKey, body: ConditionsBody) =>
      call<unknown>('PATCH', path(key, '/conditions'), key, body),
    cut: (key: LabKey, body: CutBody) => call<unknown>('POST', path(key, '/cut'), key, body),
    exchange: (key: LabKey, body: ExchangeBody) =>
      call<ExchangeView>('POST', path(key, '/exchange'), key, body),
    forget: (key: LabKey) => call<unknown>('DELETE', path(key), key),
    clock: (key: LabKey) => call<ClockView>('GET', path(key, '/clock'), key),
    /** Address of the run's bytes for Wireshark; it works for whoever has it. */
    captureUrl: (key: LabKey) => `${path(key, '/capture.pcapng')}?token=${encodeURIComponent(key.token)}`,
    /** Address of the telemetry after event `after`; the WebSocket's when `websocket`. */
    wireUrl(key: LabKey, after: number, websocket: boolean): string {
      const url = new URL(path(key, '/wire'), base || location.origin);
      url.searchParams.set('token', key.token);
      url.searchParams.set('after', String(after));
      if (websocket) url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      return url.href;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON: the caller tells what that means.
  }
}

function isErrorView(value: unknown): value is ErrorView {
  if (typeof value !== 'object' || value === null) return false;
  const { code, message } = value as Record<string, unknown>;
  return typeof code === 'string' && typeof message === 'string';
}

function reportedError({ code, message, file, line, column, params, stack }: ErrorView): ReportedError {
  return {
    code: code as ReportedError['code'],
    message,
    params,
    at: file !== undefined && line !== undefined ? { file, line, column: column ?? 1 } : undefined,
    stack,
  };
}

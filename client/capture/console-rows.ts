/** Rows of the Console: what code printed, and what went wrong without being printed. */
import type { ReportedError } from '#protocol/errors';
import type { ConsoleEvent } from '#protocol/telemetry';
import type { PageEvent } from '../stage/protocol.ts';
import type { ConsoleRow } from './run.ts';

type Row = Omit<ConsoleRow, 'id'>;

export function rowOfServerConsole({ t, level, values, at }: ConsoleEvent): Row {
  return { t, side: 'server', level, values, at };
}

export function rowOfServerError(t: number, error: ReportedError): Row {
  return {
    t,
    side: 'server',
    level: 'error',
    values: [{ kind: 'error', text: error.message }],
    at: error.at,
    error,
    uncaught: true,
  };
}

/** Null for events that are not for the Console. */
export function rowOfPage(event: PageEvent): Row | null {
  if (event.type === 'console') {
    const { t, level, values, at } = event;
    return { t, side: 'client', level, values, at };
  }
  if (event.type !== 'error') return null;
  const { t, message, at, loop } = event;
  return {
    t,
    side: 'client',
    level: 'error',
    values: [{ kind: 'error', text: message }],
    at,
    error: loop && { code: 'LOOP_STOPPED', message, at },
    uncaught: true,
  };
}

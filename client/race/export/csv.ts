/** A race as comma-separated values (RFC 4180), for spreadsheets: times in ms, sizes in bytes. */
import { median } from '../../capture/index.ts';
import { delaysOf, type RaceResult } from '../model/result.ts';

type Cell = string | number | null;

const FIGURES = [
  'technique',
  'arrived',
  'published',
  'median_ms',
  'max_ms',
  'formula_median_ms',
  'requests',
  'formula_requests',
  'bytes',
  'data_bytes',
  'one_more_message_bytes',
  'silent_minute_formula_bytes',
  'silence_ms',
  'silence_bytes',
  'clock_error_ms',
  'latency_ms',
  'poll_interval_ms',
  'proxy',
  'schedule',
  'seed',
];

/** A row for each technique. */
export function figuresCsv(result: RaceResult): string {
  const { messages, settings } = result;
  const published = messages.filter((message) => message.published !== null).length;
  return csv([
    FIGURES,
    ...result.tracks.map((track) => {
      const delays = delaysOf(track, messages);
      return [
        track.technique,
        delays.length,
        published,
        rounded(median(delays)),
        rounded(delays.length > 0 ? Math.max(...delays) : null),
        rounded(track.prediction?.medianMs),
        track.requests,
        rounded(track.prediction?.requests),
        track.bytes,
        track.data,
        rounded(track.oneMore),
        rounded(track.silentMinute),
        rounded(track.quiet?.ms),
        track.quiet?.bytes ?? null,
        rounded(track.clockErrorMs),
        settings.latencyMs,
        settings.pollIntervalMs,
        settings.proxy,
        settings.schedule,
        settings.seed,
      ];
    }),
  ]);
}

/** A row for each message, a column of delays for each technique. */
export function delaysCsv({ messages, tracks }: RaceResult): string {
  return csv([
    ['message', 'text', 'published_ms', ...tracks.map(({ technique }) => `${technique}_ms`)],
    ...messages.map(({ text, published }, index) => [
      index + 1,
      text,
      rounded(published),
      ...tracks.map(({ handled }) => {
        const at = handled[index] ?? null;
        return at === null || published === null ? null : rounded(at - published);
      }),
    ]),
  ]);
}

function csv(rows: Cell[][]): string {
  return rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A spreadsheet takes what begins so for a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function rounded(value: number | null | undefined): number | null {
  return value == null ? null : Math.round(value * 10) / 10;
}

/**
 * A race as it was run: plain data, fit to be kept, drawn and exported.
 *
 * Clock: ms since everyone was connected, on the lab's clock; what the page handled is related to it as well as its
 * clock is known (`clockErrorMs`).
 */
import type { Technique } from '#protocol/chat';
import type { Direction } from '#protocol/telemetry';
import type { Prediction } from './predict.ts';
import type { Quiet } from './quiet.ts';
import type { RaceSettings } from './settings.ts';

/** Something that crossed: a request, a response, or a part of one. */
export interface Stroke {
  direction: Direction;
  sent: number;
  /** Null while it is under way, or when it was lost. */
  arrived: number | null;
  lost: boolean;
  /** `control`: a frame without data (RFC 6455 §5.5), a preflight. */
  weight: 'head' | 'part' | 'control';
  /** An answer that brings nothing. */
  empty: boolean;
}

/** A request that the server has, from its sending to the end of its answer; a WebSocket. */
export interface Exchange {
  sent: number;
  reached: number | null;
  /** When the first and the last byte of the answer were sent; null while they were not. */
  answered: number | null;
  ended: number | null;
  socket: boolean;
}

export interface Track {
  technique: Technique;
  /** `blocked`: its first request was kept in the browser when the race began. */
  state: 'connecting' | 'open' | 'blocked';
  strokes: Stroke[];
  exchanges: Exchange[];
  /** When its connection was cut. */
  cuts: number[];
  /** By message: when the page's handler was called; null while it was not. */
  handled: (number | null)[];
  requests: number;
  /** All bytes that crossed, and those of them that are the room's messages. */
  bytes: number;
  data: number;
  /** Bytes that one more message costs; null while the run does not tell. */
  oneMore: number | null;
  /** Bytes of a minute in which nothing is said, by formula from sizes of this run; null while it does not tell. */
  silentMinute: number | null;
  /** What crossed while nothing was said; null when something was said all the time. Absent in results of before. */
  quiet?: Quiet | null;
  prediction: Prediction | null;
  clockErrorMs: number | null;
}

export interface RaceMessage {
  text: string;
  /** When it should be, and when it was published. */
  planned: number;
  published: number | null;
}

export type RaceStatus = 'running' | 'finished' | 'stopped' | 'failed';

export interface RaceResult {
  settings: RaceSettings;
  /** Wall clock at 0, ms since 1970. */
  startedAt: number;
  status: RaceStatus;
  /** What is shown begins here: the connecting, before 0. */
  from: number;
  /** Now while it runs, then its end. */
  now: number;
  /** Where the ruler ends. */
  to: number;
  messages: RaceMessage[];
  tracks: Track[];
}

/** From publishing to handling, of the messages that have arrived. */
export function delaysOf(track: Track, messages: readonly RaceMessage[]): number[] {
  return messages.flatMap(({ published }, index) => {
    const handled = track.handled[index] ?? null;
    return published === null || handled === null ? [] : [handled - published];
  });
}

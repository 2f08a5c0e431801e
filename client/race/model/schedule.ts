/** When which message is published. Pure: the same plan and seed, the same schedule. */
import { randomOf } from './random.ts';

export type ScheduleKind =
  /** One after the other in equal distances. */
  | 'steady'
  /** At random and independent of each other: a Poisson process, as the formulas assume. */
  | 'random'
  /** A few at once, then nothing. */
  | 'bursts'
  /** One at the beginning, one at the end. */
  | 'silence'
  /** As they are typed, while the race runs. */
  | 'typed';

export interface ScheduledMessage {
  /** ms since everyone is connected. */
  at: number;
  text: string;
}

export interface SchedulePlan {
  schedule: ScheduleKind;
  messages: number;
  spanMs: number;
  seed: number;
}

/** A burst has so many messages, this far apart, ms. */
const BURST = 3;
const BURST_GAP_MS = [120, 280] as const;
/** What is lost at both ends of the span, as a share: nothing happens in the first and last moment. */
const MARGIN = 0.05;

/** Empty for messages that are typed. */
export function scheduleOf(plan: SchedulePlan): ScheduledMessage[] {
  return timesOf(plan)
    .sort((a, b) => a - b)
    .map((at, index) => ({ at: Math.round(at), text: textOf(index + 1) }));
}

/** What message `number` says: of one length, so that bytes can be compared. */
function textOf(number: number): string {
  return `message ${number} `.padEnd(24, '.');
}

function timesOf({ schedule, messages, spanMs, seed }: SchedulePlan): number[] {
  const random = randomOf(seed);
  const [from, length] = [spanMs * MARGIN, spanMs * (1 - 2 * MARGIN)];
  switch (schedule) {
    case 'steady': {
      const phase = random();
      return Array.from({ length: messages }, (_, index) => from + ((index + phase) / messages) * length);
    }
    case 'random':
      // So many points of a Poisson process in a given time lie as if each were thrown alone.
      return Array.from({ length: messages }, () => from + random() * length);
    case 'bursts':
      return burstsOf(messages, from, length, random);
    case 'silence':
      return Array.from({ length: messages }, (_, index) =>
        index % 2 === 0
          ? from + (index / messages) * 0.15 * length
          : from + length - (1 - index / messages) * 0.15 * length,
      );
    case 'typed':
      return [];
  }
}

/** Alternately one alone and a burst, each somewhere in its share of the time. */
function burstsOf(messages: number, from: number, length: number, random: () => number): number[] {
  const sizes: number[] = [];
  for (let left = messages; left > 0; left -= sizes.at(-1)!) {
    sizes.push(Math.min(left, sizes.length % 2 === 0 ? 1 : BURST));
  }
  const share = length / sizes.length;
  return sizes.flatMap((size, index) => {
    const [least, most] = BURST_GAP_MS;
    const gap = Math.min(least + random() * (most - least), share / BURST);
    const begin = from + index * share + random() * Math.max(0, share - size * gap);
    return Array.from({ length: size }, (_, at) => begin + at * gap);
  });
}

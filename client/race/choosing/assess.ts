/**
 * Which technique fits the needs, and why: each rule that holds is a reason, with its weight; what was measured decides
 * where it can. No reason is hidden: whoever disagrees with a weight sees what it was for.
 */
import { TECHNIQUES, type Technique } from '#protocol/chat';
import { median } from '../../capture/index.ts';
import { TRANSPORTS } from '../../chat/index.ts';
import { delaysOf, type RaceResult } from '../model/result.ts';
import { OLDEST_MS, PER_DAY, type Needs } from './needs.ts';

/** Of a technique in the last race; null what it does not tell. */
export interface Measured {
  medianMs: number | null;
  /** Whether everything that was published arrived. */
  arrived: number;
  published: number;
  oneMore: number | null;
  silentMinute: number | null;
  latencyMs: number;
  pollIntervalMs: number;
}

export interface Reason {
  rule: string;
  /** Above 0 it speaks for the technique, below against it; `out` rules it out. */
  weight: number | 'out';
  values?: Record<string, number>;
}

export interface Assessment {
  technique: Technique;
  reasons: Reason[];
  /** Sum of the weights; null when it is ruled out. */
  score: number | null;
  /** For the needs' rate, from the measured sizes; null when they were not measured. */
  bytesPerDay: number | null;
  measured: Measured | null;
}

const MINUTES_PER_DAY = 1_440;

/** Browsers that lack it; `today` is every browser in use. Polls and forever frames are everywhere. */
const LACKING: Partial<Record<Technique, readonly Needs['legacy'][]>> = {
  websocket: ['ie-8', 'ie-6'],
  sse: ['ie-8', 'ie-6'],
  // Before version 10 its responseText cannot be read while it grows.
  'xhr-streaming': ['ie-8', 'ie-6'],
  cors: ['ie-8', 'ie-6'],
  xdomainrequest: ['today', 'ie-6'],
  htmlfile: ['today'],
};

function measuredIn(result: RaceResult | null, technique: Technique): Measured | null {
  const track = result?.tracks.find((each) => each.technique === technique);
  if (!result || !track || result.status === 'running' || track.state !== 'open') return null;
  const { latencyMs, pollIntervalMs } = result.settings;
  const delays = delaysOf(track, result.messages);
  return {
    medianMs: median(delays),
    arrived: delays.length,
    published: result.messages.filter(({ published }) => published !== null).length,
    oneMore: track.oneMore,
    silentMinute: track.silentMinute,
    latencyMs,
    pollIntervalMs,
  };
}

/** Best first; those that are ruled out last. */
export function assess(needs: Needs, result: RaceResult | null): Assessment[] {
  return TECHNIQUES.map((technique) => {
    const measured = measuredIn(result, technique);
    const reasons = reasonsOf(technique, needs, measured);
    const isOut = reasons.some(({ weight }) => weight === 'out');
    const score = reasons.reduce((sum, { weight }) => sum + (weight === 'out' ? 0 : weight), 0);
    return {
      technique,
      reasons,
      score: isOut ? null : score,
      bytesPerDay: bytesPerDay(needs, measured),
      measured,
    };
  }).sort((a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity) || 0);
}

function bytesPerDay({ rate }: Needs, measured: Measured | null): number | null {
  if (measured?.oneMore == null || measured.silentMinute == null) return null;
  return PER_DAY[rate] * measured.oneMore + MINUTES_PER_DAY * measured.silentMinute;
}

function reasonsOf(technique: Technique, needs: Needs, measured: Measured | null): Reason[] {
  const reasons: Reason[] = [];
  const say = (rule: string, weight: Reason['weight'], values?: Reason['values']): void =>
    void reasons.push(values ? { rule, weight, values } : { rule, weight });
  const { delivery, direction, resumes } = TRANSPORTS[technique].capabilities;

  const lacking = LACKING[technique] ?? [];
  if (lacking.includes(needs.legacy)) say(needs.legacy === 'today' ? 'gone' : 'lacking', 'out');
  // Written for what browsers of their time could not do otherwise.
  if (needs.legacy === 'today' && (technique === 'jsonp' || technique === 'forever-iframe'))
    say('superseded', -4);
  if (technique === 'cors') say('same-as-long-polling', -1);
  if (needs.legacy !== 'today' && technique === 'jsonp') say('trusts-script', -1);

  if (needs.direction === 'both') {
    if (direction === 'both') say('both-ways', needs.rate === 'many' ? 4 : 2);
    else say('up-by-request', needs.rate === 'many' ? -2 : -1);
  } else if (direction === 'both') say('more-than-needed', -1);

  ofAge(delivery, needs, measured, say);
  ofRate(delivery, needs, measured, say);

  if (needs.proxies === 'unknown') {
    if (delivery !== 'stream') say('ends', 2);
    else if (technique === 'websocket') say('upgrade-refused', -1);
    else say('held-back', -4);
    if (delivery === 'stream' && measured && measured.published > 0 && measured.arrived === 0) {
      say('measured-held-back', 'out', { published: measured.published });
    }
  }
  if (needs.power === 'battery') {
    if (delivery === 'poll') say('wakes-radio', needs.age === 'minute' ? -1 : -3);
    else say('heartbeats', needs.rate === 'rare' ? -1 : 0);
  }
  if (resumes === 'browser') say('resumes-itself', 1);
  return reasons.filter(({ weight }) => weight !== 0);
}

type Say = (rule: string, weight: Reason['weight'], values?: Reason['values']) => void;

function ofAge(
  delivery: 'poll' | 'held' | 'stream',
  needs: Needs,
  measured: Measured | null,
  say: Say,
): void {
  const oldest = OLDEST_MS[needs.age];
  if (delivery === 'poll') {
    if (needs.age === 'minute') say('age-allows-polls', 4);
    else if (measured?.medianMs != null && measured.medianMs > oldest)
      say('measured-late', -4, { ms: measured.medianMs });
    else
      say(
        needs.age === 'moment' ? 'asks-too-rarely' : 'age-almost-allows-polls',
        needs.age === 'moment' ? -4 : 0,
      );
  } else if (needs.age !== 'minute') {
    if (measured?.medianMs != null && measured.medianMs <= oldest)
      say('measured-soon', 2, { ms: measured.medianMs });
    // Its way alone is longer, or it was cut: nothing that asks less often is sooner.
    else if (measured?.medianMs != null) say('measured-late', -1, { ms: measured.medianMs });
    else say('soon', 2);
  }
}

function ofRate(
  delivery: 'poll' | 'held' | 'stream',
  { rate }: Needs,
  measured: Measured | null,
  say: Say,
): void {
  const oneMore = measured?.oneMore;
  const silent = measured?.silentMinute;
  if (delivery === 'held' && rate === 'many') {
    if (oneMore != null) say('measured-head-each', -3, { bytes: oneMore });
    else say('head-each', -3);
  }
  if (delivery === 'stream' && rate === 'many') {
    if (oneMore != null) say('measured-frame-each', 2, { bytes: oneMore });
    else say('frame-each', 2);
  }
  if (delivery === 'poll' && rate === 'many') say('poll-brings-many', 1);
  if (delivery === 'poll' && rate === 'rare') {
    if (silent != null) say('measured-silence', -2, { bytes: silent });
    else say('polls-in-vain', -2);
  }
  if (delivery === 'held' && rate === 'rare') say('held-when-rare', 1);
}

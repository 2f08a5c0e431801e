/** What a race has shown, in sentences: which of them hold is read off its figures. */
import type { Technique } from '#protocol/chat';
import { median } from '../../capture/index.ts';
import { TRANSPORTS } from '../../chat/index.ts';
import { delaysOf, type RaceResult, type Track } from './result.ts';

export type Finding =
  | { kind: 'blocked'; techniques: Technique[] }
  | { kind: 'held-back'; techniques: Technique[] }
  | { kind: 'cut'; techniques: Technique[]; longestMs: number }
  | { kind: 'interval'; medianMs: number; empty: number; requests: number }
  | { kind: 'bursts'; numbers: number[] }
  | { kind: 'tie'; techniques: Technique[]; medianMs: number }
  | { kind: 'bytes'; least: Technique; most: Technique; times: number };

/** Streams whose medians differ by no more than this are as fast as each other: a share, and ms. */
const TIE = { share: 0.15, ms: 12 };
/** A message is published in one turn of the server and answered in the next, ms. */
const TURN_MS = 2;
const MOST = 3;

export function findingsOf(result: RaceResult): Finding[] {
  const { tracks, messages, settings } = result;
  const published = messages.filter((message) => message.published !== null).length;
  if (published === 0) return [];
  const findings: Finding[] = [];
  const names = (some: Track[]): Technique[] => some.map(({ technique }) => technique);

  const blocked = tracks.filter(({ state }) => state === 'blocked');
  if (blocked.length > 0) findings.push({ kind: 'blocked', techniques: names(blocked) });

  const open = tracks.filter(({ state }) => state === 'open');
  const heldBack = open.filter(
    (track) => settings.proxy !== 'direct' && delaysOf(track, messages).length === 0,
  );
  if (heldBack.length > 0) findings.push({ kind: 'held-back', techniques: names(heldBack) });

  const cut = open.filter(({ cuts }) => cuts.length > 0);
  if (cut.length > 0) {
    const longestMs = Math.max(0, ...cut.flatMap((track) => delaysOf(track, messages)));
    findings.push({ kind: 'cut', techniques: names(cut), longestMs });
  }

  const polling = open.find(({ technique }) => technique === 'polling');
  const pollingMs = polling && median(delaysOf(polling, messages));
  if (polling && pollingMs != null) {
    const empty = polling.strokes.filter((stroke) => stroke.empty).length;
    findings.push({ kind: 'interval', medianMs: pollingMs, empty, requests: polling.requests });
  }

  const held = open.find(({ technique }) => TRANSPORTS[technique].capabilities.delivery === 'held');
  if (held && held.cuts.length === 0) {
    // Published while no request was there to be answered.
    const isHeld = (t: number): boolean =>
      held.exchanges.some(
        ({ reached, answered }) => reached !== null && reached <= t && t <= (answered ?? Infinity) + TURN_MS,
      );
    const late = messages.flatMap(({ published }, index) =>
      published === null || isHeld(published) ? [] : [index + 1],
    );
    if (late.length > 0) findings.push({ kind: 'bursts', numbers: late });
  }

  const streams = open.filter(({ technique }) => TRANSPORTS[technique].capabilities.delivery === 'stream');
  const medians = streams.flatMap((track) => median(delaysOf(track, messages)) ?? []);
  const [least, most] = [Math.min(...medians), Math.max(...medians)];
  if (medians.length > 1 && medians.length === streams.length && most - least <= TIE.ms + least * TIE.share) {
    findings.push({ kind: 'tie', techniques: names(streams), medianMs: median(medians)! });
  }

  const byBytes = open.filter(({ bytes }) => bytes > 0).sort((a, b) => a.bytes - b.bytes);
  const [lightest, heaviest] = [byBytes[0], byBytes.at(-1)];
  if (lightest && heaviest && heaviest.bytes > 2 * lightest.bytes) {
    findings.push({
      kind: 'bytes',
      least: lightest.technique,
      most: heaviest.technique,
      times: heaviest.bytes / lightest.bytes,
    });
  }
  return findings.slice(0, MOST);
}

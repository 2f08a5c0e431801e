import type { LaneEvent } from '../../capture/run.ts';
import { shorten, textWidth } from '../format.ts';
import { yOf } from '../geometry.ts';
import { type Frame, type Rect, xOf } from './frame.ts';
import type { Room } from './room.ts';

/** An event beside its rail: a word on a stem, or a tick where there is no room for a word. */
export interface Flag {
  key: string;
  x: number;
  /** The stem, from the rail outwards. */
  y1: number;
  y2: number;
  /** Null: only a tick is drawn; `title` says it all the same. */
  text: { value: string; x: number; y: number; anchor: 'start' | 'end' } | null;
  title: string;
  kind: LaneEvent['kind'];
  bad: boolean;
  selected: boolean;
  event: LaneEvent;
  rect: Rect;
}

const WORD_SIZE_PX = 12;
const LONGEST = 30;
const SHORT = 12;
const TICK_PX = 5;

/** Between two ticks without words, so that a rail is not fringed with what nobody can tell apart. */
const CLOSEST_TICKS_PX = 2;

/** With more events in a px there is no room for a word of any, nor for all of their ticks. */
const MOST_PER_PX = 2;
/** So few are always looked at, one by one. */
const FEWEST_CROWDED = 100;

/** Events of one lane that lie in the stretch: all of them, or where they crowd, what went wrong. */
export function eventsIn(frame: Frame, side: 'browser' | 'server', crowded: boolean): LaneEvent[] {
  const { run, from, to, pxPerMs } = frame;
  const lane = side === 'browser' ? run.jsEvents : run.serverEvents;
  const [first, end] = [lane.indexAt(from), lane.indexAt(to)];
  const recorded = Math.max(0, Math.min(to, run.end) - Math.max(from, 0));
  const isCrowded = crowded || end - first > FEWEST_CROWDED + recorded * pxPerMs * MOST_PER_PX;
  return isCrowded ? lane.badOf(first, end) : lane.slice(first, end);
}

/**
 * Puts the words of one lane in rows: in full or in short, first row or second, else a tick remains.
 * Where strokes became bars, only what went wrong is said in words.
 */
export function layoutLane(frame: Frame, side: 'browser' | 'server', room: Room, crowded: boolean): Flag[] {
  let lastTick = -Infinity;
  return eventsIn(frame, side, crowded).flatMap((event): Flag[] => {
    const place = placeOf(frame, side, event);
    const x = Math.round(xOf(frame, event.t)) + 0.5;
    const selected = event.message !== undefined && event.message === frame.selection?.message;
    const { id: key, text: title, kind, bad } = event;
    const own = { key, x, y1: place.rail, title, kind, bad, selected, event };
    const word = event.kind === 'timer' ? null : placeWord(wordOf(event), x, place.rail, place.rows, room);
    if (!word) {
      if (x - lastTick < CLOSEST_TICKS_PX) return [];
      lastTick = x;
      const y2 = place.rail + place.out * TICK_PX;
      const rect = { x: x - 4, y: Math.min(place.rail, y2), width: 8, height: TICK_PX };
      return [{ ...own, y2, text: null, rect }];
    }
    room.addLine({ x1: x, y1: place.rail, x2: x, y2: word.y });
    room.addWord(word.rect);
    const y2 = place.out < 0 ? word.y - 9 : word.y - 1;
    return [{ ...own, y2, text: word.text, rect: word.rect }];
  });
}

interface Place {
  rail: number;
  /** Away from the rail: up or down. */
  out: 1 | -1;
  /** The y of its words by row, nearest to the edge of the band first. */
  rows: number[];
}

function placeOf({ geometry }: Frame, side: 'browser' | 'server', { page }: LaneEvent): Place {
  const { ruler, height, yBrowser, second } = geometry;
  const rail = yOf(geometry, side, page);
  if (side === 'browser' && rail === yBrowser) {
    return { rail: rail - 2, out: -1, rows: [ruler + 13, ruler + 27].filter((y) => y < rail - 12) };
  }
  const end = second && side === 'server' ? second.y - 8 : height - 6;
  return { rail: rail + 3, out: 1, rows: [rail + 42, rail + 58].filter((y) => y < end) };
}

/** Of an exception its name: the rest is in the box beside it, in the Console, and in the title. */
function wordOf({ kind, text }: LaneEvent): string {
  return kind === 'thrown' ? (text.split(':', 1)[0] ?? text) : text;
}

function placeWord(text: string, x: number, rail: number, rows: number[], room: Room) {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return null;
  const forms = new Set([shorten(line, LONGEST), shorten(line, SHORT)]);
  for (const y of rows) {
    for (const value of forms) {
      const rect = { x: x + 5, y: y - 9, width: textWidth(value, WORD_SIZE_PX), height: 11 };
      if (!room.isFree(rect) || !room.isLineFree(x, rail, y - 8)) continue;
      return { y, rect, text: { value, x: x + 5, y, anchor: 'start' as const } };
    }
  }
  // What does not fit behind its stem may fit before it.
  for (const y of rows) {
    const value = shorten(line, SHORT);
    const width = textWidth(value, WORD_SIZE_PX);
    const rect = { x: x - 5 - width, y: y - 9, width, height: 11 };
    if (!room.isFree(rect) || !room.isLineFree(x, rail, y - 8)) continue;
    return { y, rect, text: { value, x: x - 5, y, anchor: 'end' as const } };
  }
  return null;
}

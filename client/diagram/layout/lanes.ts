import type { LaneEvent } from '../../capture/run.ts';
import { shorten, textWidth } from '../format.ts';
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
  text: { value: string; x: number; y: number } | null;
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

/** Rows of a lane by the y of their words, nearest to the edge of the band first. */
function rowsOf(frame: Frame, side: 'browser' | 'server'): number[] {
  const { ruler, yServer, height } = frame.geometry;
  if (side === 'browser') return [ruler + 13, ruler + 27];
  return [yServer + 42, yServer + 58].filter((y) => y < height - 6);
}

/**
 * Puts the words of one lane in rows: in full or in short, first row or second, else a tick remains.
 * Where strokes became bars, only what went wrong is said in words.
 */
export function layoutLane(frame: Frame, side: 'browser' | 'server', room: Room, crowded: boolean): Flag[] {
  const events = side === 'browser' ? frame.run.jsEvents : frame.run.serverEvents;
  const rail = side === 'browser' ? frame.geometry.yBrowser - 2 : frame.geometry.yServer + 3;
  const out = side === 'browser' ? -1 : 1;
  return events.flatMap((event): Flag[] => {
    if (event.t > frame.to || event.t < frame.from) return [];
    const x = Math.round(xOf(frame, event.t)) + 0.5;
    const selected = event.message !== undefined && event.message === frame.selection?.message;
    const own = {
      key: event.id,
      x,
      y1: rail,
      title: event.text,
      kind: event.kind,
      bad: event.bad,
      selected,
      event,
    };
    const isMute = event.kind === 'timer' || (crowded && !event.bad);
    const word = isMute ? null : placeWord(wordOf(event), x, rail, rowsOf(frame, side), room);
    if (!word) {
      const y2 = rail + out * TICK_PX;
      return [
        { ...own, y2, text: null, rect: { x: x - 4, y: Math.min(rail, y2), width: 8, height: TICK_PX } },
      ];
    }
    room.addLine({ x1: x, y1: rail, x2: x, y2: word.y });
    room.addWord(word.rect);
    const y2 = side === 'browser' ? word.y - 9 : word.y - 1;
    return [{ ...own, y2, text: { value: word.value, x: x + 5, y: word.y }, rect: word.rect }];
  });
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
      if (room.isFree(rect) && room.isLineFree(x, rail, y - 8)) return { value, y, rect };
    }
  }
  return null;
}

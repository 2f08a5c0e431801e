import { shorten, textWidth } from '../format.ts';
import { messageOf, titleOf } from '../messages.ts';
import type { Wash } from './connections.ts';
import type { Frame, Ink, Rect } from './frame.ts';
import type { Room } from './room.ts';
import type { Stroke } from './strokes.ts';

/** Words on the picture; `x`, `y` as SVG text has them. */
export interface Label {
  key: string;
  x: number;
  y: number;
  anchor: 'start' | 'end';
  text: string;
  ink: Ink | 'neutral';
  strong: boolean;
}

const LABEL_SIZE_PX = 12.5;
const LONGEST = 26;
/** Distance from the stroke; more where it is flat, so that the corners stay clear too. */
const BESIDE_PX = 8;
/** Where along a stroke words are tried, best first: what is asked low on the left, what is answered in the middle. */
const UP_PLACES = [0.74, 0.56, 0.86, 0.38, 0.22];
const DOWN_PLACES = [0.5, 0.68, 0.32, 0.82, 0.16];

/** Names connections at the start of their wash, where there is room. */
export function labelWashes(washes: Wash[], room: Room): Label[] {
  return washes.flatMap((wash) => {
    const width = textWidth(wash.label, LABEL_SIZE_PX - 0.5);
    const middle = (wash.top + wash.bottom) / 2;
    const right = wash.end && Math.min(wash.end.browser, wash.end.server);
    const tries: [number, 'start' | 'end'][] = [wash.top + 16, wash.bottom - 8, middle].flatMap((y) => [
      [y, 'start'],
      [y, 'end'],
    ]);
    for (const [y, anchor] of tries) {
      const x = anchor === 'start' ? wash.x + 6 : wash.x - 6;
      if (anchor === 'start' && right !== null && x + width > right) continue;
      const rect = rectOf(x, y, width, anchor);
      if (!room.isFree(rect)) continue;
      room.addRect(rect);
      return [{ key: wash.label, x, y, anchor, text: wash.label, ink: 'neutral', strong: wash.selected }];
    }
    return [];
  });
}

/** Names messages beside the stroke of their head: in full, else in short, else not at all. */
export function labelStrokes(frame: Frame, strokes: Stroke[], room: Room): Label[] {
  const heads = strokes.filter((stroke) => stroke.head);
  const order = [...heads.filter((head) => head.selected), ...heads.filter((head) => !head.selected)];
  return order.flatMap((stroke) => {
    const message = messageOf(frame.run, stroke.message);
    if (!message) return [];
    const { long, short } = titleOf(message);
    for (const text of new Set([shorten(long, LONGEST), short])) {
      const label = place(stroke, text, room);
      if (label) return [label];
    }
    return [];
  });
}

function place(stroke: Stroke, text: string, room: Room): Label | null {
  const width = textWidth(text, LABEL_SIZE_PX);
  const slope = Math.abs((stroke.x2 - stroke.x1) / (stroke.y2 - stroke.y1 || 1));
  const beside = BESIDE_PX + slope * 8;
  const isUp = stroke.direction === 'up';
  for (const anchor of isUp ? (['end', 'start'] as const) : (['start', 'end'] as const)) {
    for (const way of isUp ? UP_PLACES : DOWN_PLACES) {
      const x = stroke.x1 + (stroke.x2 - stroke.x1) * way + (anchor === 'start' ? beside : -beside);
      const y = stroke.y1 + (stroke.y2 - stroke.y1) * way + 4;
      const rect = rectOf(x, y, width, anchor);
      if (!room.isFree(rect)) continue;
      room.addRect(rect);
      return { key: stroke.key, x, y, anchor, text, ink: stroke.ink, strong: stroke.selected };
    }
  }
  return null;
}

function rectOf(x: number, y: number, width: number, anchor: 'start' | 'end'): Rect {
  return { x: anchor === 'start' ? x : x - width, y: y - 10.5, width, height: 14 };
}

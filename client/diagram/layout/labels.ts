import { shorten, textWidth } from '../format.ts';
import type { WireMessage } from '../../capture/run.ts';
import { headerOf, messageOf, titleOf } from '../messages.ts';
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

const RESUMES = 'Last-Event-ID:';
const LABEL_SIZE_PX = 12.5;
const NAME_SIZE_PX = 12;
const LONGEST = 26;
/** What was lost at once has no room beside it. */
const SHORTEST_LABELLED_PX = 24;
/** Distance from the stroke; more where it is flat, so that the corners stay clear too. */
const BESIDE_PX = 8;
/** Free space on the far side, so that a word is plainly nearer to its own stroke than to the next. */
const FAR_SIDE_PX = 11;
/** The first form may come closer to the next stroke, rather than give way to one that says less. */
const LEAST_FAR_SIDE_PX = 1;
/** Nor may another stroke pass between a word and its own. */
const NEAR_SIDE_PX = 4.5;
const CLOSEST_LABELLED_PX = 24;
/** Chunks and frames have numbers in boxes too: they are named where there is plenty of room. */
const CLOSEST_PARTS_PX = 72;
/** Where along a stroke words are tried, best first: what is asked low on the left, what is answered in the middle. */
const UP_PLACES = [0.74, 0.56, 0.86, 0.38, 0.22];
const DOWN_PLACES = [0.5, 0.68, 0.32, 0.82, 0.16];

/** How far from the start of its wash a connection's name may stand. */
const NAME_REACH_PX = 160;
const NAME_STEP_PX = 10;

/** Names connections near the start of their wash, where there is room. */
export function labelWashes(washes: Wash[], room: Room): Label[] {
  return washes.flatMap((wash) => {
    const width = textWidth(wash.label, NAME_SIZE_PX);
    const right = wash.end && Math.min(wash.end.browser, wash.end.server);
    for (let beside = 6; beside <= NAME_REACH_PX; beside += NAME_STEP_PX) {
      const x = wash.x + beside;
      if (right !== null && x + width > right) break;
      for (const y of [wash.bottom - 8, wash.top + 16]) {
        const rect = rectOf(x, y, width, 'start');
        if (!room.isFree(rect)) continue;
        room.addWord(rect);
        return [
          { key: wash.label, x, y, anchor: 'start', text: wash.label, ink: 'neutral', strong: wash.selected },
        ];
      }
    }
    return [];
  });
}

/**
 * Names messages beside their stroke: in full, else in short, else not at all. Heads come before what follows
 * them; control frames are named like heads, because nothing else says what they are.
 */
export function labelStrokes(frame: Frame, strokes: Stroke[], room: Room): Label[] {
  const named = new Set<string>();
  const first = strokes.filter(({ message, head, dashed }) => {
    const isNew = !named.has(message);
    named.add(message);
    return isNew && (head || dashed);
  });
  const parts = strokes.filter(({ head, dashed, state }) => !head && !dashed && state !== 'flying');
  const order = [
    ...strokes.filter(
      ({ selected }, index) => selected && strokes.findIndex((each) => each.selected) === index,
    ),
    ...(isCrowded(first, CLOSEST_LABELLED_PX) ? [] : first.filter(({ selected }) => !selected)),
    ...(isCrowded(parts, CLOSEST_PARTS_PX) ? [] : parts.filter(({ selected }) => !selected)),
  ];
  return order.flatMap((stroke) => {
    const message = messageOf(frame.run, stroke.message);
    if (!message) return [];
    const forms = formsOf(message);
    const label =
      place(stroke, forms, room) ?? (stroke.dashed ? placeAtRail(frame, stroke, forms, room) : null);
    return label ? [label] : [];
  });
}

/** A reconnecting EventSource is known by what it asks to go on from. */
function formsOf(message: WireMessage): string[] {
  const { long, short } = titleOf(message);
  const lastEventId = headerOf(message, 'last-event-id');
  const special = lastEventId === null ? [] : [shorten(`${RESUMES} ${lastEventId}`, LONGEST)];
  return [...new Set([...special, shorten(long, LONGEST), shorten(short, LONGEST)])];
}

/** Between strokes that are close on the average, words would only be found at odd places. */
function isCrowded(strokes: Stroke[], closest: number): boolean {
  const [first, last] = [strokes[0], strokes.at(-1)];
  return strokes.length > 8 && (last!.x1 - first!.x1) / strokes.length < closest;
}

/** A control frame has no box: its name may stand in their row. */
function placeAtRail({ geometry }: Frame, stroke: Stroke, forms: string[], room: Room): Label | null {
  const { y1, x1, key, ink } = stroke;
  const y = y1 < geometry.yServer ? y1 - 13 : y1 + 22;
  for (const text of forms) {
    const width = textWidth(text, LABEL_SIZE_PX);
    const rect = rectOf(x1 - width / 2, y, width, 'start');
    if (!room.isFree(rect)) continue;
    room.addWord(rect);
    return { key, x: x1 - width / 2, y, anchor: 'start', text, ink, strong: stroke.selected };
  }
  return null;
}

/** Requests are named on their left and responses on their right, where the exchange leaves room. */
function place(whole: Stroke, forms: string[], room: Room): Label | null {
  const stroke = whole.via ? { ...whole, x2: whole.via.x1, y2: whole.via.y } : whole;
  if (Math.abs(stroke.y2 - stroke.y1) < SHORTEST_LABELLED_PX) return null;
  const slope = Math.abs((stroke.x2 - stroke.x1) / (stroke.y2 - stroke.y1 || 1));
  const beside = BESIDE_PX + slope * 8;
  const isUp = stroke.direction === 'up';
  for (const anchor of isUp ? (['end', 'start'] as const) : (['start', 'end'] as const)) {
    for (const text of forms) {
      const width = textWidth(text, LABEL_SIZE_PX);
      const far = text.startsWith(RESUMES) ? LEAST_FAR_SIDE_PX : FAR_SIDE_PX;
      for (const way of isUp ? UP_PLACES : DOWN_PLACES) {
        const x = stroke.x1 + (stroke.x2 - stroke.x1) * way + (anchor === 'start' ? beside : -beside);
        const y = stroke.y1 + (stroke.y2 - stroke.y1) * way + 4;
        const near = anchor === 'start' ? x - NEAR_SIDE_PX : x + NEAR_SIDE_PX;
        if (!room.isFree(rectOf(near, y, width + NEAR_SIDE_PX + far, anchor))) continue;
        room.addWord(rectOf(x, y, width, anchor));
        return { key: stroke.key, x, y, anchor, text, ink: stroke.ink, strong: stroke.selected };
      }
    }
  }
  return null;
}

function rectOf(x: number, y: number, width: number, anchor: 'start' | 'end'): Rect {
  return { x: anchor === 'start' ? x : x - width, y: y - 10.5, width, height: 14 };
}

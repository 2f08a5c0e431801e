import type { ReportedError, SourcePosition } from '#protocol/errors';
import { ordinalOf } from '../capture/index.ts';
import type { Delivery, Run, Selection, WireMessage } from '../capture/run.ts';
import type { MovedLine } from './line-diff.ts';

/** A numbered box behind a line: outlined where the thing was written, solid where it was handled. */
export interface Chip {
  text: string;
  from: 'browser' | 'server';
  solid: boolean;
  /** What is followed after a click: the next thing that this line caused or was handed. */
  next: Selection;
}

/** A line that the followed message came from or went to. Lines count from 1 in the present text. */
export interface LineMark {
  line: number;
  chips: Chip[];
}

export interface ErrorMark {
  line: number;
  column: number;
  message: string;
}

/** A file, and where the lines that it had when it ran are now. */
export interface RunFile {
  file: string;
  follow(line: number): MovedLine | null;
}

const includes = (positions: SourcePosition[], at: SourcePosition) =>
  positions.some(({ file, line }) => file === at.file && line === at.line);

/** The element after `current`, from the front again after the last. */
function after<T>(list: T[], current: T): T {
  return list[(list.indexOf(current) + 1) % list.length] ?? current;
}

interface Place {
  at: SourcePosition;
  chip: Chip;
}

function deliveryPlaces(run: Run, delivery: Delivery): Place[] {
  const place = (key: 'createdAt' | 'handledAt'): Place[] => {
    const at = delivery[key];
    if (!at) return [];
    const alike = run.deliveries.filter(
      (each) => each.message !== null && each[key] && includes([each[key]], at),
    );
    const next = after(alike, delivery);
    return [
      {
        at,
        chip: {
          text: delivery.label,
          from: 'server',
          solid: key === 'handledAt',
          next: { message: next.message ?? delivery.message ?? '', delivery: next.name },
        },
      },
    ];
  };
  return [...place('createdAt'), ...place('handledAt')];
}

/** How far the next message of a line is looked for: it is one of the next few, mostly. */
const SEARCHED = 500;

/** The next message that a line wrote, or was handed; from the front again after the last. */
function nextAt(
  { messages }: Run,
  message: WireMessage,
  key: 'writtenAt' | 'handledAt',
  at: SourcePosition,
): WireMessage {
  const place = messages.indexOf(message.id);
  const isAlike = (each: WireMessage) => includes(each[key], at);
  const behind = messages.slice(place + 1, place + 1 + SEARCHED).find(isAlike);
  if (behind || messages.length - place > SEARCHED) return behind ?? message;
  return messages.slice(0, Math.min(place, SEARCHED)).find(isAlike) ?? message;
}

function messagePlaces(run: Run, message: WireMessage): Place[] {
  const places = (key: 'writtenAt' | 'handledAt'): Place[] =>
    message[key].map((at) => ({
      at,
      chip: {
        text: String(ordinalOf(run.messages, message)),
        from: message.direction === 'up' ? 'browser' : 'server',
        solid: key === 'handledAt',
        next: {
          message: nextAt(run, message, key, at).id,
        },
      },
    }));
  return [...places('writtenAt'), ...places('handledAt')];
}

/** The lines of a file that belong to what is followed. A line that is gone since the run has no mark. */
export function marksOf(run: Run | null, selection: Selection | null, { file, follow }: RunFile): LineMark[] {
  const message = selection ? run?.messages.get(selection.message) : undefined;
  if (!run || !message) return [];
  const delivery = run.deliveries.find(({ name }) => name === selection?.delivery);
  const chosen = delivery ? deliveryPlaces(run, delivery) : [];
  const taken = chosen.map(({ at }) => at);
  const places = [...chosen, ...messagePlaces(run, message).filter(({ at }) => !includes(taken, at))];

  const marks = new Map<number, LineMark>();
  for (const { at, chip } of places) {
    const line = at.file === file ? follow(at.line)?.line : undefined;
    if (line === undefined) continue;
    const mark = marks.get(line) ?? { line, chips: [] };
    const twice = mark.chips.some((each) => each.text === chip.text && each.solid === chip.solid);
    if (!twice) mark.chips.push(chip);
    marks.set(line, mark);
  }
  return [...marks.values()].sort((a, b) => a.line - b.line);
}

/** The line that an error names, until it is edited. */
export function errorMarkOf(error: ReportedError | null, { file, follow }: RunFile): ErrorMark | null {
  if (error?.at?.file !== file) return null;
  const moved = follow(error.at.line);
  if (!moved || moved.edited) return null;
  return { line: moved.line, column: error.at.column, message: error.message };
}

import type { Direction } from '#protocol/telemetry';
import { contentsEndingIn } from '../../capture/index.ts';
import type { Delivery, Run, Selection, WireMessage } from '../../capture/run.ts';
import { yOf } from '../geometry.ts';
import { messageOf, titleOf, titleOfContent } from '../messages.ts';
import { type Frame, type Ink, inkOf, leftOf, type Rect, xOf } from './frame.ts';
import { within } from './range.ts';

/**
 * A thing the code sent from end to end: outlined on the sender's rail when made, solid on the receiver's when
 * handled. It is what `performance.mark` names, else the events, calls and WebSocket messages by their number.
 */
export interface Box {
  key: string;
  rect: Rect;
  label: string;
  ink: Ink;
  /** `none`: made, or arrived, and handled by nobody. */
  state: 'out' | 'full' | 'none';
  selected: boolean;
  /** What a click follows; null when it was on no wire. */
  selection: Selection | null;
  /** What it stands for, for a pointer. */
  title: string;
}

const GAP_PX = 1;
const MOST_IN_A_RUN = 6;
const CHARACTER_PX = 7;
/** Between a rail and its boxes. */
const BESIDE_RAIL_PX = 9;
/** Deliveries take at most this long, for finding those in the window, ms. */
const LONGEST_MS = 120_000;

interface Item extends Omit<Box, 'rect'> {
  x: number;
  width: number;
  /** Top of its row. */
  y: number;
}

interface Cluster {
  items: Item[];
  centre: number;
  width: number;
}

/** @param crowded strokes became bars: only what is followed has boxes. */
export function layoutBoxes(frame: Frame, messages: readonly WireMessage[], crowded: boolean): Box[] {
  const items =
    frame.run.deliveries.length > 0 ? itemsOfDeliveries(frame, !crowded) : itemsOfContents(frame, messages);
  items.push(...itemsOfUnasked(frame, messages));
  const rows = new Map<number, Item[]>();
  for (const item of items) rows.set(item.y, [...(rows.get(item.y) ?? []), item]);
  return [...rows.values()].flatMap((row) => rowOf(frame, row));
}

function itemsOfDeliveries(frame: Frame, all: boolean): Item[] {
  const { run, selection } = frame;
  const recent = within(
    run.deliveries,
    ({ created, handled }) => created ?? handled ?? 0,
    frame.from - LONGEST_MS,
    frame.to,
  );
  const shown = all ? recent : recent.filter((delivery) => isFollowed(delivery, selection));
  const dropped = droppedOf(run, shown);
  return shown.flatMap((delivery) => {
    const { name, label, created, handled, message } = delivery;
    const carrier = messageOf(run, message);
    const again = created === null ? null : sentLater(carrier, created);
    const own = {
      label,
      ink: 'server' as const,
      selected: isFollowed(delivery, selection),
      selection: message === null ? null : { message, delivery: name },
      title: name,
      page: carrier?.page ?? null,
    };
    return [
      created === null
        ? []
        : item(frame, 'server', created, {
            ...own,
            key: `created ${name}`,
            state: dropped.has(delivery) || (again !== null && isUnconnected(run, created)) ? 'none' : 'out',
          }),
      again === null ? [] : item(frame, 'server', again, { ...own, key: `sent ${name}`, state: 'out' }),
      handled === null
        ? []
        : item(frame, 'browser', handled, { ...own, key: `handled ${name}`, state: 'full' }),
    ].flat();
  });
}

/** Made this long before it was sent, it was kept, or sent before in vain, ms. */
const KEPT_MS = 60;

/** When a stream carried a delivery later than it was made: then it has a box of its own there. */
function sentLater(carrier: WireMessage | null, created: number): number | null {
  if (!carrier || carrier.part === null || carrier.sent - created < KEPT_MS) return null;
  return carrier.sent;
}

/** Whether nobody was there to be written to. */
function isUnconnected({ connections }: Run, t: number): boolean {
  return !connections.some(({ opened, ended }) => opened <= t && (ended?.t ?? Infinity) >= t);
}

function isFollowed(delivery: Delivery, selection: Selection | null): boolean {
  if (!selection) return false;
  if (selection.delivery !== undefined) return selection.delivery === delivery.name;
  return delivery.message === selection.message;
}

/** Deliveries that will not come any more: the run is over, or one made later was handled already. */
function droppedOf(run: Run, shown: Delivery[]): Set<Delivery> {
  let newestHandled = -Infinity;
  for (let index = run.deliveries.length - 1; index >= 0; index--) {
    const { created, handled } = run.deliveries[index]!;
    if (handled === null || created === null) continue;
    newestHandled = created;
    break;
  }
  return new Set(
    shown.filter(
      ({ created, handled }) =>
        handled === null && created !== null && (!run.live || created < newestHandled),
    ),
  );
}

/** Events, calls and WebSocket messages number themselves, per direction. */
function itemsOfContents(frame: Frame, messages: readonly WireMessage[]): Item[] {
  const { run, selection } = frame;
  const numbers = createNumbers(run);
  return messages.flatMap((message) => {
    const { id, direction, sent, arrived, handled, page } = message;
    const ink = inkOf(direction);
    const far = direction === 'up' ? 'server' : 'browser';
    numbers.moveTo(run.messages.indexOf(id));
    return contentsEndingIn(message).flatMap((content) => {
      const number = numbers.next(direction);
      const own = {
        label: String(number),
        ink,
        selected: selection?.message === id,
        selection: { message: id },
        title: titleOfContent(content).long,
        page,
      };
      const got = arrived === null ? null : (handled ?? arrived);
      return [
        item(frame, ink, sent, { ...own, key: `sent ${direction} ${number}`, state: 'out' }),
        got === null
          ? []
          : item(frame, far, got, { ...own, key: `got ${direction} ${number}`, state: 'full' }),
      ].flat();
    });
  });
}

/** A response that nobody asked for comes to the browser, and there to nobody. */
function itemsOfUnasked(frame: Frame, messages: readonly WireMessage[]): Item[] {
  return messages.flatMap((message) => {
    const { id, unasked, arrived, page } = message;
    if (!unasked || arrived === null) return [];
    const { long: title, short: label } = titleOf(message);
    const own = { label, ink: 'server' as const, selected: frame.selection?.message === id, title, page };
    return item(frame, 'browser', arrived, {
      ...own,
      key: `unasked ${id}`,
      state: 'none',
      selection: { message: id },
    });
  });
}

/** Numbers per direction. Looked up where the list begins or leaves messages out, and else only counted on. */
function createNumbers({ messages }: Run) {
  const counted = { up: 0, down: 0 };
  let place = -2;
  return {
    moveTo(index: number): void {
      if (index !== place + 1) {
        counted.up = messages.contentsBefore(index, 'up');
        counted.down = messages.contentsBefore(index, 'down');
      }
      place = index;
    },
    next: (direction: Direction): number => ++counted[direction],
  };
}

function item(
  { geometry, ...frame }: Frame,
  side: 'browser' | 'server',
  t: number,
  { page, ...box }: Omit<Item, 'x' | 'y' | 'width'> & { page: string | null },
): Item {
  const rail = yOf(geometry, side, page);
  const isAbove = side === 'browser' && rail === geometry.yBrowser;
  return {
    ...box,
    x: xOf({ geometry, ...frame }, t),
    y: isAbove ? rail - BESIDE_RAIL_PX - geometry.box : rail + BESIDE_RAIL_PX,
    width: Math.max(geometry.box, box.label.length * CHARACTER_PX + 6),
  };
}

function rowOf(frame: Frame, items: Item[]): Box[] {
  const right = xOf(frame, frame.to);
  return joined(items.sort((a, b) => a.x - b.x))
    .filter(({ centre, width }) => centre + width / 2 >= 0 && centre - width / 2 <= right)
    .flatMap((cluster) => boxesOf(frame, cluster));
}

/** Joins boxes that would lie on each other into runs around their mean moment. */
function joined(items: Item[]): Cluster[] {
  const clusters: Cluster[] = [];
  for (const each of items) {
    clusters.push(clusterOf([each]));
    for (;;) {
      const last = clusters.at(-1);
      const before = clusters.at(-2);
      if (!last || !before || before.centre + before.width / 2 + 2 <= last.centre - last.width / 2) break;
      clusters.splice(-2, 2, clusterOf([...before.items, ...last.items]));
    }
  }
  return clusters;
}

function clusterOf(items: Item[]): Cluster {
  const centre = items.reduce((sum, { x }) => sum + x, 0) / items.length;
  const shown = shownOf(items);
  const width = shown.reduce((sum, each) => sum + each.width + GAP_PX, -GAP_PX);
  return { items, centre, width };
}

/** Above six, those of the same look become one box with their range. */
function shownOf(items: Item[]): Item[] {
  if (items.length <= MOST_IN_A_RUN) return items;
  const kinds = new Map<string, Item[]>();
  for (const each of items) {
    const kind = `${each.ink} ${each.state}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), each]);
  }
  return [...kinds.values()].map((alike) => {
    const [first, last] = [alike[0]!, alike.at(-1)!];
    if (first === last) return first;
    const label = `${first.label}…${last.label}`;
    return {
      ...first,
      key: `${first.key} …`,
      label,
      width: label.length * CHARACTER_PX + 8,
      selected: alike.some(({ selected }) => selected),
      selection: alike.find(({ selection }) => selection)?.selection ?? null,
      title: `${first.title} … ${last.title}`,
    };
  });
}

function boxesOf(frame: Frame, { items, centre, width }: Cluster): Box[] {
  let left = Math.max(Math.round(centre - width / 2), Math.ceil(leftOf(frame)));
  return shownOf(items).map(({ x: _, y, width: own, ...box }) => {
    const rect = { x: left, y, width: own, height: frame.geometry.box };
    left += own + GAP_PX;
    return { ...box, rect };
  });
}

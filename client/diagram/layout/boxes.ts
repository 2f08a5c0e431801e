import type { Delivery, Run } from '../../capture/run.ts';
import { type Frame, leftOf, type Rect, xOf } from './frame.ts';

/** A delivery's box: outlined below the server rail when made, solid above the browser rail when handled. */
export interface Box {
  key: string;
  rect: Rect;
  label: string;
  /** `none`: made, and handled by nobody. */
  state: 'out' | 'full' | 'none';
  selected: boolean;
  /** Names of the deliveries it stands for, and what says so to a pointer. */
  deliveries: Delivery[];
}

const GAP_PX = 1;
const MOST_IN_A_RUN = 6;
const CHARACTER_PX = 7;

interface Item {
  delivery: Delivery;
  x: number;
  width: number;
}

interface Cluster {
  items: Item[];
  centre: number;
  width: number;
}

export function layoutBoxes(frame: Frame): Box[] {
  const { yBrowser, yServer, box } = frame.geometry;
  const dropped = droppedOf(frame.run);
  const made = frame.run.deliveries.filter((each) => each.created !== null);
  const got = frame.run.deliveries.filter((each) => each.handled !== null);
  return [
    ...rowOf(frame, made, 'created', yServer + 9, (each) => (dropped.has(each) ? 'none' : 'out')),
    ...rowOf(frame, got, 'handled', yBrowser - 9 - box, () => 'full'),
  ];
}

/** Deliveries that will not come any more: the run is over, or one made later was handled already. */
function droppedOf(run: Run): Set<Delivery> {
  const over = !run.live;
  const newestHandled = run.deliveries.reduce(
    (newest, { created, handled }) =>
      handled !== null && created !== null ? Math.max(newest, created) : newest,
    -Infinity,
  );
  return new Set(
    run.deliveries.filter(
      ({ created, handled }) => handled === null && created !== null && (over || created < newestHandled),
    ),
  );
}

function rowOf(
  frame: Frame,
  deliveries: Delivery[],
  moment: 'created' | 'handled',
  y: number,
  stateOf: (delivery: Delivery) => Box['state'],
): Box[] {
  const side = frame.geometry.box;
  const items = deliveries
    .map((delivery) => ({
      delivery,
      x: xOf(frame, delivery[moment] ?? 0),
      width: Math.max(side, delivery.label.length * CHARACTER_PX + 6),
    }))
    .sort((a, b) => a.x - b.x);
  const right = xOf(frame, frame.to);
  return joined(items)
    .filter(({ centre, width }) => centre + width / 2 >= 0 && centre - width / 2 <= right)
    .flatMap((cluster) => boxesOf(frame, cluster, y, stateOf, moment));
}

/** Joins boxes that would lie on each other into runs around their mean moment. */
function joined(items: Item[]): Cluster[] {
  const clusters: Cluster[] = [];
  for (const item of items) {
    clusters.push(clusterOf([item]));
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
  const width =
    items.length > MOST_IN_A_RUN
      ? rangeOf(items).length * CHARACTER_PX + 8
      : items.reduce((sum, item) => sum + item.width + GAP_PX, -GAP_PX);
  return { items, centre, width };
}

function rangeOf(items: Item[]): string {
  return `${items[0]?.delivery.label}…${items.at(-1)?.delivery.label}`;
}

function boxesOf(
  frame: Frame,
  { items, centre, width }: Cluster,
  y: number,
  stateOf: (delivery: Delivery) => Box['state'],
  moment: string,
): Box[] {
  const height = frame.geometry.box;
  const left = Math.max(Math.round(centre - width / 2), Math.ceil(leftOf(frame)));
  if (items.length > MOST_IN_A_RUN) {
    const deliveries = items.map((item) => item.delivery);
    const states = new Set(deliveries.map(stateOf));
    return [
      {
        key: `${moment} ${deliveries[0]?.name} …`,
        rect: { x: left, y, width, height },
        label: rangeOf(items),
        state: states.size === 1 ? stateOf(deliveries[0]!) : 'out',
        selected: deliveries.some((delivery) => isSelected(frame, delivery)),
        deliveries,
      },
    ];
  }
  let x = left;
  return items.map(({ delivery, width: own }) => {
    const rect = { x, y, width: own, height };
    x += own + GAP_PX;
    return {
      key: `${moment} ${delivery.name}`,
      rect,
      label: delivery.label,
      state: stateOf(delivery),
      selected: isSelected(frame, delivery),
      deliveries: [delivery],
    };
  });
}

function isSelected({ selection }: Frame, delivery: Delivery): boolean {
  if (!selection) return false;
  if (selection.delivery !== undefined) return selection.delivery === delivery.name;
  return delivery.message === selection.message;
}

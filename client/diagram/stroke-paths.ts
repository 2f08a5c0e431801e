import type { FlyingStroke } from './layout/live.ts';
import { type Point, pointsOf, type Stroke } from './layout/strokes.ts';
import type { Ink } from './layout/frame.ts';

/** What a proxy passes on within this distance, it did not hold. */
const PASSED_AT_ONCE_PX = 2;

/** All lines of one look as one path: a frame costs the browser a handful of elements, not hundreds. */
export interface StrokePaths {
  lines: { ink: Ink; head: boolean; dashed: boolean; d: string }[];
  arrows: { ink: Ink; d: string }[];
  /** What a proxy held, and the dots where it got hold of it. */
  held: { ink: Ink; d: string }[];
  dots: { ink: Ink; d: string }[];
  /** Where bytes were lost. */
  crosses: Point[];
}

export function strokePaths(strokes: readonly Stroke[]): StrokePaths {
  const lines = new Map<string, { ink: Ink; head: boolean; dashed: boolean; d: string }>();
  const arrows = { browser: '', server: '', proxy: '' };
  const held = { ...arrows };
  const dots = { ...arrows };
  const crosses: Point[] = [];
  for (const stroke of strokes) {
    const { ink, head, dashed, state, via } = stroke;
    const points = pointsOf(stroke);
    const look = `${ink} ${head} ${dashed}`;
    const own = lines.get(look) ?? { ink, head, dashed, d: '' };
    const [first, second] = [points[0]!, points[1]!];
    own.d += line(first, second);
    if (via) {
      if (points[2]!.x - second.x > PASSED_AT_ONCE_PX) {
        held[ink] += line(second, points[2]!);
        dots[ink] += dot(second);
      }
      if (points[3]) own.d += line(points[2]!, points[3]);
    }
    lines.set(look, own);
    const end = points.at(-1)!;
    // Where it began: on the proxy's rail, not on the server's.
    if (ink === 'proxy') dots[ink] += dot(first);
    if (state === 'lost') crosses.push(end);
    else if (!via || points[3]) arrows[ink] += arrowhead(points.at(-2)!, end, head);
  }
  return {
    lines: [...lines.values()],
    arrows: both(arrows),
    held: both(held),
    dots: both(dots),
    crosses,
  };
}

/** The path of a stroke that is still on its way, and its arrowhead. */
export function openPath(points: readonly Point[], head: boolean): { d: string; arrow: string } {
  const d = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${r(x)} ${r(y)}`).join('');
  const [before, tip] = points.slice(-2);
  const isLevel = !before || !tip || before.y === tip.y;
  return { d, arrow: isLevel ? '' : arrowhead(before, tip, head) };
}

/** A stroke under way: what it left behind, what a proxy held, and its tip, or the dot where the proxy holds it. */
export function flyingPaths({ solid, via, head }: FlyingStroke): {
  lines: string;
  held: string;
  filled: string;
} {
  if (!via) {
    const { d, arrow } = openPath(solid, head);
    return { lines: d, held: '', filled: arrow };
  }
  const [sent, reached, left, tip] = solid;
  const onward = left && tip ? openPath([left, tip], head) : null;
  return {
    lines: line(sent!, reached!) + (onward?.d ?? ''),
    held: left ? line(reached!, left) : '',
    filled: dot(reached!) + (onward?.arrow ?? ''),
  };
}

function both(by: Record<Ink, string>): { ink: Ink; d: string }[] {
  return (['browser', 'server', 'proxy'] as const).flatMap((ink) =>
    by[ink] === '' ? [] : [{ ink, d: by[ink] }],
  );
}

function line(from: Point, to: Point): string {
  return `M${r(from.x)} ${r(from.y)}L${r(to.x)} ${r(to.y)}`;
}

function dot({ x, y }: Point): string {
  return `M${r(x - 3)} ${r(y)}a3 3 0 1 0 6 0a3 3 0 1 0-6 0z`;
}

function arrowhead(from: Point, to: Point, isHead: boolean): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const [long, wide] = isHead ? [10, 4.2] : [8, 3.4];
  const [bx, by] = [to.x - ux * long, to.y - uy * long];
  return `M${r(to.x)} ${r(to.y)}L${r(bx - uy * wide)} ${r(by + ux * wide)}L${r(bx + uy * wide)} ${r(by - ux * wide)}z`;
}

function r(value: number): number {
  return Math.round(value * 100) / 100;
}

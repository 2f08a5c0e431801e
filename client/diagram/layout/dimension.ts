import { milliseconds, textWidth } from '../format.ts';
import { exchangeOf, messageOf } from '../messages.ts';
import { type Frame, type Rect, xOf } from './frame.ts';

/** A distance in time with its figure, as on an engineering drawing. */
export interface Dimension {
  x1: number;
  x2: number;
  y: number;
  /** Where the dashed extension lines start. */
  from: number;
  text: string;
  textX: number;
  /** Beside the line when it is too short to hold its figure. */
  anchor: 'middle' | 'start';
  /** The ground cleared for the figure. */
  rect: Rect;
}

const FIGURE_SIZE_PX = 12;
const ROOM_PX = 26;

/** The followed delivery from being made to being handled, else the followed exchange as the browser sees it. */
export function layoutDimension(frame: Frame): Dimension | null {
  const measured = followed(frame);
  return measured && dimensionOf(frame, measured.from, measured.to, measured.name);
}

/** The dimension between two moments. */
export function dimensionOf(frame: Frame, from: number, to: number, name?: string): Dimension {
  const figure = `${milliseconds(to - from)} ms`;
  const text = name ? `${name}: ${figure}` : figure;
  const [x1, x2] = [xOf(frame, from), xOf(frame, to)];
  const width = textWidth(text, FIGURE_SIZE_PX);
  const fits = x2 - x1 > width + ROOM_PX;
  const { yDimension: y, yServer } = frame.geometry;
  const textX = fits ? (x1 + x2) / 2 : x2 + 8;
  return {
    x1,
    x2,
    y,
    from: yServer + 29,
    text,
    textX,
    anchor: fits ? 'middle' : 'start',
    rect: {
      x: fits ? textX - width / 2 - 4 : textX - 2,
      y: y - 9,
      width: width + (fits ? 8 : 4),
      height: 18,
    },
  };
}

function followed({ run, selection }: Frame): { from: number; to: number; name?: string } | null {
  if (!selection) return null;
  if (selection.delivery !== undefined) {
    const delivery = run.deliveries.find((each) => each.name === selection.delivery);
    if (!delivery || delivery.created === null || delivery.handled === null) return null;
    return { from: delivery.created, to: delivery.handled, name: delivery.name };
  }
  const message = messageOf(run, selection.message);
  if (!message) return null;
  const { request, response } = exchangeOf(run, message);
  if (request && response?.arrived != null) return { from: request.sent, to: response.arrived };
  return message.arrived === null ? null : { from: message.sent, to: message.arrived };
}

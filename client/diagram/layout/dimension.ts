import { milliseconds, textWidth } from '../format.ts';
import type { Run, WireMessage } from '../../capture/run.ts';
import { exchangeOf, headerOf, messageOf, titleOf } from '../messages.ts';
import { type Frame, type Rect, xOf } from './frame.ts';

/** A distance in time with its figure, as on an engineering drawing. */
export interface Dimension {
  x1: number;
  x2: number;
  y: number;
  /** Where the dashed extension lines start: below the box on the left, just above the line on the right. */
  from: number;
  fromRight: number;
  text: string;
  textX: number;
  /** Beside the line when it is too short to hold its figure. */
  anchor: 'middle' | 'start';
  /** The ground cleared for the figure. */
  rect: Rect;
  /** It measures what is followed. */
  strong: boolean;
}

const FIGURE_SIZE_PX = 12;
const ROOM_PX = 18;

/** The followed delivery from being made to being handled, else the followed exchange as the browser sees it. */
export function layoutDimension(frame: Frame): Dimension | null {
  const measured = followed(frame);
  return measured && dimensionOf(frame, measured.from, measured.to, measured.name);
}

/** The dimension between two moments. */
export function dimensionOf(frame: Frame, from: number, to: number, name?: string): Dimension {
  const figure = `${milliseconds(to - from)} ms`;
  const text = name ? `${name}${name === 'retry' ? '' : ':'} ${figure}` : figure;
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
    fromRight: y - 9,
    text,
    textX,
    anchor: fits ? 'middle' : 'start',
    strong: true,
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
  const peer = messageOf(run, message.peer);
  if (message.record.kind === 'frame' && peer) return pingAndBack(message, peer);
  const { request, response } = exchangeOf(run, message);
  if (request && response?.arrived != null) return { from: request.sent, to: response.arrived };
  const to = message.handled ?? message.arrived;
  return to === null ? null : { from: message.sent, to };
}

/** From a ping's first byte to its pong's arrival (RFC 6455 §5.5.3); null while the pong is under way. */
function pingAndBack(...pair: [WireMessage, WireMessage]): { from: number; to: number } | null {
  const [ping, pong] = pair.sort((a, b) => a.sent - b.sent);
  return ping && pong && pong.arrived !== null ? { from: ping.sent, to: pong.arrived } : null;
}

/** Between the end of an event stream and the request that goes on with it (HTML §9.2.3, `retry`). */
export function layoutRetries(frame: Frame, messages: readonly WireMessage[]): Dimension[] {
  const { run, geometry } = frame;
  return messages.flatMap((message) => {
    if (message.record.kind !== 'request' || !isEventSource(message)) return [];
    const ended = run.connections
      .filter((each) => each.ended && each.ended.t <= message.sent && each.ended.by !== 'stop')
      .toSorted((a, b) => b.ended!.t - a.ended!.t)
      .find(({ id }) => carriedStream(run, id, message));
    if (!ended?.ended) return [];
    const dimension = dimensionOf(frame, ended.ended.t, message.sent, 'retry');
    const y = geometry.yBrowser + RETRY_BELOW_RAIL_PX;
    if (dimension.anchor === 'start') return [];
    return [
      {
        ...dimension,
        strong: false,
        y,
        from: y - 6,
        fromRight: y - 6,
        rect: { ...dimension.rect, y: y - 9 },
      },
    ];
  });
}

const RETRY_BELOW_RAIL_PX = 20;

function isEventSource(message: WireMessage): boolean {
  return headerOf(message, 'accept') === 'text/event-stream';
}

/** Whether the last exchange of a connection was an event stream from the same place. */
function carriedStream({ messages }: Run, connection: number, again: WireMessage): boolean {
  const last = messages.at(messages.lastOf(connection, messages.length, 'up'));
  if (!last || last.connection !== connection || !isEventSource(last)) return false;
  return last.page === again.page && titleOf(last).long === titleOf(again).long;
}

import type { NetworkEvent, WebSocketEvent } from '../../stage/protocol.ts';
import type { ContentRecord, WebSocketMessageContent } from '../../dissect/records.ts';
import { WAITING_CALLBACKS } from '../limits.ts';
import type { Stream } from '../stream/stream.ts';
import { Subject } from '../subject.ts';
import { momentOf, PageCall, type Moment, type WireAccess } from './page-call.ts';

interface Counted {
  n: number;
  size: number | undefined;
  moment: Moment;
  subject: Subject;
}

const CLOSE = 8;

/**
 * A WebSocket of the page. The n-th `send` is the n-th message with data that goes up, the n-th `message`
 * the n-th complete one that came down (RFC 6455 §6.1, §6.2); their sizes have to agree.
 */
export class SocketCall extends PageCall {
  #latest: Subject = this.called;
  #open: { moment: Moment; subject: Subject } | null = null;
  readonly #waiting: Record<'send' | 'message', Counted[]> = { send: [], message: [] };
  /** Messages below this one were handed to code, as far as the page has told. */
  #handed = 1;
  #closing: { moment: Moment; subject: Subject; direction: 'up' | 'down' }[] = [];

  get subject(): Subject {
    return this.#latest;
  }

  happened(event: NetworkEvent): void {
    if (event.api !== 'WebSocket') return;
    const moment = momentOf(event);
    const subject = new Subject();
    this.#latest = subject;
    if (event.name === 'open') this.#open = { moment, subject };
    else if (event.name === 'close()') this.#closing.push({ moment, subject, direction: 'up' });
    else if (event.name === 'close') {
      this.ended ??= event.t;
      this.#closing.push({ moment, subject, direction: 'down' });
    } else if (event.name === 'send' || event.name === 'message') this.#count(event.name, event, subject);
  }

  resolve(wire: WireAccess): void {
    this.pointAtRequest(wire);
    const [exchange] = this.exchanges;
    const [up, down] = exchange ? [wire.up(exchange), wire.down(exchange)] : [null, null];
    if (!up || !down || !exchange) return;
    if (this.#open && exchange.response) {
      const { start, end } = exchange.response.record;
      wire.hand(down, [{ start, end }], this.#open.moment, this.#open.subject);
      this.#open = null;
    }
    this.#join('send', up, (ranges, { moment, subject }) => wire.wrote(up, ranges, moment, subject), wire);
    this.#join(
      'message',
      down,
      (ranges, { n, moment, subject }) => {
        this.#passOver(down, n, wire);
        wire.hand(down, ranges, moment, subject);
      },
      wire,
    );
    this.#closing = this.#closing.filter(({ direction, moment, subject }) => {
      const stream = direction === 'up' ? up : down;
      const frame = lastClose(stream, wire);
      if (!frame) return true;
      if (direction === 'up') wire.wrote(stream, frame.ranges, moment, subject);
      else wire.hand(stream, frame.ranges, moment, subject);
      return false;
    });
  }

  #count(name: 'send' | 'message', { n, size, t, at }: WebSocketEvent, subject: Subject): void {
    const waiting = this.#waiting[name];
    if (typeof n !== 'number' || n < 1 || n <= (waiting.at(-1)?.n ?? 0)) return;
    // What waits for long waits for bytes that were never told.
    if (waiting.length >= WAITING_CALLBACKS) this.forgets(waiting.shift()!.moment.t);
    waiting.push({ n, size, moment: { t, at, name }, subject });
  }

  /** Messages that the page has counted up to this one, without telling of each. */
  #passOver(down: Stream, n: number, wire: WireAccess): void {
    for (; this.#handed < n; this.#handed++) {
      const content = wire.contentAt(down, down.data.get(this.#handed - 1));
      if (content) wire.passed(down, content.ranges);
    }
    this.#handed = n + 1;
  }

  #join(
    name: 'send' | 'message',
    stream: Stream,
    join: (ranges: ContentRecord['ranges'], counted: Counted) => void,
    wire: WireAccess,
  ): void {
    const waiting = this.#waiting[name];
    let joined = 0;
    for (const counted of waiting) {
      if (counted.n > stream.data.length) break;
      const content = wire.contentAt(stream, stream.data.get(counted.n - 1));
      // A message is handed over when it is whole; a send may still be under way.
      if (name === 'message' && content && !content.complete) break;
      joined++;
      if (content?.kind === 'websocket-message' && agrees(content, counted)) join(content.ranges, counted);
    }
    waiting.splice(0, joined);
  }
}

function agrees(content: WebSocketMessageContent, { size }: Counted): boolean {
  return size === undefined || !content.complete || size === (content.inflatedSize ?? content.size);
}

function lastClose(stream: Stream, wire: WireAccess): ContentRecord | undefined {
  const content = wire.contentAt(stream, stream.contents.length - 1);
  return content?.kind === 'websocket-message' && content.opcode === CLOSE ? content : undefined;
}

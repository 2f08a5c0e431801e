import type { RoomEvent, SentFrame } from '#protocol/chat';
import { endingOfError } from '../error-ending.ts';
import type { SendEnding, Transport } from '../transport.ts';
import { parse } from '../xhr-request.ts';

/** WebSocket: events down and what is said up, over one connection. */
export const websocket: Transport = {
  technique: 'websocket',
  capabilities: {
    direction: 'both',
    delivery: 'stream',
    crossOrigin: true,
    binary: true,
    resumes: 'code',
    emulates: null,
  },
  receive({ url, after, key }, told) {
    const address = new URL(url('websocket', { after, key }), location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    let answered: ((ending: SendEnding) => void) | undefined;
    socket.onopen = () => told.open();
    socket.onmessage = ({ data }) => {
      const frame = parse(String(data)) as RoomEvent | SentFrame | { type: 'heartbeat' } | undefined;
      if (frame === undefined) return;
      if (frame.type === 'heartbeat') told.alive();
      else if (frame.type === 'sent') answered?.({ reason: 'sent', sent: { seq: frame.seq, id: frame.id } });
      else if (frame.type === 'refused') answered?.(endingOfError(frame));
      else told.event(frame);
    };
    // 4000: the room said no, and its reason is the error's code.
    socket.onclose = ({ code, reason }) =>
      told.end(code === 4000 ? endingOfError({ code: reason }) : { reason: 'lost' });
    return {
      close() {
        socket.onclose = socket.onmessage = socket.onopen = null;
        socket.close();
      },
      send({ seq, text, via }, done) {
        answered = done;
        socket.send(JSON.stringify({ type: 'send', seq, text, via }));
      },
    };
  },
};

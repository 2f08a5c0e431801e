import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Value } from 'typebox/value';
import type { WebSocket } from 'ws';
import { CodedError } from '../../errors/index.ts';
import type { Framing } from '../fan-out.ts';
import { SENDS_PER_S } from '../limits.ts';
import { RateLimit } from '../rate-limit.ts';
import { ReceiveQuery, SendFrame, type SentFrame } from '../protocol.ts';
import { errors, Params, receive, tags, type Receiving, type TransportOptions } from '../receiving.ts';

/** A text message in one frame, unmasked as the server's are (RFC 6455 §5.2). */
function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headLength + length);
  frame[0] = 0x81; // FIN, opcode 1
  if (headLength === 2) frame[1] = length;
  else if (headLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, headLength);
  return frame;
}

/** One message for each event, several of them in one write. */
const frames: Framing = {
  name: 'frames',
  frame: (events) =>
    events.length === 1
      ? textFrame(events[0]!.json)
      : Buffer.concat(events.map(({ json }) => textFrame(json))),
  // A Ping, which the browser answers but hides from the page, and for the page a message.
  heartbeat: Buffer.concat([Buffer.from([0x89, 0]), textFrame('{"type":"heartbeat"}')]),
};

/** RFC 6455 §7.4.1: the server goes away; the browser may come back. */
const GOING_AWAY = 1001;
/** Of this application (4000–4999, §7.4.2), followed by the error's code as the reason. */
const REFUSED = 4000;

/** WebSocket: both directions over one connection. */
export const websocket: FastifyPluginAsyncTypebox<TransportOptions> = async (
  app,
  { rooms, unlimited = false },
) => {
  const limit = new RateLimit(unlimited ? Infinity : SENDS_PER_S, rooms.clock);

  app.route({
    method: 'GET',
    url: '/websocket',
    exposeHeadRoute: false,
    schema: {
      tags,
      summary: 'WebSocket, both ways',
      description: `Receives events; sends { type: "send", seq, text } and is answered "sent" or "refused". A member says who it is by its key.`,
      params: Params,
      querystring: ReceiveQuery,
      response: errors,
    },
    handler: async (_request, reply) => {
      reply.header('upgrade', 'websocket');
      throw new CodedError('UPGRADE_REQUIRED');
    },
    wsHandler: (socket, request) => {
      let receiving: Receiving;
      try {
        receiving = receive(rooms, request);
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        return socket.close(REFUSED, error.code);
      }
      const { key = '' } = request.query as ReceiveQuery;
      listen(socket, receiving, request);
      answer(socket, receiving, key, () => {
        if (!limit.allows(request)) throw limit.refusal();
      });
    },
  });
};

/**
 * Writes frames straight to the connection. `ws` does the same: it keeps nothing back as long as messages are not
 * compressed, so that what it writes itself (pongs, answers, the close frame) stays in order with them.
 */
function listen(socket: WebSocket, { readers, after, gone }: Receiving, request: FastifyRequest): void {
  const reader = readers.add({
    socket: request.raw.socket,
    framing: frames,
    after,
    answers: true,
    end: () => socket.close(GOING_AWAY, 'the server stops'),
    gone,
  });
  socket.on('pong', () => reader.heard());
}

function answer(socket: WebSocket, { room }: Receiving, key: string, checkRate: () => void): void {
  const tell = (frame: SentFrame): void => socket.send(JSON.stringify(frame));
  const refuse = (seq: number | null, { code, message }: CodedError): void =>
    tell({ type: 'refused', seq, code, message });
  socket.on('message', (data, isBinary) => {
    const frame = isBinary ? undefined : parse(String(data));
    if (frame === undefined) {
      return refuse(
        null,
        new CodedError('BAD_REQUEST', { message: 'The message is no "send" of the documented form.' }),
      );
    }
    try {
      checkRate();
      tell({ type: 'sent', ...room.send(room.member(key), frame) });
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      refuse(frame.seq, error);
    }
  });
}

function parse(text: string): SendFrame | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    return Value.Check(SendFrame, frame) ? frame : undefined;
  } catch {
    return undefined; // Not JSON: refused as what has another form.
  }
}

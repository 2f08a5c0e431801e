/** Takes the main thread's messages to those they concern. */
import type { ToGuest } from '../protocol.ts';
import { isRequest, readRequest } from '../request-text.ts';
import { call } from './bridge.ts';
import { asBuffer } from './buffer.ts';
import { takeBody } from './http-incoming.ts';
import { requests, responses } from './exchanges.ts';
import { closeExchange, endRequestBody, type HttpServer } from './http-server.ts';
import { serverOf } from './net-server.ts';
import { knownSocket, socketOf } from './net-socket.ts';
import { takeClientMessage } from './http-clients.ts';
import { acknowledged } from './sending.ts';

// Taken before any learner code runs.
const { parse } = JSON;
const NOTHING = new Uint8Array(0);

function httpServerOf(id: number): HttpServer | undefined {
  return serverOf(id) as HttpServer | undefined;
}

function takeUpgrade({ kind, request }: Extract<ToGuest, { to: 'upgrade' }>, head: Uint8Array): void {
  const fields = readRequest(request);
  httpServerOf(Number(fields[1]))?.takeUpgrade(kind, fields, request, head);
}

function takeClientError(
  { server, socket, addresses, code, message, bytesParsed }: Extract<ToGuest, { to: 'clientError' }>,
  packet: Uint8Array,
): void {
  const listener = serverOf(server);
  if (!listener?.listenerCount('clientError')) return call({ op: 'refuseRequest', socket, code });
  const error = Object.assign(new Error(message), { code, bytesParsed, rawPacket: asBuffer(packet) });
  listener.emit('clientError', error, socketOf(socket, addresses));
}

function takeTimeout({ request, socket, server }: Extract<ToGuest, { to: 'timeout' }>): void {
  if (request !== undefined) responses.get(request)?.emit('timeout');
  else if (server !== undefined && socket !== undefined)
    serverOf(server)?.emit('timeout', knownSocket(socket) ?? socketOf(socket, {}));
  else if (socket !== undefined) knownSocket(socket)?.emit('timeout');
}

/** Delivers one message of the host. */
export function takeMessage(text: string, bytes: Uint8Array | undefined): void {
  if (isRequest(text)) {
    const fields = readRequest(text);
    return httpServerOf(Number(fields[1]))?.takeRequest(fields, text);
  }
  const message = parse(text) as ToGuest;
  switch (message.to) {
    case 'listening':
      return serverOf(message.server)?.opened(message.port);
    case 'listenFailed':
      return serverOf(message.server)?.refused(message.port, message.code, message.message);
    case 'serverClosed':
      return serverOf(message.server)?.closed();
    case 'connection':
      return serverOf(message.server)?.takeConnection(message.socket, message.addresses);
    case 'upgrade':
      return takeUpgrade(message, bytes ?? NOTHING);
    case 'dropped':
      return void serverOf(message.server)?.emit('drop', message.addresses);
    case 'body': {
      const request = requests.get(message.request);
      if (request && bytes) takeBody(request, bytes);
      return;
    }
    case 'bodyEnd':
      return endRequestBody(message.request, message.trailers);
    case 'bodyLost':
      return endRequestBody(message.request, undefined);
    case 'written':
    case 'socketWritten':
      return acknowledged(message.ack);
    case 'counted':
      return acknowledged(message.ack, message.count);
    case 'full':
      return responses.get(message.request)?.filled();
    case 'drain':
      return responses.get(message.request)?.drained();
    case 'finish':
      return responses.get(message.request)?.didFinish();
    case 'close':
      return closeExchange(message.request, message.aborted);
    case 'timeout':
      return takeTimeout(message);
    case 'connected':
      return knownSocket(message.socket)?.didConnect(message.addresses);
    case 'socketData':
      return knownSocket(message.socket)?.takeBytes(bytes ?? NOTHING);
    case 'socketEnd':
      return knownSocket(message.socket)?.takeEnd();
    case 'socketClosed':
      return knownSocket(message.socket)?.didClose(message.error, message.hadError);
    case 'clientError':
      return takeClientError(message, bytes ?? NOTHING);
    default:
      return takeClientMessage(message, bytes ?? NOTHING);
  }
}

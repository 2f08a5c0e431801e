/** Which `http.request` each message of the host is for, and the response it gets. */
import type { ResponseMessage, ToClient } from '../protocol.ts';
import { call } from './bridge.ts';
import { EventEmitter, type Listener } from './events.ts';
import { closeIncoming, endBody, IncomingMessage, takeBody } from './http-incoming.ts';

/** What `http-client.ts` does for each message. */
export interface Client {
  response: ClientResponse | undefined;
  take(message: ToClient, bytes: Uint8Array): void;
}

export const clients = new Map<number, Client>();

/** A response to a request of this program: an IncomingMessage whose body comes by the request's number. */
export class ClientResponse extends IncomingMessage {
  declare req: unknown;

  override _read(): void {
    if (this.ended) return;
    call({ op: 'clientRead', client: this.id, taken: this.given });
    this.given = 0;
  }
  override on(event: string | symbol, listener: Listener): this {
    if (event === 'data' || event === 'readable') return super.on(event, listener);
    return EventEmitter.prototype.on.call(this, event, listener) as unknown as this;
  }
  override dropConnection(): void {
    call({ op: 'clientDestroy', client: this.id });
  }
}

export function makeResponse(
  client: number,
  [status, reason, version, headers]: ResponseMessage,
  socket: { id: number; addresses: string },
): ClientResponse {
  const response = Object.create(ClientResponse.prototype) as ClientResponse;
  response.id = client;
  response.connectionId = socket.id;
  response.addresses = socket.addresses;
  response.method = null as never;
  response.url = '';
  response.httpVersion = version;
  response.rawHeaders = headers;
  response.complete = response.ended = false;
  response.statusCode = status;
  response.statusMessage = reason;
  return response;
}

export function takeClientMessage(message: ToClient, bytes: Uint8Array): void {
  const client = clients.get(message.client);
  if (!client) return;
  const { response } = client;
  if (message.to === 'clientBody') {
    if (response && !response.destroyed) takeBody(response, bytes);
  } else if (message.to === 'clientEnd') {
    if (response) endBody(response, message.trailers);
  } else {
    if (message.to === 'clientClosed') {
      clients.delete(message.client);
      if (response && !response.complete) closeIncoming(response, true);
    }
    client.take(message, bytes);
  }
}

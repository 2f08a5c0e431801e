/** The package `ws` as learners get it: as published, and it is known which line listens for messages. */
import type { Emitter, Listener } from './events.ts';
// Only its type: streams ask for parts before there are sockets.
import type { Socket } from './net-socket.ts';
import { callSite, siteAt } from './positions.ts';

/** A connection of the package; its socket is known from its `open` or `connection` on. */
type Connection = Emitter & { _socket?: Partial<Socket> };

/** The bytes that the package reads are for who listens for `message`. */
export function noteListeners(module: object): object {
  const prototype = (module as { prototype?: Connection }).prototype;
  if (!prototype || Object.hasOwn(prototype, 'on')) return module;
  const { on: inherited } = prototype;
  // `once`, `addEventListener` and `onmessage` come to this one too.
  function on(this: Connection, event: string | symbol, listener: Listener): Connection {
    if (event === 'message') this._socket?.readBy?.(siteAt(callSite(on), 'message'));
    return inherited.call(this, event, listener);
  }
  for (const name of ['on', 'addListener'])
    Object.defineProperty(prototype, name, { value: on, writable: true, configurable: true });
  return module;
}

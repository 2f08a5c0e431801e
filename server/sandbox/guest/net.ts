/** `net`: servers and sockets of the lab's own ports. */
import { callable } from './events.ts';
import { createServer, Server } from './net-server.ts';
import { Socket, type SocketOptions } from './net-socket.ts';

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** 4, 6, or 0 for no address. */
export function isIP(text: unknown): 0 | 4 | 6 {
  const address = String(text);
  if (IPV4.test(address)) return 4;
  return isIPv6Text(address) ? 6 : 0;
}

/** RFC 4291 §2.2: eight groups, one run of zeros as `::`, the last two as IPv4; a zone may follow. */
function isIPv6Text(address: string): boolean {
  const text = address.replace(/%[0-9a-z\-.:]+$/i, '');
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const all = groups.flat();
  const last = all.at(-1);
  const mapped = last !== undefined && IPV4.test(last) && text.endsWith(last);
  if (!all.every((group, index) => /^[0-9a-f]{1,4}$/i.test(group) || (mapped && index === all.length - 1)))
    return false;
  const count = all.length + (mapped ? 1 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}

interface ConnectOptions extends SocketOptions {
  timeout?: number;
}

export function connect(...args: unknown[]): Socket {
  const first = args[0];
  const options = (typeof first === 'object' && first !== null ? first : {}) as ConnectOptions;
  const { allowHalfOpen, highWaterMark, signal, timeout } = options;
  const socket = new Socket({ allowHalfOpen, highWaterMark, ...(signal ? { signal } : {}) });
  if (timeout) socket.setTimeout(timeout);
  return socket.connect(...args);
}

const CallableSocket = callable(Socket as never) as unknown as typeof Socket;

export const net = {
  Server,
  Socket: CallableSocket,
  Stream: CallableSocket,
  connect,
  createConnection: connect,
  createServer,
  getDefaultAutoSelectFamily: (): boolean => true,
  isIP,
  isIPv4: (text: unknown): boolean => isIP(text) === 4,
  isIPv6: (text: unknown): boolean => isIP(text) === 6,
  setDefaultAutoSelectFamily: (): void => undefined,
};

/** A lab reaches its own ports and nothing else: which hosts those are, and what is said about others. */
import { nodeError, nodeRangeError } from './node-error.ts';

const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** @throws at once, in the learner's line, for any host but this lab. */
export function checkOwnHost(caller: string, host: unknown, port: unknown): void {
  const name = typeof host === 'string' ? host.toLowerCase() : String(host);
  if (OWN_HOSTS.has(name)) return;
  throw nodeError(
    'ERR_ACCESS_DENIED',
    `${caller}: '${name}${port === undefined ? '' : `:${String(port)}`}' is not in this lab. A lab reaches only its own ports, at localhost, 127.0.0.1 or ::1.`,
  );
}

/** A port as options name it: a number, or digits. */
export function checkPort(port: unknown, name = 'options.port'): number {
  const number = typeof port === 'string' && port.trim() !== '' ? Number(port) : port;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < 65_536) return number;
  const received =
    typeof port === 'string' ? `type string ('${port}')` : `type ${typeof port} (${String(port)})`;
  throw nodeRangeError('ERR_SOCKET_BAD_PORT', `${name} should be >= 0 and < 65536. Received ${received}.`);
}

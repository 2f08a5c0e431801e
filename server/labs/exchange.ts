/**
 * One exchange by hand: bytes go out as they are, what comes back is read until it is over.
 *
 * The only thing that is understood of it is where the head of a response ends (RFC 9112 §2.1).
 */
import type { Socket } from 'node:net';
import { monotonicMs } from '../clock.ts';
import { ANSWER_BYTES, HANG_UP_MS, SETTLED_MS } from './limits.ts';
import type { ExchangeView } from './protocol.ts';

export interface Exchanged {
  /** What came back. */
  bytes: Buffer;
  end: ExchangeView['end'];
  /** From sending to the last byte received, or to the end. */
  ms: number;
}

/** Whether the head of a final response has ended; 100 to 199 are interim ones, 101 is not (RFC 9110 §15.2). */
function hasHead(bytes: Buffer): boolean {
  let rest = bytes.toString('latin1');
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return false;
    if (!/^HTTP\/1\.\d 1(?!01)\d\d/.test(rest)) return true;
    rest = rest.slice(end + 4);
  }
}

/**
 * Sends on a connected socket, and owns it from then on. Resolves when the other side has ended, or has answered and
 * says no more, or nothing has come for `patienceMs`; then it hangs up.
 */
export function exchange(socket: Socket, sent: Buffer, patienceMs: number): Promise<Exchanged> {
  const began = monotonicMs();
  const received: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    let settled: NodeJS.Timeout | undefined;
    const impatient = setTimeout(() => over('silence'), patienceMs);
    let lastAt: number | undefined;

    const over = (end: Exchanged['end']): void => {
      clearTimeout(impatient);
      clearTimeout(settled);
      socket.off('data', onData).off('end', onEnd);
      const isAnswered = end === 'open' || end === 'cut-off';
      const ms = (isAnswered ? (lastAt ?? began) : monotonicMs()) - began;
      resolve({ bytes: Buffer.concat(received).subarray(0, ANSWER_BYTES), end, ms });
      hangUp(socket);
    };
    const onData = (chunk: Buffer): void => {
      lastAt = monotonicMs();
      received.push(chunk);
      size += chunk.length;
      if (size > ANSWER_BYTES) return over('cut-off');
      // Once its head is there, each part that follows only puts off the end.
      if (settled === undefined && !hasHead(Buffer.concat(received))) return;
      clearTimeout(settled);
      settled = setTimeout(() => over('open'), SETTLED_MS);
    };
    const onEnd = (): void => over('closed');

    socket.on('data', onData).on('end', onEnd);
    // Also when it comes late, after all is said.
    socket.on('error', () => over('reset'));
    socket.write(sent);
  });
}

/** Ends our side, and the connection when the other does not in time. */
function hangUp(socket: Socket): void {
  if (socket.destroyed) return;
  socket.resume();
  socket.end();
  const drop = setTimeout(() => socket.destroy(), HANG_UP_MS).unref();
  socket.once('close', () => clearTimeout(drop));
}

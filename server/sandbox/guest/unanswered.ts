/**
 * Tells of responses that nobody can end any more.
 *
 * Rule: the handler has returned, the client still waits, and the program has let go of the response, so that
 * no timer, listener or list of it leads to `res.end()`. A long poll that is held, or a client that left, is no such
 * case. What tells is the engine's garbage collector: at once for most, later for responses in a reference cycle.
 */
import type { SourcePosition } from '../../errors/protocol.ts';
import { printWarning } from './console.ts';
import { knownSocket } from './net-socket.ts';

/** What is known of a response without keeping it alive. */
export interface Awaited {
  method: string;
  target: string;
  connection: number;
  /** Where its handler was given to the server. */
  handler: SourcePosition | undefined;
  /** A head or a part of the body is out. */
  begun: boolean;
  /** It was ended or destroyed, or its client has left. */
  settled: boolean;
}

const registry = new FinalizationRegistry<Awaited>((awaited) => {
  if (!awaited.settled && !isAnsweredRaw(awaited.connection)) printWarning(textOf(awaited), awaited.handler);
});

export function awaitAnswer(response: object, awaited: Awaited): void {
  registry.register(response, awaited);
}

/** The program writes to the connection itself, or has closed it. */
function isAnsweredRaw(connection: number): boolean {
  const socket = knownSocket(connection);
  return socket !== undefined && (socket.bytesWritten > 0 || socket.writableEnded || socket.destroyed);
}

function textOf({ method, target, begun, handler }: Awaited): string {
  const where = handler ? ` (${handler.file}:${handler.line})` : '';
  return begun
    ? `The response to ${method} ${target} was begun and never ended: its handler${where} let go of res without res.end(), so the client waits for the rest.`
    : `${method} ${target} was never answered: its handler${where} let go of res without res.end(), so the client waits for nothing.`;
}

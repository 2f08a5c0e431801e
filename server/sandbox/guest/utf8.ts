/**
 * Text as UTF-8, by the host: a loop of the guest's takes as long for 64 KiB as fifty requests.
 *
 * Half a surrogate pair is U+FFFD (Encoding Standard §8.2). It is made so here, since QuickJS hands it to the host as
 * three bytes that are no UTF-8, each of which would be read as a U+FFFD of its own.
 */
import { HOST_CALL } from '../protocol.ts';
import { askHost } from './bridge.ts';

export function utf8Of(text: string): Uint8Array {
  return askHost(HOST_CALL.encode, text.toWellFormed()) as Uint8Array;
}

/** How many bytes `utf8Of(text)` has, without making them. */
export function utf8Length(text: string): number {
  return askHost(HOST_CALL.byteLength, text.toWellFormed()) as number;
}

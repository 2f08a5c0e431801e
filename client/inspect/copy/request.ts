import type { Run, WireMessage } from '../../capture/run.ts';
import { isHttpMessage } from '../../dissect/records.ts';
import { neighbours } from '../carriers.ts';

/** For the types of events; streams are endless. */
const MOST_CHUNKS_READ = 500;

/** A request as a tool would make it again. */
export interface CopiedRequest {
  method: string;
  version: string;
  /** Without what does not stand in the request target: `http://host:port`. */
  origin: string;
  target: string;
  /** In order, as sent. */
  headers: { name: string; value: string }[];
  /** The whole body, without its framing. */
  body: Uint8Array;
}

/** Reads a request from its message; null for what is none. */
export function requestOf(
  run: Run,
  message: WireMessage,
  bytesOf: (message: WireMessage) => Uint8Array,
): CopiedRequest | null {
  const { record } = message;
  if (!isHttpMessage(record) || !('method' in record.startLine)) return null;
  const { method, target, version } = record.startLine;
  const host = record.headers.find(({ name }) => name.toLowerCase() === 'host')?.value;
  const port = run.connections.find(({ id }) => id === message.connection)?.port ?? 80;
  const pieces =
    record.body.framing === 'chunked'
      ? chunksOf(run, message).map((chunk) => dataOf(chunk, bytesOf(chunk)))
      : [bytesOf(message).subarray(record.bodyStart)];
  return {
    method,
    version,
    origin: `http://${host ?? `localhost:${port}`}`,
    target,
    headers: record.headers,
    body: joined(pieces),
  };
}

/** The value of the first header of this name, in lower case. */
export function headerOf({ headers }: CopiedRequest, name: string): string | null {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? null;
}

/** RFC 9112 §3.2: the address that was asked for, whatever form its target has. */
export function urlOf({ origin, target }: CopiedRequest): string {
  if (/^https?:\/\//i.test(target)) return target;
  return target.startsWith('/') ? origin + target : `${origin}/`;
}

/** The types of the events that the answer to a request brought, each once, in order; of a long answer, of its begin. */
export function eventTypesOf(run: Run, { peer }: WireMessage): string[] {
  const response = peer === null ? undefined : run.messages.get(peer);
  if (!response) return [];
  const contents = [response, ...chunksOf(run, response, MOST_CHUNKS_READ)].flatMap((each) => each.contents);
  const types = contents.flatMap((content) =>
    content.kind === 'sse-event' && content.dispatched ? [content.event] : [],
  );
  return [...new Set(types)];
}

function chunksOf(run: Run, message: WireMessage, most = Infinity): WireMessage[] {
  const chunks: WireMessage[] = [];
  for (const next of neighbours(run, message, 1)) {
    if (next.part !== message.id || chunks.length >= most) break;
    chunks.push(next);
  }
  return chunks;
}

function dataOf({ record }: WireMessage, bytes: Uint8Array): Uint8Array {
  if (record.kind !== 'chunk') return bytes;
  const from = bytes.indexOf(0x0a) + 1;
  return bytes.subarray(from, from + record.size);
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

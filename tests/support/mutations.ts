/** Ways to spoil the bytes of a conversation. */
import type { Conversation } from './conversations.ts';
import { bytesOf, Dissection, type Step } from './dissection.ts';

/** Where and how much are parts of 65,536, so that a mutation fits any conversation. */
export interface Mutation {
  kind: 'set' | 'flip' | 'cut' | 'repeat' | 'insert' | 'lose';
  direction: 'up' | 'down';
  at: number;
  length: number;
  byte: number;
}

/** A conversation, spoiled, and divided at these places. */
export interface Spoiled {
  conversation: Conversation;
  mutations: readonly Mutation[];
  /** Parts of 65,536, in order; empty: all at once. */
  cuts: readonly number[];
}

type Piece = Uint8Array | { lost: number };

/** The steps with which it is dissected, and at last the end of both directions. */
function stepsOf({ conversation, mutations, cuts }: Spoiled): Step[] {
  const steps: Step[] = [];
  for (const turn of ['up', 'down', 'later'] as const) {
    const direction = turn === 'down' ? 'down' : 'up';
    let pieces: Piece[] = [bytesOf(conversation[turn] ?? '')];
    for (const mutation of mutations) {
      if (mutation.direction === direction) pieces = mutated(pieces, mutation);
    }
    for (const piece of pieces) {
      if ('lost' in piece) steps.push(['gap', direction, piece.lost]);
      else for (const part of divided(piece, cuts)) steps.push([direction, part]);
    }
  }
  return [...steps, ['end', 'up'], ['end', 'down']];
}

export function dissected(spoiled: Spoiled): Dissection {
  return new Dissection().feed(...stepsOf(spoiled));
}

function mutated(pieces: Piece[], { kind, at, length, byte }: Mutation): Piece[] {
  const place = Math.floor((at / 65_536) * pieces.length);
  const piece = pieces[place];
  if (!piece || 'lost' in piece) return pieces;
  const start = Math.floor((((at * 31) % 65_536) / 65_536) * piece.length);
  const end = Math.min(piece.length, start + 1 + (length % 40));
  const before = piece.subarray(0, start);
  const after = piece.subarray(end);
  const middle = piece.slice(start, end);
  if (kind === 'set') middle.fill(byte, 0, 1);
  if (kind === 'flip') for (let index = 0; index < middle.length; index++) middle[index]! ^= 1 << (byte & 7);
  const changed: Piece[] =
    kind === 'lose'
      ? [before, { lost: middle.length + (byte & 3) }, after]
      : kind === 'cut'
        ? [joined(before, after)]
        : kind === 'repeat'
          ? [joined(before, middle, middle, after)]
          : kind === 'insert'
            ? [joined(before, new Uint8Array(1 + (length % 5)).fill(byte), middle, after)]
            : [joined(before, middle, after)];
  return [...pieces.slice(0, place), ...changed, ...pieces.slice(place + 1)];
}

function divided(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((cut) => Math.floor((cut / 65_536) * bytes.length)))].sort(
    (a, b) => a - b,
  );
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
}

function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Not a figure but a proof: dissects conversations that were spoiled at random, and fails when a rule is
 * broken, something is thrown, or a division changes what is read. Started by `npm run fuzz` (`.ci/fuzz.mjs`).
 */
import { isDeepStrictEqual } from 'node:util';
import { randomOf } from '../../client/race/model/random.ts';
import { CONVERSATIONS } from '../../tests/support/conversations.ts';
import { brokenRule } from '../../tests/support/dissection-rules.ts';
import type { Dissection } from '../../tests/support/dissection.ts';
import { dissected, type Mutation, type Spoiled } from '../../tests/support/mutations.ts';

const INPUTS = Number(process.argv[2] ?? 1_000_000);
const SEED = Number(process.argv[3] ?? Date.now() % 1_000_000_007);
/** A single input that takes longer is taken for a loop, also on a loaded machine. */
const LOOP_MS = 10_000;
/** Reading fields and reading twice cost ten times as much: every so many inputs. */
const FIELDS_EVERY = 8;
const TELL_EVERY = 100_000;

const KINDS = ['set', 'flip', 'cut', 'repeat', 'insert', 'lose'] as const;
/** Bytes that mean something to one protocol or another. */
const TELLING = [
  0x0a, 0x0d, 0x00, 0xff, 0x3a, 0x3b, 0x20, 0x2d, 0x3c, 0x28, 0x29, 0x7b, 0x80, 0x81, 0x88, 0xfe,
];
const conversations = Object.values(CONVERSATIONS);

let next = randomOf(0);

/** A number below `bound`; the same for the same input of the same seed. */
function random(bound: number): number {
  return Math.floor(next() * bound);
}

function mutation(): Mutation {
  return {
    kind: KINDS[random(KINDS.length)]!,
    direction: random(2) === 0 ? 'up' : 'down',
    at: random(65_536),
    length: random(40),
    byte: random(2) === 0 ? random(256) : TELLING[random(TELLING.length)]!,
  };
}

function inputOf(index: number): Spoiled {
  next = randomOf(SEED + Math.imul(index, 0x9e3779b1));
  return {
    conversation: conversations[random(conversations.length)]!,
    mutations: Array.from({ length: 1 + random(5) }, mutation),
    cuts: Array.from({ length: random(8) }, () => random(65_536)),
  };
}

/** Without what a pong answers: that depends on which direction was read first. */
function read(dissection: Dissection) {
  return (['up', 'down'] as const).map((direction) => [
    dissection.records(direction).map((record) => ({ ...record, answers: null })),
    dissection.contents(direction),
  ]);
}

function wrongWith(input: Spoiled, thoroughly: boolean): string | null {
  try {
    const dissection = dissected(input);
    const broken = brokenRule(dissection, thoroughly);
    if (broken !== null || !thoroughly) return broken;
    const atOnce = dissected({ ...input, cuts: [] });
    return isDeepStrictEqual(read(dissection), read(atOnce)) ? null : 'its division changes what is read';
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

const began = performance.now();
let slowest = 0;
for (let index = 0; index < INPUTS; index++) {
  const started = performance.now();
  const input = inputOf(index);
  const wrong = wrongWith(input, index % FIELDS_EVERY === 0);
  const took = performance.now() - started;
  slowest = Math.max(slowest, took);
  if (wrong !== null || took > LOOP_MS) {
    console.error(`input ${index} of seed ${SEED}: ${wrong ?? `took ${Math.round(took)} ms`}`);
    console.error(JSON.stringify(input));
    process.exit(1);
  }
  if ((index + 1) % TELL_EVERY === 0) console.log(`${index + 1} inputs`);
}
const seconds = (performance.now() - began) / 1000;
console.log(
  `${INPUTS} spoiled conversations dissected, seed ${SEED}, ${seconds.toFixed(0)} s, slowest ${slowest.toFixed(0)} ms`,
);

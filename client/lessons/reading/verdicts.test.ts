import { expect, it } from 'vitest';
import type { LessonChallenge, WireFacts } from '../../../lessons/index.ts';
import { exchange } from '../../../tests/support/recording.ts';
import { factsOf } from '../../facts/index.ts';
import { verdictsOf } from './verdicts.ts';

const recording = exchange();
const wire: WireFacts = factsOf(recording.run(), recording.capture.bytesOf);
const challenge: LessonChallenge = {
  goals: [
    { id: 'one-request', judge: ({ requests }) => (requests.length === 1 ? 'met' : 'open') },
    { id: 'no-request', judge: ({ requests }) => (requests.length > 0 ? 'missed' : 'open') },
  ],
  hints: 0,
  solution: [],
};

it('judges each goal by the run', () => {
  expect(verdictsOf(challenge, wire)).toEqual(['met', 'missed']);
});

it('leaves everything open before a run', () => {
  expect(verdictsOf(challenge, null)).toEqual(['open', 'open']);
});

it('does not call a goal missed when the record has a gap', () => {
  expect(verdictsOf(challenge, { ...wire, whole: false })).toEqual(['met', 'open']);
});

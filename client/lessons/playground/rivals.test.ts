import { expect, it } from 'vitest';
import { lesson } from '../../../lessons/polling/lesson.ts';
import { rivalsOf } from './rivals.ts';

const patches = lesson.steps.flatMap((step) => step.patches ?? []);
const rivals = (id: string) =>
  rivalsOf(
    patches.find((patch) => patch.id === id)!,
    patches,
  ).map((patch) => patch.id);

it('finds the other patches for the same place, in any step', () => {
  expect(rivals('every-3-s')).toEqual(['every-300-ms', 'every-100-ms']);
});

it('finds none for a patch with a place of its own', () => {
  expect(rivals('close')).toEqual([]);
});

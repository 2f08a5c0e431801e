import { describe, expect, it } from 'vitest';
import { COURSE, type LessonGroup } from '../../lessons/index.ts';
import { countOf, systemsOf } from './systems.ts';

const course = (...groups: LessonGroup[]) =>
  groups.map((group, order) => ({
    id: `lesson-${order}`,
    group,
    title: { en: '', 'zh-CN': '' },
    minutes: 1,
    steps: 1,
  }));

describe('the two systems of the map', () => {
  it('hold the course of fourteen lessons as seven and seven', () => {
    expect(systemsOf(COURSE).map(countOf)).toEqual([7, 7]);
  });

  it('keep every lesson once, in order, with its number', () => {
    const places = systemsOf(COURSE).flatMap((system) => system.flatMap((bracket) => bracket.places));
    expect(places.map(({ id, order }) => [id, order])).toEqual(COURSE.map(({ id }, order) => [id, order]));
  });

  it('put neighbours of one group under one bracket', () => {
    const [first, second] = systemsOf(course('start', 'pull', 'pull', 'push', 'push'));
    expect(first!.map(({ group, places }) => [group, places.length])).toEqual([
      ['start', 1],
      ['pull', 2],
    ]);
    expect(second!.map(({ group, places }) => [group, places.length])).toEqual([['push', 2]]);
  });

  it('break no bracket, however unlike the halves are', () => {
    expect(systemsOf(course('start', 'pull', 'pull', 'pull', 'pull')).map(countOf)).toEqual([1, 4]);
  });

  it('are one when there is one bracket', () => {
    expect(systemsOf(course('pull', 'pull')).map(countOf)).toEqual([2]);
  });
});

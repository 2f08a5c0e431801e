import { expect, it } from 'vitest';
import { Allowance } from './allowance.ts';

function clocks() {
  const at = { passed: 1_000, used: 70 };
  return { at, passed: () => at.passed, used: () => at.used };
}

it('ends when as much time has passed, and the process has had it', () => {
  const time = clocks();
  const allowance = new Allowance(100, time);
  Object.assign(time.at, { passed: 1_100, used: 170 });
  expect(allowance.isOver).toBe(false);
  Object.assign(time.at, { passed: 1_101 });
  expect(allowance.isOver).toBe(true);
});

it('goes on for a guest whose machine had no time for it', () => {
  const time = clocks();
  const allowance = new Allowance(100, time);
  Object.assign(time.at, { passed: 2_000, used: 160 });
  expect(allowance.isOver).toBe(false);
  Object.assign(time.at, { passed: 2_100, used: 170 });
  expect(allowance.isOver).toBe(true);
});

it('counts only the time that passes when other threads use the cores too', () => {
  const time = clocks();
  const allowance = new Allowance(100, time);
  Object.assign(time.at, { passed: 1_050, used: 500 });
  expect(allowance.isOver).toBe(false);
});

it('asks for the process time only now and then', () => {
  const time = clocks();
  let looks = 0;
  const allowance = new Allowance(100, { ...time, used: () => (looks++, 70) });
  Object.assign(time.at, { passed: 2_000 });
  for (let n = 0; n < 50; n++) void allowance.isOver;
  expect(looks).toBe(2);
});

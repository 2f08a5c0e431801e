import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createSources } from './positions.ts';

const sources = createSources({ origin: 'http://localhost:8080', base: '/.lab/3/' });

describe('stacks', () => {
  it.each([
    [
      'Chromium',
      `Error
    at Sources.here (http://localhost:8080/.lab/3/runtime.js:1:4090)
    at show (http://localhost:8080/.lab/3/client.js:16:15)
    at poll (http://localhost:8080/.lab/3/client.js:9:50)`,
      { file: 'client.js', line: 16, column: 15 },
    ],
    [
      'Chromium, without a function',
      'Error\n    at http://localhost:8080/.lab/3/client.js:2:3',
      { file: 'client.js', line: 2, column: 3 },
    ],
    [
      'Chromium, after await',
      'Error\n    at async poll (http://localhost:8080/.lab/3/client.js:8:20)',
      { file: 'client.js', line: 8, column: 20 },
    ],
    [
      'Chromium, in eval',
      'Error\n    at eval (eval at go (http://localhost:8080/.lab/3/client.js:5:3), <anonymous>:1:1)\n    at go (http://localhost:8080/.lab/3/client.js:5:3)',
      { file: 'client.js', line: 5, column: 3 },
    ],
    [
      'Firefox',
      'here@http://localhost:8080/.lab/3/runtime.js:1:4090\nasync*poll@http://localhost:8080/.lab/3/client.js:8:26\n',
      { file: 'client.js', line: 8, column: 26 },
    ],
    [
      'Firefox, in eval',
      '@http://localhost:8080/.lab/3/client.js line 5 > eval:1:1\n@http://localhost:8080/.lab/3/client.js:5:1',
      { file: 'client.js', line: 5, column: 1 },
    ],
    [
      'Safari',
      'here@http://localhost:8080/.lab/3/runtime.js:1:4090\nglobal code@http://localhost:8080/.lab/3/lib/a%20b.js:4:9',
      { file: 'lib/a b.js', line: 4, column: 9 },
    ],
    [
      'Safari, native frames first',
      '[native code]\nforEach@[native code]\nshow@http://localhost:8080/.lab/3/client.js:3:8',
      { file: 'client.js', line: 3, column: 8 },
    ],
  ])('of %s', (_, stack, position) => {
    expect(sources.inStack(stack)).toEqual(position);
  });

  it('take the page itself for index.html, under both its addresses', () => {
    expect(sources.inStack('at http://localhost:8080/.lab/3/:7:5')).toEqual({
      file: 'index.html',
      line: 7,
      column: 5,
    });
    expect(sources.inStack('@http://localhost:8080/:7:5')?.file).toBe('index.html');
    expect(sources.inStack('at onclick (http://localhost:8080/?a=1#b:7:5)')?.file).toBe('index.html');
  });

  it.each([
    ['other origins', 'at http://localhost:9090/.lab/3/client.js:1:1'],
    ['other runs', 'at http://localhost:8080/.lab/2/client.js:1:1'],
    ['the learner’s server', 'at http://localhost:8080/script.js:1:1'],
    ['no stack', undefined],
  ])('say nothing of %s', (_, stack) => {
    expect(sources.inStack(stack)).toBeUndefined();
  });
});

describe('printed stacks', () => {
  it('name the learner’s files plainly, and none of our own lines', () => {
    const stack = `TypeError: Failed to fetch
    at fetch (http://localhost:8080/.lab/3/runtime.js:3:3256)
    at http://localhost:8080/.lab/3/client.js:1:19
    at onclick (http://localhost:8080/:7:5)`;
    expect(sources.tidy(stack)).toBe(
      'TypeError: Failed to fetch\n    at client.js:1:19\n    at onclick (index.html:7:5)',
    );
  });
});

describe('places', () => {
  it('are refused when no line is known', () => {
    expect(sources.at('http://localhost:8080/.lab/3/client.js', 0, 0)).toBeUndefined();
    expect(sources.at('', 1, 1)).toBeUndefined();
  });
});

describe('lines that come often', () => {
  type Here = () => unknown;
  /** Two lines of a learner's file that ask where they are. */
  const [first, second] = runInThisContext('[(here) => here(),\n(here) => here()]', {
    filename: 'http://localhost:8080/.lab/3/client.js',
  }) as ((here: Here) => { line: number } | undefined)[];

  function clocked() {
    let t = 0;
    const often = createSources({ origin: 'http://localhost:8080', base: '/.lab/3/', now: () => t });
    return { here: (site: object) => () => often.here(site), wait: (ms: number) => void (t += ms) };
  }

  it('are taken to be where they always were', () => {
    const { here } = clocked();
    const site = {};
    for (let n = 0; n < 5000; n++) expect(first!(here(site))?.line).toBe(1);
  });

  it('are not told when there were several and no time to look', () => {
    const { here, wait } = clocked();
    const site = {};
    const seen = Array.from({ length: 5000 }, (_, n) => (n % 2 ? second : first)!(here(site))?.line);
    expect(seen.slice(0, 200)).toEqual(Array.from({ length: 200 }, (_, n) => 1 + (n % 2)));
    expect(new Set(seen.slice(200))).toEqual(new Set([undefined]));
    wait(1000);
    expect(second!(here(site))?.line).toBe(2);
  });
});

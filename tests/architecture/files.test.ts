import { describe, expect, it } from 'vitest';
import { sourcesIn, withoutComments } from './sources.ts';

const CODE = ['.ts', '.tsx', '.mjs', '.js', '.css'];

describe('files', () => {
  it('has no file of more than 500 lines', () => {
    const long = sourcesIn('.', CODE)
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 500);
    expect(long).toEqual([]);
  });

  it('names colours only in the tokens', () => {
    const colour = /#[0-9a-f]{3,8}\b(?=[^{]*;)|\b(rgba?|hsla?|oklch|oklab)\(/gi;
    const quoted = /(?<=['"`])(#[0-9a-f]{3,8}|(rgba?|hsla?|oklch)\([^'"`]*\))(?=['"`])/gi;
    const [tokens] = sourcesIn('client/ui', ['tokens.css']);
    const found = sourcesIn('client', ['.css', '.ts', '.tsx', '.html'])
      .filter(({ path }) => path !== tokens!.path && !/\.test\.tsx?$/.test(path))
      .flatMap(({ path, text }) =>
        (withoutComments(text).match(path.endsWith('.css') ? colour : quoted) ?? [])
          // The browser's own frame (theme-color) is no style sheet: there a token's value is repeated.
          .filter((value) => !(path === 'client/index.html' && tokens!.text.toLowerCase().includes(value)))
          // No colour at all, for an editor that only reads hex.
          .filter((value) => value !== '#00000000')
          .map((value) => `${path}: ${value}`),
      );
    expect(found).toEqual([]);
  });

  it('defines in the tokens the colours of both themes', () => {
    const [tokens] = sourcesIn('client/ui', ['tokens.css']);
    expect(tokens?.text.match(/--paper:\s*#/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('names no package registry, so that each installs from its own', () => {
    const hosts = sourcesIn('.', [...CODE, '.json', '.md', '.npmrc']).filter(({ text }) =>
      /registry\.[\w-]+\.\w+/.test(text),
    );
    expect(hosts.map(({ path }) => path)).toEqual([]);
    const [lock] = sourcesIn('.', ['package-lock.json']);
    expect(lock?.text).not.toContain('"resolved"');
  });

  it('locks the native parts of every platform, without which npm ci refuses the lockfile', () => {
    const [lock] = sourcesIn('.', ['package-lock.json']);
    const { packages } = JSON.parse(lock!.text) as {
      packages: Record<string, { version: string; optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });
});

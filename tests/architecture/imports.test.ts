import { describe, expect, it } from 'vitest';
import { importsOf, programsIn, type Source, withoutComments } from './sources.ts';

const client = programsIn('client');
const server = programsIn('server');
const lessons = programsIn('lessons');

/** Files that are an agreement between folders, not part of one. */
const CONTRACT = /\/(protocol|contract|records|run)\.ts$/;
/** Besides, dissect has a door for those on this side of its worker, with DOM types. */
const DOOR = /^[^/]+\/[^/]+\/(index\.tsx?|plugin\.ts)$|^client\/dissect\/client\.ts$/;

/** Programs that server and page share. */
const SHARED: ReadonlySet<string> = new Set(['server/console/freeze.ts', 'server/labs/addresses.ts']);

/** `client/wire` of `client/wire/a/b.ts`; null for a file that lies directly in `client`. */
function folderOf(path: string): string | null {
  const parts = path.split('/');
  return parts.length > 2 ? parts.slice(0, 2).join('/') : null;
}

/** Every import that `allowed` refuses, as `importer -> imported`. */
function refused(sources: Source[], allowed: (imported: string, importer: Source) => boolean): string[] {
  return sources.flatMap((source) =>
    importsOf(source)
      .filter((imported) => !allowed(imported, source))
      .map((imported) => `${source.path} -> ${imported}`),
  );
}

describe('imports', () => {
  it('reads imports of every form', () => {
    const text = `import a from './a.ts'; import type { B } from '../x/b.ts'; import './c.css';
      export { d } from './d.ts'; const e = import('#protocol/labs'); import n from 'node:net'; import r from './r.js?raw';`;
    expect(importsOf({ path: 'client/wire/file.ts', text })).toEqual([
      'client/wire/a.ts',
      'client/x/b.ts',
      'client/wire/c.css',
      'client/wire/d.ts',
      'server/labs/protocol.ts',
      'node:net',
      'client/wire/r.js',
    ]);
  });

  it('lets the client have of the server only its protocols, the console freezer and the lab’s addresses', () => {
    const allowed = /^server\/(\w+\/protocol|console\/freeze|labs\/addresses)\.ts$/;
    expect(refused(client, (imported) => !imported.startsWith('server/') || allowed.test(imported))).toEqual(
      [],
    );
  });

  it('lets the server have of the client only what a page tells the app', () => {
    expect(
      refused(
        server,
        (imported) => !imported.startsWith('client/') || imported === 'client/stage/protocol.ts',
      ),
    ).toEqual([]);
  });

  it('lets lessons import neither client nor server', () => {
    expect(refused(lessons, (imported) => !/^(client|server)\//.test(imported))).toEqual([]);
  });

  it('enters a folder only through its door or its contract', () => {
    const entersByDoor = (imported: string, importer: Source) => {
      const target = folderOf(imported);
      if (!/^(client|server)\//.test(imported) || target === null || target === folderOf(importer.path))
        return true;
      if (SHARED.has(imported)) return true;
      return (
        DOOR.test(imported) ||
        CONTRACT.test(imported) ||
        imported.endsWith('.css') ||
        imported.endsWith('.json')
      );
    };
    expect(refused([...client, ...server], entersByDoor)).toEqual([]);
  });

  it('gives every folder a door that says what goes in, what comes out, and what it knows nothing of', () => {
    const folders = new Set(
      [...client, ...server].map(({ path }) => folderOf(path)).filter((f) => f !== null),
    );
    const lacking = [...folders].filter((folder) => {
      const doors = [...client, ...server].filter(
        ({ path }) => folderOf(path) === folder && (DOOR.test(path) || CONTRACT.test(path)),
      );
      return !doors.some(
        ({ text }) => /\bIn\b/.test(text) && /\bOut\b/.test(text) && /[Kk]nows nothing of/.test(text),
      );
    });
    expect(lacking).toEqual([]);
  });

  it('keeps the dissectors free of React, the DOM and Node', () => {
    const dissect = client.filter(({ path }) => path.startsWith('client/dissect/'));
    expect(dissect.length).toBeGreaterThan(0);
    expect(
      refused(dissect, (imported) => imported.startsWith('client/dissect/') || CONTRACT.test(imported)),
    ).toEqual([]);
  });

  it('speaks the binary interface of the engine in one folder', () => {
    const speakers = server.filter(({ text }) => /\bqjs_\w+|from 'quickjs-wasi/.test(withoutComments(text)));
    const folders = new Set(speakers.map(({ path }) => path.slice(0, path.lastIndexOf('/'))));
    expect([...folders]).toEqual(['server/sandbox/engine']);
  });

  it('reads the environment in one file', () => {
    const readers = server.filter(
      ({ path, text }) =>
        !path.startsWith('server/sandbox/guest/') && /\bprocess\.env\b/.test(withoutComments(text)),
    );
    expect(readers.map(({ path }) => path)).toEqual(['server/main.ts']);
  });
});

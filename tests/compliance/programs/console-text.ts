/** What console and process print. */
import type { Program } from '../program.ts';

export const consoleText: Program[] = [
  {
    title: 'draws tables of objects',
    code: `console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]); console.table({ r: { v: 1 }, s: { v: 2 } }); console.table([{ a: 1, b: 2 }], ['b']);`,
  },
  {
    title: 'draws tables of lists, maps and sets',
    code: `console.table([[1, 2], [3, 4]]); console.table(['p', 'q']); console.table(new Map([['k', 1]])); console.table(new Set([1])); console.table(5); console.table([]);`,
  },
  {
    title: 'indents groups, also of several lines',
    code: `console.group('G'); console.log('in'); console.log('two\\nlines'); console.groupCollapsed('H'); console.warn('deep'); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log('out');`,
  },
  {
    title: 'counts by label',
    code: `console.count(); console.count('x'); console.count(); console.countReset(); console.count(); console.count(undefined);`,
  },
  {
    title: 'warns of labels it does not know',
    code: `console.countReset('none'); console.timeEnd('none'); console.timeLog('none'); console.time('t'); console.time('t');`,
  },
  {
    title: 'asserts without throwing',
    code: `console.assert(true, 'no'); console.assert(false); console.assert(0, 'yes %d', 5); console.assert(null, 'a', 'b');`,
  },
  {
    title: 'formats the first text',
    code: `console.log('%s is %d', 'x', 5, 'more'); console.log('%o', 1, '%s'); console.error('%i%%', 5.9); console.log('%s'); console.log('a%', 1);`,
  },
  {
    title: 'prints primitives side by side',
    code: `console.log(1, 'a', true, null, undefined, 10n, Symbol('s'), -0, NaN); console.log(); console.log('');`,
  },
  {
    title: 'dirs with options',
    code: `console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 5 });`,
  },
  {
    title: 'puts writes to standard output together',
    code: `process.stdout.write('par'); process.stdout.write('tial\\nnext'); process.stdout.write('\\n'); process.stdout.write(Buffer.from('bytes\\n')); console.log(process.stdout.isTTY, typeof process.stdout.write('')); try { process.stdout.write(5) } catch (e) { console.log(e.code) }`,
  },
  {
    title: 'emits warnings with codes and details',
    code: `process.on('warning', (w) => console.log(w.name, w.code, w.message, w.detail)); process.emitWarning('careful'); process.emitWarning('again', { code: 'C1', detail: 'more about it' }); process.emitWarning('typed', 'CustomWarning', 'C2'); process.emitWarning(new Error('own'));`,
  },
  {
    title: 'tells about the process',
    code: `console.log(process.platform, typeof process.pid, process.argv.length, process.cwd(), process.env.PAGE_ORIGIN, process.env.HOME, typeof process.memoryUsage().heapUsed, typeof process.hrtime.bigint(), process.hrtime([0, 0]).length, process.uptime() < 60, typeof process.version, process.release.name, process.execArgv.length >= 0);`,
  },
  {
    title: 'measures durations that are plausible',
    code: `console.time('a'); const t = process.hrtime(); const d = process.hrtime(t); console.log(d[0], d[1] >= 0, process.hrtime.bigint() > 0n, performance.now() > 0, performance.timeOrigin > 1e12);`,
  },
];

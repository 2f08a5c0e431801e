/** The order of timers, ticks, microtasks and immediates. */
import { handler, last, type Program } from '../program.ts';

export const timers: Program[] = [
  {
    title: 'runs ticks before microtasks, and both before timers',
    code: `setTimeout(() => console.log('timeout'), 1); Promise.resolve().then(() => console.log('micro')); process.nextTick(() => console.log('tick')); queueMicrotask(() => console.log('queued')); console.log('sync');`,
  },
  {
    title: 'finishes all ticks before the next microtask',
    code: `Promise.resolve().then(() => { console.log('m1'); process.nextTick(() => console.log('t3')) }).then(() => console.log('m2')); process.nextTick(() => { console.log('t1'); process.nextTick(() => console.log('t2')) });`,
  },
  {
    title: 'gives callbacks their arguments',
    code: `setTimeout((a, b) => console.log(a, b), 300, 'x', 2); setImmediate((a) => console.log(a), 'i'); process.nextTick((a) => console.log(a), 't');`,
  },
  {
    title: 'fires timers by their time, and equals in order of setting',
    code: `setTimeout(console.log, 400, 'later'); setTimeout(console.log, 150, 'sooner'); setTimeout(console.log, 150, 'sooner too'); setTimeout(console.log, 1, 'one'); setTimeout(console.log, 0, 'zero');`,
  },
  {
    title: 'clears timers, also from inside',
    code: `let n = 0; const t = setInterval(() => { console.log(++n); if (n === 3) clearInterval(t) }, 2); const dead = setTimeout(() => console.log('never'), 1); clearTimeout(dead); clearImmediate(setImmediate(() => console.log('never'))); clearTimeout(undefined); clearTimeout({});`,
  },
  {
    title: 'runs immediates set in immediates one round later',
    code: `setImmediate(() => { console.log(1); setImmediate(() => console.log(3)); process.nextTick(() => console.log('tick')) }); setImmediate(() => console.log(2));`,
  },
  {
    title: 'ends when only unreferenced timers are left',
    code: `const t = setTimeout(() => console.log('never'), 1000); t.unref(); console.log(t.hasRef()); setTimeout(() => console.log('last'), 2);`,
  },
  {
    title: 'refreshes a timer',
    code: `const t = setTimeout(() => console.log('refreshed'), 20); setTimeout(() => { console.log('first'); t.refresh() }, 10); setTimeout(() => console.log('between'), 25);`,
  },
  {
    title: 'waits by timers/promises',
    code: `const { setTimeout: wait, setImmediate: soon, setInterval: every } = require('timers/promises'); (async () => { console.log(await wait(2, 'value')); console.log(await soon('now')); let n = 0; for await (const v of every(1, 'v')) { console.log(v); if (++n === 2) break } try { await wait(50, 0, { signal: AbortSignal.abort() }) } catch (e) { console.log(e.name, e.code) } })();`,
  },
  {
    title: 'refuses callbacks that are none',
    code: `for (const f of [() => setTimeout('x'), () => setImmediate(), () => process.nextTick(5), () => queueMicrotask(null)]) try { f() } catch (e) { console.log(e.name, e.code) }`,
  },
  {
    title: 'orders awaits like promises',
    code: `(async () => { console.log('a1'); await null; console.log('a2'); await new Promise((r) => setImmediate(r)); console.log('a3') })(); (async () => { console.log('b1'); await null; console.log('b2') })(); console.log('sync');`,
  },
  {
    title: 'runs beforeExit and exit last',
    code: `let again = true; process.on('beforeExit', (code) => { console.log('beforeExit', code); if (again) { again = false; setTimeout(() => console.log('more'), 1) } }); process.on('exit', (code) => console.log('exit', code)); console.log('main');`,
  },
  {
    title: 'ends with the code given',
    code: `process.on('exit', (c) => console.log('exit', c)); process.exitCode = 3; setTimeout(() => {}, 1);`,
  },
  {
    title: 'exits at once by process.exit',
    code: `process.on('exit', (c) => console.log('exit', c)); setTimeout(() => console.log('never'), 1); process.nextTick(() => console.log('never')); process.exit(2);`,
  },
  {
    title: 'answers after timers and immediates in a handler',
    code: handler(
      `setImmediate(() => { res.write('i'); setTimeout(() => { res.write('t'); process.nextTick(() => res.end('n')) }, 1) })`,
    ),
    send: [last()],
  },
  {
    title: 'hears uncaught errors by process events',
    code: `process.on('uncaughtException', (e, origin) => console.log(e.message, origin)); process.on('unhandledRejection', (r) => console.log('rejected', r.message)); setTimeout(() => { throw new Error('thrown') }, 1); setTimeout(() => Promise.reject(new Error('alone')), 3); setTimeout(() => console.log('goes on'), 10);`,
  },
];

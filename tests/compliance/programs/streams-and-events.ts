/** Order of events, callbacks and timers around a response. */
import { asyncHandler, handler, last, type Program } from '../program.ts';

export const streamsAndEvents: Program[] = [
  {
    title: 'events of a response',
    code: handler(
      `for (const n of ['finish', 'close']) res.on(n, () => console.log(n, res.writableFinished, res.headersSent)); res.on('prefinish', () => console.log('prefinish')); res.end('x'); console.log(res.writableEnded, res.finished)`,
    ),
    send: [last()],
  },
  {
    title: 'the callback of end',
    code: handler(`res.end('x', () => console.log('callback', res.writableEnded)); console.log('sync')`),
    send: [last()],
  },
  {
    title: 'write callbacks',
    code: handler(
      `res.write('a', () => console.log('a')); res.write('b', 'utf8', () => console.log('b')); res.end(() => console.log('end'))`,
    ),
    send: [last()],
  },
  {
    title: 'a long buffer in pieces, waiting for drain',
    code: asyncHandler(
      `for (let i = 0; i < 40; i++) if (!res.write(Buffer.alloc(20000, 65 + i % 26))) await new Promise((r) => res.once('drain', r)); res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'timers, ticks and promises in order',
    code: handler(
      `setImmediate(() => console.log('immediate')); setTimeout(() => { console.log('timeout'); res.end() }, 5); process.nextTick(() => console.log('tick')); Promise.resolve().then(() => { console.log('micro'); process.nextTick(() => console.log('tick in micro')); }).then(() => console.log('micro 2')); console.log('sync')`,
    ),
    send: [last()],
  },
];

/** stream, events and string_decoder. */
import { handler, post, type Program } from '../program.ts';

export const streams: Program[] = [
  {
    title: 'pipes through a transform, chunk by chunk',
    code: `const { Readable, Transform, Writable } = require('stream'); const up = new Transform({ transform(c, e, done) { done(null, String(c).toUpperCase()) } }); const out = []; Readable.from(['a', 'b', 'c']).pipe(up).pipe(new Writable({ write(c, e, done) { out.push(String(c)); done() }, final(done) { console.log(out.join('-')); done() } })).on('finish', () => console.log('finish')).on('close', () => console.log('close'));`,
  },
  {
    title: 'reports the end or the error of a pipeline',
    code: `const { pipeline, Readable, PassThrough } = require('stream'); pipeline(Readable.from(['x']), new PassThrough(), async function (s) { for await (const c of s) console.log(String(c)) }, (e) => console.log('done', e)); pipeline(new Readable({ read() { this.destroy(new Error('broken')) } }), new PassThrough(), (e) => console.log(e.message));`,
  },
  {
    title: 'awaits pipelines and ends',
    code: `const { pipeline, finished } = require('stream/promises'); const { Readable, PassThrough } = require('stream'); (async () => { const p = new PassThrough(); p.resume(); await pipeline(Readable.from([Buffer.from('z')]), p); console.log('piped', p.destroyed); const r = Readable.from([]); r.resume(); await finished(r); console.log('finished') })();`,
  },
  {
    title: 'tells a full writable from one with room',
    code: `const { Writable } = require('stream'); const w = new Writable({ highWaterMark: 3, write(c, e, done) { setImmediate(done) } }); console.log(w.write('ab'), w.write('cd'), w.writableLength, w.writableNeedDrain); w.on('drain', () => { console.log('drain', w.writableLength); w.end() }); w.on('finish', () => console.log('finish'));`,
  },
  {
    title: 'reads in flowing and paused mode',
    code: `const { Readable } = require('stream'); const r = new Readable({ read() {} }); r.push('abc'); r.push('def'); console.log(r.readableFlowing, String(r.read(2)), r.readableLength); r.on('data', (c) => { console.log(String(c)); r.pause(); setImmediate(() => r.resume()) }); r.on('end', () => console.log('end')); r.push(null);`,
  },
  {
    title: 'passes objects in object mode',
    code: `const { Readable, Transform } = require('stream'); Readable.from([{ n: 1 }, { n: 2 }]).pipe(new Transform({ objectMode: true, transform(o, e, done) { done(null, { n: o.n * 10 }) } })).on('data', (o) => console.log(o.n)).on('end', () => console.log('end'));`,
  },
  {
    title: 'destroys with an error',
    code: `const { Readable } = require('stream'); const r = new Readable({ read() {}, destroy(e, done) { console.log('destroy', e.message); done(e) } }); r.on('error', (e) => console.log('error', e.message, r.destroyed)); r.on('close', () => console.log('close')); r.destroy(new Error('why')); console.log('sync');`,
  },
  {
    title: 'splits characters by setEncoding',
    code: `const { PassThrough } = require('stream'); const p = new PassThrough(); p.setEncoding('utf8'); p.on('data', (t) => console.log(JSON.stringify(t))); p.write(Buffer.from([0xe4, 0xbd])); p.write(Buffer.from([0xa0, 0x61])); p.end();`,
  },
  {
    title: 'decodes split characters',
    code: `const { StringDecoder } = require('string_decoder'); const d = new StringDecoder('utf8'); console.log(JSON.stringify([d.write(Buffer.from([0xf0, 0x9f])), d.write(Buffer.from([0x98, 0x80])), d.end(Buffer.from([0xc3]))])); const b = new StringDecoder('base64'); console.log(b.write(Buffer.from('ab')), b.end()); const h = new StringDecoder('hex'); console.log(h.write(Buffer.from([1, 255])));`,
  },
  {
    title: 'ends a duplex on both sides',
    code: `const { Duplex } = require('stream'); const d = new Duplex({ read() { this.push('r'); this.push(null) }, write(c, e, done) { console.log('wrote', String(c)); done() } }); d.on('data', (c) => console.log('read', String(c))); for (const n of ['end', 'finish', 'close']) d.on(n, () => console.log(n)); d.end('w');`,
  },
  {
    title: 'emits to listeners in order, once and first',
    code: `const { EventEmitter } = require('events'); const e = new EventEmitter(); e.on('x', (v) => console.log('on', v)); e.once('x', (v) => console.log('once', v)); e.prependListener('x', (v) => console.log('first', v)); console.log(e.emit('x', 1), e.emit('x', 2), e.emit('nobody'), e.listenerCount('x'));`,
  },
  {
    title: 'tells of new and removed listeners',
    code: `const { EventEmitter } = require('events'); const e = new EventEmitter(); e.on('newListener', (n) => console.log('new', n)); e.on('removeListener', (n) => console.log('gone', n)); const f = () => {}; e.on('a', f); e.off('a', f); e.once('b', f); e.emit('b'); e.removeAllListeners(); console.log(e.eventNames().length);`,
  },
  {
    title: 'throws errors nobody listens for',
    code: `const { EventEmitter } = require('events'); const e = new EventEmitter(); try { e.emit('error', new Error('alone')) } catch (x) { console.log(x.message) } try { e.emit('error', 'text') } catch (x) { console.log(x.code, x.message) } try { e.emit('error', { a: 1 }) } catch (x) { console.log(x.code, x.message) } try { e.on('x', 5) } catch (x) { console.log(x.code, x.message) }`,
  },
  {
    title: 'waits for events by once and on',
    code: `const { once, on, EventEmitter } = require('events'); const e = new EventEmitter(); (async () => { setTimeout(() => e.emit('a', 1), 1); console.log(await once(e, 'a')); setTimeout(() => { e.emit('b', 1); e.emit('b', 2) }, 1); let n = 0; for await (const [v] of on(e, 'b')) { console.log(v); if (++n === 2) break } setTimeout(() => e.emit('error', new Error('bad')), 1); try { await once(e, 'never') } catch (x) { console.log(x.message) } })().then(() => console.log('over'));`.replace(
      'console.log(await once',
      'console.log(...await once',
    ),
  },
  {
    title: 'inherits from EventEmitter the old way',
    code: `const { EventEmitter } = require('events'); const util = require('util'); function Old() { EventEmitter.call(this) } util.inherits(Old, EventEmitter); const o = new Old(); o.on('x', function (v) { console.log(v, this === o) }); o.emit('x', 1); console.log(o instanceof EventEmitter, Old.super_ === EventEmitter);`,
  },
  {
    title: 'sends a request body through zlib and back',
    code: `const zlib = require('zlib'); const { pipeline } = require('stream'); ${handler(`pipeline(req, zlib.createGzip(), zlib.createGunzip(), res, (e) => console.log('piped', e))`)}`,
    send: [post('through and through')],
  },
  {
    title: 'iterates a readable with breaks',
    code: `const { Readable } = require('stream'); (async () => { const r = Readable.from(['a', 'b', 'c']); for await (const c of r) { console.log(c); if (c === 'b') break } console.log(r.destroyed) })();`,
  },
];

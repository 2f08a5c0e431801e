/** Modules beside http. */
import { asyncHandler, handler, last, type Program } from '../program.ts';

export const library: Program[] = [
  {
    title: 'url, querystring and path',
    code: `const url = require('url'), qs = require('querystring'), path = require('path'); ${handler(`const u = url.parse(req.url, true); console.log(u.pathname, u.search, JSON.stringify(u.query), u.path, u.href); const w = new URL(req.url, 'http://x'); console.log(w.searchParams.getAll('a').join(), w.pathname, qs.stringify({ a: [1, 'b c'], d: true }), path.extname('a/b.html'), path.join('/a', '../b')); res.end()`)}`,
    send: [last('/p/q?a=1&a=2&b=%20x+y')],
  },
  {
    title: 'util and events',
    code: `const util = require('util'), { EventEmitter, once } = require('events'); ${asyncHandler(`const e = new EventEmitter(); setTimeout(() => e.emit('go', 1, 2), 1); console.log((await once(e, 'go')).join()); console.log(util.format('%s %d %j', 'a', 1.5, { b: 1 }), util.inspect({ a: [1, { b: 2 }], s: 'q' }), util.isDeepStrictEqual({ a: 1 }, { a: 1 })); e.on('error', (x) => console.log('handled', x.message)); e.emit('error', new Error('m')); console.log(e.listenerCount('error'), e.eventNames().join()); res.end()`)}`,
    send: [last()],
  },
  {
    title: 'Buffer',
    code: handler(
      `const b = Buffer.from('h\\u00e4'); console.log(b.length, b.toString('hex'), b.toString('base64'), b.toString('base64url'), Buffer.concat([b, Buffer.alloc(2)]).toString('latin1').length, Buffer.byteLength('\\u4f60'), b.slice(1).length, Buffer.isBuffer(b), b.readUInt8(0), Buffer.from('aGk', 'base64').toString(), JSON.stringify(b), b.equals(Buffer.from(b)), b.indexOf('\\u00e4')); res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'STATUS_CODES and METHODS',
    code: handler(`res.end(http.STATUS_CODES[418] + http.METHODS.length)`),
    send: [last()],
  },
];

/** Buffers, URLs, query strings and paths. */
import type { Program } from '../program.ts';

export const text: Program[] = [
  {
    title: 'encodes and decodes in every encoding',
    code: `for (const e of ['utf8', 'utf-8', 'hex', 'base64', 'base64url', 'latin1', 'binary', 'ascii', 'ucs2', 'utf16le']) { const b = Buffer.from('h\\u00e4 \\u4f60!', e); console.log(e, b.toString('hex'), JSON.stringify(Buffer.from([104, 228, 255, 0]).toString(e)), Buffer.byteLength('abc=', e)) }`,
  },
  {
    title: 'reads and writes numbers in buffers',
    code: `const b = Buffer.alloc(16); b.writeUInt32BE(0xdeadbeef, 0); b.writeInt16LE(-2, 4); b.writeDoubleBE(1.5, 8); b.writeUIntBE(0x123456, 5, 3); console.log(b.toString('hex'), b.readUInt32BE(0), b.readInt16LE(4), b.readDoubleBE(8), b.readInt8(0), b.readUIntBE(5, 3), b.readBigUInt64BE(8)); try { b.readUInt8(99) } catch (e) { console.log(e.name, e.code) }`,
  },
  {
    title: 'searches, compares, fills and swaps buffers',
    code: `const b = Buffer.from('hello world'); console.log(b.indexOf('o'), b.lastIndexOf('o'), b.includes('wor'), b.indexOf(Buffer.from('ld')), Buffer.compare(Buffer.from('a'), Buffer.from('b')), b.equals(Buffer.from('hello world')), Buffer.alloc(5, 'ab').toString(), Buffer.from('0102', 'hex').swap16().toString('hex'), b.subarray(0, 5).toString(), b.slice(-5).toString());`,
  },
  {
    title: 'shares memory between slices, and copies by from',
    code: `const b = Buffer.from('abc'); const s = b.subarray(1); s[0] = 88; const c = Buffer.from(b); c[0] = 89; console.log(b.toString(), c.toString(), b.copy(c, 1, 0, 2), c.toString(), Buffer.concat([b, c], 4).toString(), Buffer.isBuffer(s), s instanceof Uint8Array);`,
  },
  {
    title: 'shows buffers as JSON and in inspect',
    code: `console.log(JSON.stringify(Buffer.from('hi')), require('util').inspect(Buffer.from('hi')), require('util').inspect(Buffer.alloc(60)), String(Buffer.from('x')));`,
  },
  {
    title: 'replaces bytes that are no UTF-8',
    code: `for (const bytes of [[0xc3], [0xe4, 0xbd], [0xff, 0x61], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80], [0xc0, 0x80]]) console.log(JSON.stringify(Buffer.from(bytes).toString()), JSON.stringify(new TextDecoder().decode(new Uint8Array(bytes)))); try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])) } catch (e) { console.log(e.name, e.code) }`,
  },
  {
    title: 'makes U+FFFD of surrogates that stand alone, in short and in long text',
    code: `for (const n of [1, 600]) { const t = 'h\\ud83d\\ude00 \\ud83d \\ude00\\ud83d'.repeat(n); console.log(Buffer.byteLength(t), Buffer.from(t).length, new TextEncoder().encode(t).length, Buffer.from(t).subarray(0, 17).toString('hex'), Buffer.from(t).toString() === t.toWellFormed()) }`,
  },
  {
    title: 'warns once of new Buffer',
    code: `console.log(new Buffer('abc').toString('hex'), new Buffer(2).length, Buffer('x').length);`,
  },
  {
    title: 'refuses what no buffer can be made of',
    code: `for (const v of [5, null, undefined, {}, true, Symbol('s')]) try { Buffer.from(v) } catch (e) { console.log(e.name, e.code) } for (const v of [-1, 'x', NaN]) try { Buffer.alloc(v) } catch (e) { console.log(e.name, e.code) }`,
  },
  {
    title: 'parses URLs the WHATWG way',
    code: `for (const [u, b] of [['http://u:p@h.example:80/a/../b?x=1#f'], ['/p?q', 'http://h:81/x/y'], ['//other/z', 'https://h'], ['HTTP://EXAMPLE.com/%7Efoo/ü']]) { const x = new URL(u, b); console.log(x.href, x.origin, x.host, x.port, x.pathname, x.search, x.hash, x.username) } try { new URL('nope') } catch (e) { console.log(e.name, e.code, e.message) } console.log(URL.canParse('http://a'), URL.canParse('b'));`,
  },
  {
    title: 'changes parts of a URL',
    code: `const u = new URL('http://h/a'); u.pathname = '/b c'; u.searchParams.append('k', 'v w'); u.searchParams.append('k', '2'); u.hash = 'top'; u.port = '8080'; u.protocol = 'https'; console.log(u.href, u.searchParams.getAll('k').join(), JSON.stringify(u), u + '');`,
  },
  {
    title: 'edits search parameters',
    code: `const p = new URLSearchParams('?a=1&b=2&a=3&c=%20+x'); console.log(p.get('c'), p.has('a', '3'), p.size, [...p.keys()].join()); p.delete('a', '1'); p.set('b', 'é&='); p.sort(); console.log(p.toString(), Object.fromEntries(p).b, new URLSearchParams({ x: 1, y: 'z' }) + '', new URLSearchParams([['q', 'r']]).get('q'));`,
  },
  {
    title: 'parses URLs the old way',
    code: `const url = require('url'); for (const u of ['http://u:p@h:80/a?b=c#d', '/path?x=1&x=2', '//h/p', 'mailto:a@b', '?q', 'HTTP://H/ P']) { const p = url.parse(u, true); console.log(p.protocol, p.auth, p.host, p.hostname, p.port, p.pathname, p.search, p.hash, p.href, JSON.stringify(p.query)) } console.log(url.format({ protocol: 'http', host: 'h', pathname: '/p', query: { a: 1 } }), url.resolve('/one/two/three', 'four'), url.resolve('http://h/a/b', '../c'));`,
  },
  {
    title: 'reads and writes query strings',
    code: `const qs = require('querystring'); console.log(JSON.stringify(qs.parse('a=1&a=2&b=%E4%BD%A0&c&=d&e=f+g&bad=%')), qs.stringify({ a: ['x', 'y z'], b: 1, c: true, d: null, e: '', f: 'ä' }), qs.stringify({ a: 1, b: 2 }, ';', ':'), JSON.stringify(qs.parse('a:1;b:2', ';', ':')), qs.escape('a b&c'), qs.unescape('%20x'));`,
  },
  {
    title: 'joins, resolves and takes paths apart',
    code: `const path = require('path'); console.log(path.join('/a', '..', 'b', './c'), path.resolve('/x', 'y', '../z'), path.normalize('/a//b/../c/.'), path.basename('/q/w.html', '.html'), path.extname('.bashrc'), path.extname('a.b.c'), path.dirname('/a/b/'), path.isAbsolute('a'), path.relative('/a/b', '/a/c/d'), JSON.stringify(path.parse('/home/u/f.txt')), path.format({ dir: '/d', base: 'b.e' }), path.sep, path.delimiter);`,
  },
  {
    title: 'encodes and decodes text',
    code: `const e = new TextEncoder(); console.log(Buffer.from(e.encode('ä😀')).toString('hex'), JSON.stringify(e.encodeInto('a😀b', new Uint8Array(4))), new TextDecoder('utf-16le').decode(Buffer.from('6100', 'hex')), new TextDecoder('latin1').encoding); const d = new TextDecoder(); console.log(d.decode(new Uint8Array([0xe4, 0xbd]), { stream: true }) + d.decode(new Uint8Array([0xa0]))); console.log(atob('aGk='), btoa('hi'));`,
  },
];

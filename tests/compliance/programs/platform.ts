/** Web platform classes and language forms that a server has. */
import type { Program } from '../program.ts';

export const platform: Program[] = [
  {
    title: 'aborts by controller and signal',
    code: `const ac = new AbortController(); ac.signal.onabort = (e) => console.log('on', e.type, ac.signal.reason.name, ac.signal.reason.code, ac.signal.reason.message); ac.signal.addEventListener('abort', () => console.log('listener'), { once: true }); ac.abort(); ac.abort(); console.log(ac.signal.aborted); try { AbortSignal.abort('r').throwIfAborted() } catch (e) { console.log(e) } console.log(AbortSignal.any([AbortSignal.abort(1)]).reason);`,
  },
  {
    title: 'aborts after a time',
    code: `const s = AbortSignal.timeout(3); s.addEventListener('abort', () => console.log(s.reason.name, s.reason.code, s.reason.message)); setTimeout(() => {}, 30);`,
  },
  {
    title: 'dispatches events to targets',
    code: `const t = new EventTarget(); t.addEventListener('x', (e) => { console.log(e.type, e.target === t, e.cancelable, e instanceof Event); e.preventDefault() }); t.addEventListener('x', { handleEvent(e) { console.log('object', e.defaultPrevented); e.stopImmediatePropagation() } }); t.addEventListener('x', () => console.log('never')); console.log(t.dispatchEvent(new Event('x', { cancelable: true })), t.dispatchEvent(new CustomEvent('y', { detail: 5 })), new CustomEvent('y', { detail: 5 }).detail);`,
  },
  {
    title: 'clones structures',
    code: `const s = structuredClone; const a = { d: new Date(0), m: new Map([[1, { x: 2 }]]), s: new Set([1]), r: /x/g, b: new Uint8Array([1, 2]), n: null, e: new RangeError('m') }; a.self = a; const c = s(a); console.log(c.self === c, c.m.get(1).x, c.d.getTime(), c.r.flags, c.b[1], c.e.name, c.e.message, c.e instanceof RangeError); for (const v of [() => {}, Symbol('s'), Promise.resolve()]) try { s(v) } catch (e) { console.log(e.name, e.code, e.message) }`,
  },
  {
    title: 'keeps marks and measures',
    code: `performance.mark('a'); performance.mark('b', { detail: 5 }); const m = performance.measure('ab', 'a', 'b'); console.log(m.name, m.entryType, m.duration >= 0, performance.getEntriesByType('mark').length, performance.getEntriesByName('ab').length, performance.getEntriesByName('b')[0].detail, performance.getEntries().length); performance.clearMarks('a'); console.log(performance.getEntries().length); try { performance.measure('q', 'nope') } catch (e) { console.log(e.name, e.message) }`,
  },
  {
    title: 'writes dates in languages',
    code: `const d = new Date(Date.UTC(2024, 1, 29, 13, 5, 9)); for (const l of ['en-US', 'de-DE', 'zh-CN', 'fr']) console.log(d.toLocaleString(l, { timeZone: 'UTC' }), '|', d.toLocaleDateString(l, { dateStyle: 'full', timeZone: 'UTC' }), '|', d.toLocaleTimeString(l, { timeZone: 'Asia/Shanghai' })); console.log(new Date(NaN).toLocaleString()); try { d.toLocaleString('x-', {}) } catch (e) { console.log(e.name, e.message) }`,
  },
  {
    title: 'writes numbers in languages',
    code: `console.log((1234567.891).toLocaleString('en-US'), (1234567.891).toLocaleString('de-DE'), (0.256).toLocaleString('en', { style: 'percent' }), (5).toLocaleString('de-DE', { style: 'currency', currency: 'EUR' }), (12n ** 20n).toLocaleString('en'), new Intl.NumberFormat('fr').format(1234.5), NaN.toLocaleString('en'), (1e21).toLocaleString('en'), (-0).toLocaleString('en')); try { (1).toLocaleString('en', { style: 'currency' }) } catch (e) { console.log(e.name, e.message) }`,
  },
  {
    title: 'sorts and formats by Intl',
    code: `console.log(['b', 'a', 'ä', 'C'].sort((x, y) => x.localeCompare(y)).join(), ['z', 'ä'].sort(new Intl.Collator('sv').compare).join(), new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(0), Intl.DateTimeFormat('en').resolvedOptions().locale, new Intl.PluralRules('en').select(1), new Intl.RelativeTimeFormat('en').format(-1, 'day'), new Intl.ListFormat('en').format(['a', 'b', 'c']), 'a'.localeCompare('B', 'en', { sensitivity: 'base' }));`,
  },
  {
    title: 'digests, with updates, copies and encodings',
    code: `const c = require('crypto'); for (const a of ['md5', 'sha1', 'sha256', 'sha512', 'SHA384', 'sha3-256', 'ripemd160']) console.log(a, c.createHash(a).update('h\\u00e4').update(Buffer.from([1, 2])).update('ff', 'hex').digest('hex')); const h = c.createHash('sha1').update('a'); const k = h.copy(); console.log(h.digest('base64'), k.update('b').digest('base64url'), c.createHash('shake128', { outputLength: 4 }).digest('hex'), c.createHash('sha1').digest().length, c.createHash('sha1').update('dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64'));`,
  },
  {
    title: 'makes HMACs',
    code: `const c = require('crypto'); console.log(c.createHmac('sha256', 'key').update('data').digest('hex'), c.createHmac('md5', Buffer.from('k')).update(new Uint8Array([1])).digest('base64'), c.createHmac('sha1', 'k').digest('latin1').length);`,
  },
  {
    title: 'refuses what crypto cannot do',
    code: `const c = require('crypto'); const t = (f) => { try { console.log(String(f())) } catch (e) { console.log(e.name, e.code, e.message) } }; t(() => c.createHash('nope')); t(() => c.createHmac('nope', 'k')); t(() => c.createHash('sha1').update(5)); t(() => c.createHmac('sha1')); t(() => { const h = c.createHash('sha1'); h.digest(); h.update('a') }); t(() => c.timingSafeEqual(Buffer.from('a'), Buffer.from('ab'))); t(() => c.timingSafeEqual(Buffer.from('a'), Buffer.from('a'))); t(() => c.randomInt(5, 5)); t(() => c.randomBytes(-1)); t(() => c.getRandomValues(new Float32Array(1)));`,
  },
  {
    title: 'draws random values of the right form',
    code: `const c = require('crypto'); c.randomBytes(4, (e, b) => console.log(e, b.length)); console.log(c.randomBytes(70000).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(c.randomUUID()), c.randomInt(5) < 5, c.randomInt(3, 4), c.webcrypto.getRandomValues(new Uint16Array(3)).length, c.randomFillSync(Buffer.alloc(3)).length, globalThis.crypto === c.webcrypto); crypto.subtle.digest('SHA-256', new TextEncoder().encode('x')).then((d) => console.log(Buffer.from(d).toString('hex')));`,
  },
  {
    title: 'hashes as a stream',
    code: `const c = require('crypto'); const { Readable } = require('stream'); Readable.from([Buffer.from('a'), Buffer.from('b')]).pipe(c.createHash('sha1')).on('data', (d) => console.log(d.toString('hex'))).on('end', () => console.log('end'));`,
  },
  {
    title: 'compresses and inflates at once',
    code: `const z = require('zlib'); for (const [a, b] of [['deflateSync', 'inflateSync'], ['deflateRawSync', 'inflateRawSync'], ['gzipSync', 'gunzipSync'], ['gzipSync', 'unzipSync']]) { const p = z[a]('hello hello hello'); console.log(a, p.toString('hex'), z[b](p).toString()) } for (const f of [() => z.inflateSync(Buffer.from('nonsense')), () => z.gunzipSync(z.gzipSync('hello').subarray(0, 10)), () => z.deflateSync(5), () => z.deflateSync('a', { level: 99 })]) try { f() } catch (e) { console.log(e.name, e.code, e.errno, e.message) }`,
  },
  {
    title: 'flushes and resets a deflate stream',
    code: `const z = require('zlib'); const d = z.createDeflateRaw({ windowBits: 12, memLevel: 4 }), out = []; d.on('data', (c) => out.push(c)); const said = () => { const h = Buffer.concat(out).toString('hex'); out.length = 0; return h }; d.write('first message '); d.flush(z.constants.Z_SYNC_FLUSH, () => { console.log(said()); d.write('first message again'); d.flush(z.Z_SYNC_FLUSH, () => { console.log(said()); d.reset(); d.write('first message again'); d.flush(z.Z_SYNC_FLUSH, () => { console.log(said()); d.close(() => console.log('closed')) }) }) });`,
  },
  {
    title: 'reports bad data by error and close',
    code: `const g = require('zlib').createGunzip(); g.on('error', (e) => console.log(e.code, e.errno, e.message)); g.on('close', () => console.log('close', g.destroyed)); g.on('end', () => console.log('never')); g.write('not gzip at all');`,
  },
  {
    title: 'inflates in pieces and stops at the end',
    code: `const z = require('zlib'); const all = Buffer.concat([z.deflateRawSync('payload'), Buffer.from('rest')]); const i = z.createInflateRaw(); i.on('data', (c) => console.log('data', c.length > 0)); i.on('end', () => console.log('end', i.bytesWritten > 0)); for (const b of all) i.write(Buffer.from([b])); i.end();`,
  },
  {
    title: 'compresses by callback',
    code: `const z = require('zlib'); z.gzip('callback', (e, b) => z.gunzip(b, (e, t) => { console.log(e, t.toString()); require('util').promisify(z.deflate)('p').then((b) => console.log(b.toString('hex'))) })); z.inflate(Buffer.from('bad'), (e) => console.log(e.code));`,
  },
  {
    title: 'asserts with messages that tell',
    code: `const assert = require('assert'); const t = (f) => { try { f(); console.log('ok') } catch (e) { console.log(e.name, e.code, e.generatedMessage, e.operator); console.log(e.message) } }; t(() => assert(1)); t(() => assert(0)); t(() => assert.equal(1, '1')); t(() => assert.equal(1, 2)); t(() => assert.strictEqual('hello', 'world')); t(() => assert.notStrictEqual(1, 1)); t(() => assert.match('abc', /x/)); t(() => assert.fail('boo')); t(() => assert.ifError(new Error('if')));`,
  },
  {
    title: 'asserts deep equality',
    code: `const assert = require('assert'); const t = (f) => { try { f(); console.log('ok') } catch (e) { console.log(e.message.split('\\n')[0], e.operator) } }; t(() => assert.deepEqual({ a: 1 }, { a: '1' })); t(() => assert.deepStrictEqual({ a: 1 }, { a: '1' })); t(() => assert.deepStrictEqual(new Map([[1, { a: 1 }]]), new Map([[1, { a: 1 }]]))); t(() => assert.notDeepStrictEqual([1], [1])); t(() => assert.strict.equal(1, '1')); t(() => require('assert/strict').deepEqual([1], [1]));`,
  },
  {
    title: 'asserts throws and rejections',
    code: `const assert = require('assert'); const t = (f) => { try { f(); console.log('ok') } catch (e) { console.log(e.message) } }; t(() => assert.throws(() => { throw new TypeError('x') }, TypeError)); t(() => assert.throws(() => {})); t(() => assert.throws(() => { throw new Error('abc') }, /abc/)); t(() => assert.throws(() => { throw new Error('abc') }, { message: 'abc' })); t(() => assert.throws(() => { throw new Error('abc') }, /xyz/)); t(() => assert.doesNotThrow(() => { throw new Error('no') })); assert.rejects(Promise.reject(new Error('r')), /r/).then(() => console.log('rejects')); assert.rejects(Promise.resolve(1)).catch((e) => console.log(e.message));`,
  },
  {
    title: 'offers os',
    code: `const os = require('os'); console.log(JSON.stringify(os.EOL), os.platform(), os.type(), typeof os.hostname(), Array.isArray(os.cpus()), os.totalmem() > os.freemem(), os.tmpdir(), os.endianness(), typeof os.networkInterfaces());`,
  },
  {
    title: 'reads and writes files',
    code: `const fs = require('fs'); fs.writeFileSync('a.txt', 'one\\n'); fs.appendFileSync('a.txt', 'two'); console.log(fs.readFileSync('a.txt', 'utf8').split('\\n').join(), fs.existsSync('a.txt'), fs.existsSync('b'), fs.statSync('a.txt').size, fs.statSync('a.txt').isFile()); fs.mkdirSync('d'); fs.writeFileSync('d/x', Buffer.from([1, 2])); console.log(fs.readdirSync('d').join(), fs.readFileSync('d/x').length); fs.unlinkSync('a.txt'); try { fs.readFileSync('a.txt') } catch (e) { console.log(e.code, e.syscall, e.message) }`,
  },
  {
    title: 'reads files by callback and promise',
    code: `const fs = require('fs'); fs.readFile('data.txt', 'utf8', (e, t) => { console.log(e, t); fs.promises.readFile('none').catch((e) => { console.log(e.code, e.message); fs.readFile('none', (e) => { console.log(e.code); require('fs/promises').writeFile('n', 'x').then(() => fs.createReadStream('n').on('data', (c) => console.log(String(c))).on('close', () => console.log('close'))) }) }) }); console.log('sync');`,
    files: { 'data.txt': 'content' },
  },
];

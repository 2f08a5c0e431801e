import type { Attack } from './attack.ts';

const LOOP = ['LOOP_STOPPED'] satisfies Attack['ends'];
const ZLIB = 'const zlib = require("zlib");';

/** What the host computes for a guest: each call is long, and the engine asks nothing meanwhile. */
export const hostCalls: Attack[] = [
  {
    title: 'digests megabytes without end',
    code: 'const c = require("crypto"), b = Buffer.alloc(1e6); for (;;) c.createHash("sha512").update(b).digest();',
    ends: LOOP,
  },
  {
    title: 'sets off a compressed bomb in a bomb in a bomb',
    code: `${ZLIB} let b = Buffer.alloc(4e6); for (let n = 0; n < 3; n++) b = zlib.deflateSync(b);
      for (;;) zlib.inflateSync(zlib.inflateSync(zlib.inflateSync(b)));`,
    ends: [...LOOP, 'MEMORY_LIMIT'],
  },
  {
    title: 'compresses noise at the highest level',
    code: `${ZLIB} const b = Buffer.concat(Array(60).fill(require("crypto").randomBytes(65536))); for (;;) zlib.deflateSync(b, { level: 9 });`,
    ends: [...LOOP, 'MEMORY_LIMIT'],
  },
  {
    title: 'opens compression streams without end',
    code: `${ZLIB} for (;;) zlib.createDeflate();`,
    ends: ['LIMIT_REACHED'],
    limit: 'open zlib streams',
  },
  {
    title: 'parses addresses of a million labels',
    code: 'for (;;) try { new URL("http://" + "a.".repeat(5e5)); } catch {}',
    ends: [...LOOP, 'MEMORY_LIMIT'],
  },
  {
    title: 'parses addresses whose names need IDNA',
    code: 'for (;;) try { new URL("http://" + "ü".repeat(3e5) + ".x"); } catch {}',
    ends: [...LOOP, 'MEMORY_LIMIT'],
  },
  {
    title: 'formats in a locale of a megabyte',
    code: 'for (;;) try { new Date().toLocaleString("x".repeat(1e6)); } catch {}',
    ends: LOOP,
  },
  {
    title: 'formats with a billion digits',
    code: 'try { (1).toLocaleString("en", { minimumFractionDigits: 1e9 }); } catch (e) { console.log(e.name === "RangeError" ? "alive" : e); }',
    ends: 'harmless',
  },
];

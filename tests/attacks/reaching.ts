import { type Attack, GET, handler } from './attack.ts';

const THROWN = ['SERVER_THREW'] satisfies Attack['ends'];

/** Programs that look for a way out, and print `alive` where there is none. */
export const reaching: Attack[] = [
  {
    title: 'looks for the host function among the globals',
    code: 'const found = Object.getOwnPropertyNames(globalThis).filter((k) => /host|qjs|wasm|std|bjson/i.test(k)); console.log(found.length === 0 ? "alive" : found.join());',
    ends: 'harmless',
  },
  {
    title: 'looks for modules of the engine',
    code: 'const names = ["std", "os:", "qjs:std", "qjs:os", "internal:commonjs", "bjson"]; let n = 0; for (const m of names) { try { require(m); n++; } catch {} } console.log(n ? n : "alive");',
    ends: 'harmless',
  },
  {
    title: 'imports modules of the engine',
    code: 'for (const m of ["std", "qjs:os", "node:child_process", "node:worker_threads", "node:vm", "file:///etc/passwd"]) { const r = await import(m).catch(() => 0); if (r) throw m; } console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'reads files of the host',
    code: 'const fs = require("fs"); for (const f of ["/etc/passwd", "../../etc/passwd", "/proc/self/environ", "file:///etc/passwd"]) { try { console.log(fs.readFileSync(f)); } catch (e) { if (!/ENOENT|EACCES/.test(e.code)) console.log(e.message); } } console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'reads the environment of the host',
    code: 'console.log(Object.keys(process.env).join() === "PAGE_ORIGIN" ? "alive" : "leak");',
    ends: 'harmless',
  },
  {
    title: 'walks the stack by callee and caller',
    code: 'function f() { try { return f.caller || arguments.callee.caller; } catch {} } const found = [1].map(f)[0]; console.log(found && found.name ? found.name : "alive");',
    ends: 'harmless',
  },
  {
    title: 'takes functions out of stack frames',
    code: 'Error.prepareStackTrace = (e, frames) => frames.map((f) => [f.getFunction && f.getFunction(), f.getThis && f.getThis()]); let s; try { require("http").createServer(1); s = new Error().stack; } catch (e) { s = e.stack; } console.log([].concat(s).flat().some((x) => typeof x === "function" && x.length > 5) ? "leak" : "alive");',
    ends: 'harmless',
  },
  {
    title: 'catches what passes through a replaced push',
    code: 'let seen = 0; const push = Array.prototype.push; Array.prototype.push = function (...a) { if (a.some((x) => typeof x === "function" && /host/.test(x.name))) seen++; return push.apply(this, a); }; require("http").createServer().listen(0).close(); setTimeout(() => {}, 1); setImmediate(() => console.log(seen ? "leak" : "alive"));',
    ends: 'harmless',
  },
  {
    title: 'uses Function to reach another global',
    code: 'const g = Function("return this")(); console.log(g === globalThis && typeof g.process.binding !== "function" ? "alive" : "leak");',
    ends: 'harmless',
  },
  {
    title: 'asks process for its bindings',
    code: 'console.log(["binding", "dlopen", "_linkedBinding", "mainModule", "setuid", "chdir"].filter((k) => typeof process[k] === "function").join() || "alive");',
    ends: 'harmless',
  },
  {
    title: 'writes to the memory of the engine',
    code: 'new Float64Array(new ArrayBuffer(16)).fill(1e308); const u = new Uint8Array(8); u[2 ** 32] = 1; u[-1] = 1; console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'detaches a buffer while it is read',
    code: `const b = new ArrayBuffer(1e5); const u = new Uint8Array(b); ${handler('try { res.write(u); b.transfer?.(0); structuredClone(b, { transfer: [b] }); } catch {} res.end(u);')}`,
    send: GET,
    ends: 'itself',
  },
  {
    title: 'answers with bytes that are none',
    code: handler('res.end(Object.create(Uint8Array.prototype));'),
    send: GET,
    ends: 'itself',
  },
  {
    title: 'answers for a request that is not there',
    code: 'const { ServerResponse } = require("http"); for (const id of [0, -1, 1e9, NaN, "x", {}, null]) { try { const r = new ServerResponse({ id, method: "GET" }); r.end("x"); } catch {} } setTimeout(() => console.log("alive"), 5);',
    ends: 'harmless',
  },
  {
    title: 'sets timeouts of a server to what no clock can count',
    code: `const s = require("http").createServer((q, r) => r.end()); for (const v of [NaN, -1, Infinity, "x", {}, 1e300]) { s.keepAliveTimeout = v; s.headersTimeout = v; s.requestTimeout = v; s.timeout = v; s.maxHeadersCount = v; s.maxRequestsPerSocket = v; } s.listen(0);`,
    send: ['GET / HTTP/1.1\r\nHost: lab\r\n\r\n', GET],
    ends: 'itself',
  },
  {
    title: 'answers with a status that does not exist',
    code: handler('res.statusCode = 1e9; res.end();'),
    send: GET,
    ends: THROWN,
  },
  {
    title: 'splits a response by its header',
    code: handler('res.setHeader("a", "b\\r\\nc: d"); res.end();'),
    send: GET,
    ends: THROWN,
  },
  {
    title: 'splits a response by its reason',
    code: handler('res.writeHead(200, "a\\r\\nb: c"); res.end();'),
    send: GET,
    ends: THROWN,
  },
];

/** Strange ends and strange values. */
export const endings: Attack[] = [
  { title: 'exits at once', code: 'console.log("alive"); process.exit(3);', ends: 'harmless' },
  {
    title: 'exits in a handler',
    code: `${handler('process.exit();')} console.log("alive");`,
    send: GET,
    ends: 'harmless',
  },
  {
    title: 'exits in a getter that is printed',
    code: 'console.log("alive"); console.log({ get x() { process.exit(); } }); process.exit();',
    ends: 'harmless',
  },
  {
    title: 'exits in a toString that the host asks for',
    code: 'console.log("alive"); setTimeout(() => {}, { valueOf() { process.exit(); } });',
    ends: 'harmless',
  },
  {
    title: 'exits while it exits',
    code: 'console.log("alive"); process.on("exit", () => process.exit()); process.exit();',
    ends: 'itself',
  },
  {
    title: 'exits with a code that is none',
    code: 'console.log("alive"); process.exit({ valueOf() { return NaN; } });',
    ends: 'harmless',
  },
  {
    title: 'exits in a promise job',
    code: 'console.log("alive"); Promise.resolve().then(() => process.exit());',
    ends: 'harmless',
  },
  {
    title: 'exits in a module',
    code: 'import "fs"; console.log("alive"); process.exit(); await new Promise(() => {});',
    ends: 'harmless',
  },
  {
    title: 'catches its own end',
    code: 'console.log("alive"); try { process.exit(); } catch { console.log("caught"); } finally { console.log("finally"); }',
    ends: 'harmless',
  },
  { title: 'throws undefined', code: 'throw undefined;', ends: ['SERVER_THREW'] },
  { title: 'throws a symbol', code: 'throw Symbol("x");', ends: ['SERVER_THREW'] },
  {
    title: 'throws a proxy that throws',
    code: 'throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });',
    ends: ['SERVER_THREW'],
  },
  {
    title: 'throws a revoked proxy',
    code: 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy;',
    ends: ['SERVER_THREW'],
  },
  {
    title: 'throws an error whose message and stack throw',
    code: 'const e = new Error(); for (const k of ["message", "stack", "name"]) Object.defineProperty(e, k, { get() { throw e; } }); throw e;',
    ends: ['SERVER_THREW'],
  },
  {
    title: 'throws an error with a megabyte of message',
    code: 'throw new Error("x".repeat(1e6));',
    ends: ['SERVER_THREW'],
  },
  {
    title: 'throws an error whose stack names files of its own',
    code: 'const e = new Error("x"); e.stack = "Error\\n    at f (/etc/passwd:1:1)\\n    at server.js:999999999999:1"; throw e;',
    ends: ['SERVER_THREW'],
  },
  {
    title: 'throws the words of the engine when it stops',
    code: 'const e = new Error("interrupted"); e.name = "InternalError"; throw e;',
    ends: ['SERVER_THREW', 'LOOP_STOPPED'],
  },
  {
    title: 'rejects with a thenable',
    code: 'Promise.reject({ then() { throw 1; } });',
    ends: ['SERVER_THREW'],
  },
  {
    title: 'throws in the handler of uncaught errors',
    code: 'process.on("uncaughtException", () => { throw 1; }); throw 2;',
    ends: ['SERVER_THREW'],
  },
  {
    title: 'calls methods of a server on something else',
    code: 'const { Server } = require("http"); for (const f of [Server.prototype.listen, Server.prototype.close]) { try { f.call({}); } catch {} try { f.call(null); } catch {} } console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'calls methods of a response on its prototype',
    code: 'const { ServerResponse: R } = require("http"); for (const k of ["end", "write", "writeHead", "flushHeaders", "destroy"]) { try { R.prototype[k](); } catch {} try { R.prototype[k].call(new Proxy({}, {})); } catch {} } console.log("alive");',
    ends: 'harmless',
  },
  {
    title: 'listens on ports that are none',
    code: 'const http = require("http"); for (const p of [-1, 65536, NaN, 1.5, "x", {}, 1e300]) { try { http.createServer().on("error", () => {}).listen(p); } catch {} } console.log("alive"); setTimeout(() => process.exit(), 5);',
    ends: 'harmless',
  },
  { title: 'has no entry', code: { 'other.js': '' }, ends: ['MODULE_NOT_FOUND'] },
  { title: 'requires itself', code: 'require("./server.js"); console.log("alive");', ends: 'harmless' },
  {
    title: 'has a file named like a part of an object',
    code: {
      'server.js': 'require("./constructor.js"); console.log("alive");',
      'constructor.js': 'module.exports = 1;',
    },
    ends: 'harmless',
  },
];

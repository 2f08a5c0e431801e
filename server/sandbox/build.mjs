/* global WebAssembly */
/**
 * Builds what the sandbox runs from: the worker, the engine's WASM, and the image of a primed guest.
 *
 * The guest is compiled to bytecode in one engine and evaluated in another: compiling leaves garbage in
 * memory that every lab would carry (an image of 6 MB instead of 2.6).
 */
import { Buffer } from 'node:buffer';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompileFlags, EvalFlags, QuickJS } from 'quickjs-wasi';
import { rolldown } from 'rolldown';

const here = dirname(fileURLToPath(import.meta.url));
const resolvePackage = createRequire(import.meta.url).resolve;
const PAGE_BYTES = 4096;
const CLOCK_MONOTONIC = 1;

/**
 * @param {{ outDir: string }} options folder for `worker.js`, `quickjs.wasm`, `guest.image`, and for
 *   `offers.json`: the names a program finds, from which the editor's declarations are cut
 * @returns {Promise<{ imageBytes: number }>}
 */
export async function buildSandbox({ outDir }) {
  await mkdir(outDir, { recursive: true });
  const wasmFile = resolvePackage('quickjs-wasi/quickjs.wasm');
  const [wasm, code, parts] = await Promise.all([
    readFile(wasmFile).then((bytes) => WebAssembly.compile(bytes)),
    bundleGuest(),
    bundleParts(),
    bundleWorker(outDir),
    copyFile(wasmFile, join(outDir, 'quickjs.wasm')),
  ]);
  const { image, offers } = await primeGuest(wasm, code, parts);
  await writeFile(join(outDir, 'guest.image'), image);
  await writeFile(join(outDir, 'offers.json'), offers);
  return { imageBytes: image.length };
}

/** @param {string} outDir */
async function bundleWorker(outDir) {
  const bundle = await rolldown({ input: join(here, 'worker.ts'), platform: 'node', logLevel: 'warn' });
  await bundle.write({ file: join(outDir, 'worker.js'), format: 'esm' });
  await bundle.close();
}

/** Node's names inside the bundled packages lead to the guest's own modules. */
const OWN = {
  buffer: 'guest/buffer.ts',
  events: 'guest/events.ts',
  'process/': 'guest/process.ts',
  'abort-controller': 'guest/abort.ts',
};

async function bundleGuest() {
  const bundle = await rolldown({
    input: join(here, 'guest/index.ts'),
    platform: 'browser',
    logLevel: 'warn',
    plugins: [
      {
        name: 'own-modules',
        resolveId(source) {
          if (source === 'buffer/') return resolvePackage('buffer/');
          if (source === 'string_decoder' || source === 'string_decoder/')
            return resolvePackage('string_decoder/');
          return source in OWN ? join(here, OWN[source]) : null;
        },
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'guest' });
  await bundle.close();
  return `(function () { ${output[0].code}\nreturn guest; })()`;
}

/** Each file of `guest/on-demand/` alone, as a function of the guest's other modules (`guest/core.ts`). */
async function bundleParts() {
  const folder = join(here, 'guest/on-demand');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'));
  const made = await Promise.all(
    files.map(async (file) => {
      const bundle = await rolldown({
        input: join(folder, file),
        platform: 'browser',
        logLevel: 'warn',
        plugins: [
          {
            name: 'core-modules',
            resolveId(source, importer) {
              if (!importer || !source.startsWith('.')) return null;
              const file = join(dirname(importer), source);
              return dirname(file) === join(here, 'guest')
                ? { id: `core:${basename(file, '.ts')}`, external: true }
                : null;
            },
          },
        ],
      });
      const { output } = await bundle.generate({
        format: 'iife',
        name: 'part',
        globals: (id) => `core[${JSON.stringify(id.slice('core:'.length))}]`,
      });
      await bundle.close();
      return [file.slice(0, -'.ts'.length), `(function (core) { ${output[0].code}\nreturn part; })`];
    }),
  );
  return Object.fromEntries([...made, ...(await Promise.all(PACKAGES.map(bundlePackage)))]);
}

/** npm packages learners may import (`builtin-names.ts`, PACKAGE_NAMES), each a part of its own. */
const PACKAGES = ['eventsource-parser', 'ws'];

/**
 * A published package in one script, its code as it is; Node's modules are asked for when it runs.
 *
 * @param {string} name
 * @returns {Promise<[string, string]>}
 */
async function bundlePackage(name) {
  const bundle = await rolldown({
    input: resolvePackage(name),
    platform: 'node',
    external: (id) => !/^[./]/.test(id) && id !== name,
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({ format: 'cjs', exports: 'auto' });
  await bundle.close();
  return [
    name,
    `(function (core) { const module = { exports: {} };
(function (exports, require, module) { ${output[0].code}
})(module.exports, core.requireInPackage, module);
return { module: module.exports }; })`,
  ];
}

/**
 * @param {WebAssembly.Module} wasm
 * @param {string} code
 * @param {Record<string, string>} parts
 */
async function primeGuest(wasm, code, parts) {
  let snapshotTaken = false;
  const compiler = await QuickJS.create({ wasm });
  const strip = CompileFlags.STRIP_SOURCE | CompileFlags.STRIP_DEBUG;
  const guestCode = compiler.compile(code, 'guest', EvalFlags.TYPE_GLOBAL, strip);

  const vm = await QuickJS.create({ wasm, wasi: bootClock });
  const primed = vm.callFunction(
    vm.evalBytecode(guestCode).getProp('prime'),
    vm.undefined,
    vm.newFunction('host', (_code, name) =>
      snapshotTaken ? vm.evalCode(parts[name.toString()], 'guest') : vm.undefined,
    ),
  );
  const builtins = primed.getProp('builtins');
  vm.setProp(vm.global, '$builtins', builtins);
  const partModules = primed.getProp('partModules').toString().split(',');
  vm.setProp(vm.global, '$load', primed.getProp('loadForImport'));
  vm.setProp(vm.global, '$builtin', primed.getProp('loadBuiltin'));
  for (const [name, source] of moduleSources(builtins, partModules)) {
    vm.evalBytecode(compiler.compile(source, name, EvalFlags.TYPE_MODULE, strip)).dispose();
    vm.executePendingJobs();
  }
  vm.evalBytecode(
    compiler.compile(
      'delete globalThis.$builtins; delete globalThis.$load; delete globalThis.$builtin;',
      'guest',
      0,
      strip,
    ),
  ).dispose();

  const { exports } = /** @type {any} */ (vm);
  const entries = primed.getProp('entries');
  const mailbox = primed.getProp('mailbox');
  const addresses = exports.wasm_malloc(16);
  const head = {
    entries: Object.fromEntries(entries.keys().map((name) => [name, vm.exportHandle(entries.getProp(name))])),
    mailbox: bytesAddress(exports, vm.exportHandle(mailbox), addresses),
    undefinedBox: exports.qjs_get_undefined(),
    argumentsAt: exports.wasm_malloc(16),
    lengthAt: addresses,
  };
  vm.runGC();
  const snapshot = vm.snapshot();
  // What the parts export is learnt by making them, in an engine whose image is already taken.
  snapshotTaken = true;
  const exported = partModules.map((name) => [name, exportedNames(builtins.getProp(name))]);
  const compiled = Object.entries(parts).map(([name, source]) => [
    name,
    Buffer.from(compiler.compile(source, 'guest', EvalFlags.TYPE_GLOBAL, strip)).toString('base64'),
  ]);
  const image = writeImage(wasm, snapshot, {
    ...head,
    parts: Object.fromEntries(compiled),
    partModules: Object.fromEntries(exported),
  });
  const offers = vm.callFunction(vm.evalCode(OFFERS, 'guest'), vm.undefined, builtins).toString();
  return { image, offers };
}

/** Runs in the guest: names of what modules export, of the globals, and of the members of `process`. */
const OFFERS = `(function (builtins) {
  const plain = [null, Object.prototype, Function.prototype];
  const namesOf = (object) => plain.includes(object) ? [] : [
    ...Object.getOwnPropertyNames(object).filter((name) => object[name] !== undefined),
    ...namesOf(Object.getPrototypeOf(object)),
  ];
  const modules = Object.entries(builtins).map(([name, module]) => [name, namesOf(module)]);
  return JSON.stringify({
    modules: Object.fromEntries(modules),
    globals: namesOf(globalThis),
    process: namesOf(builtins.process),
  });
})`;

function exportedNames(module) {
  return module.keys().filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default');
}

/** Address of the bytes of a typed array, which stay where they are: nothing resizes or transfers it. */
function bytesAddress(exports, box, scratch) {
  const buffer = exports.qjs_get_typed_array_buffer(box, scratch, scratch + 4, scratch + 8);
  const offset = new DataView(exports.memory.buffer).getUint32(scratch, true);
  return exports.qjs_get_array_buffer(buffer, scratch) + offset;
}

/** ES module faces of what the guest offers; loaded into the image under their `node:` names. */
function* moduleSources(builtins, partModules) {
  for (const name of builtins.keys()) {
    if (partModules.includes(name)) continue;
    const names = exportedNames(builtins.getProp(name));
    const bindings = names.map(
      (key, index) => `const $${index} = $m.${key}; export { $${index} as ${key} };`,
    );
    yield [
      `node:${name}`,
      `const $m = $builtins[${JSON.stringify(name)}]; export default $m; ${bindings.join(' ')}`,
    ];
  }
  yield ['internal:commonjs', 'const load = $load; export default load;'];
  yield ['internal:builtin', 'const load = $builtin; export default load;'];
}

/** The engine counts `performance.now()` from its start; from zero here, so that it is the host's clock later. */
function bootClock(memory) {
  return {
    clock_time_get(clock, _precision, at) {
      const nanoseconds = clock === CLOCK_MONOTONIC ? 0n : BigInt(Date.now()) * 1_000_000n;
      new DataView(memory.buffer).setBigUint64(at, nanoseconds, true);
      return 0;
    },
  };
}

/**
 * @param {WebAssembly.Module} wasm
 * @param {import('quickjs-wasi').Snapshot} snapshot
 * @param {object} addresses
 */
function writeImage(wasm, snapshot, addresses) {
  const blank = blankMemory(wasm);
  const { memory } = snapshot;
  /** @type {[number, number][]} */
  const runs = [];
  for (let offset = 0; offset < memory.length; offset += PAGE_BYTES) {
    const page = memory.subarray(offset, offset + PAGE_BYTES);
    const unchanged =
      page.every((byte) => byte === 0) &&
      (offset >= blank.length || blank.subarray(offset, offset + PAGE_BYTES).every((byte) => byte === 0));
    if (unchanged) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === offset) last[1] += page.length;
    else runs.push([offset, page.length]);
  }
  const head = Buffer.from(
    JSON.stringify({
      memoryBytes: memory.length,
      stackPointer: snapshot.stackPointer,
      runtime: snapshot.runtimePtr,
      context: snapshot.contextPtr,
      ...addresses,
      runs,
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([
    length,
    head,
    ...runs.map(([offset, size]) => memory.subarray(offset, offset + size)),
  ]);
}

/** Memory of an instance that has not run: its data segments. */
function blankMemory(wasm) {
  const nothing = new Proxy({}, { get: () => () => 0 });
  const { exports } = new WebAssembly.Instance(wasm, { env: nothing, wasi_snapshot_preview1: nothing });
  return new Uint8Array(/** @type {any} */ (exports).memory.buffer);
}

/** Loading: CommonJS, JSON, ES modules and how they meet. */
import { handler, last, type Program } from '../program.ts';

export const modules: Program[] = [
  {
    title: 'requires a file, an index and JSON',
    code: `console.log(require('./a').x, require('./lib').y, require('./data.json').z, require('./a') === require('./a.js'))`,
    files: { 'a.js': 'exports.x = 1', 'lib/index.js': 'module.exports = { y: 2 }', 'data.json': '{"z":3}' },
  },
  {
    title: 'gives circular requires what is there so far',
    code: `console.log(JSON.stringify(require('./a.js')))`,
    files: {
      'a.js': `exports.early = 1; exports.b = require('./b.js').seen; exports.late = 2`,
      'b.js': `exports.seen = Object.keys(require('./a.js')).join()`,
    },
  },
  {
    title: 'offers module, exports, __filename and require.main',
    code: `console.log(__filename, __dirname, require.main === module, module.exports === exports, module.id, typeof require.resolve, this === exports)`,
  },
  {
    title: 'runs a module body once',
    code: `require('./n'); require('./n'); console.log(require.resolve('./n') in require.cache)`,
    files: { 'n.js': `console.log('body')` },
  },
  {
    title: 'takes names with and without node:',
    code: `console.log(require('fs') === require('node:fs'), require('node:path').sep, require('http') === http)`,
  },
  {
    title: 'says which module is missing',
    code: `try { require('./nope') } catch (e) { console.log(e.code, e.message.split('\\n')[0]) }`,
  },
  {
    title: 'imports modules and CommonJS by name',
    code: '',
    files: {
      'server.js': `import fs, { readFileSync } from 'node:fs';\nimport { a } from './m.mjs';\nimport c, { named } from './c.cjs';\nconsole.log(a, c.named, named, fs.readFileSync === readFileSync, typeof import.meta.url, typeof require);`,
      'm.mjs': `export const a = await Promise.resolve(5);`,
      'c.cjs': `exports.named = 'n';`,
      'package.json': '{"type":"module"}',
    },
  },
  {
    title: 'imports later by import()',
    code: `import('./late.mjs').then((m) => console.log(m.default, m.x)); console.log('first')`,
    files: { 'late.mjs': `export default 'd'; export const x = 1; console.log('evaluated')` },
  },
  {
    title: 'evaluates imported modules in order, before the importer',
    code: '',
    files: {
      'server.js': `import './one.js';\nimport './two.js';\nconsole.log('main');`,
      'one.js': `import './three.js'; console.log('one');`,
      'two.js': `console.log('two');`,
      'three.js': `console.log('three');`,
      'package.json': '{"type":"module"}',
    },
  },
  {
    title: 'serves from several files',
    code: `const route = require('./routes'); ${handler('route(req, res)')}`,
    files: {
      'routes.js': `module.exports = (req, res) => res.end(require('./page.json').title + req.url)`,
      'page.json': '{"title":"T"}',
    },
    send: [last('/x')],
  },
  {
    title: 'keeps live bindings between modules',
    code: '',
    files: {
      'server.js': `import { count, add } from './count.js';\nadd(); add();\nconsole.log(count);`,
      'count.js': `export let count = 0; export const add = () => { count += 1; };`,
      'package.json': '{"type":"module"}',
    },
  },
];

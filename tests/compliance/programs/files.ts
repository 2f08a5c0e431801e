/** `fs` on the program's own files. */
import type { Program } from '../program.ts';

const TRY =
  "const fs = require('fs'); const t = (f) => { try { const r = f(); console.log(r instanceof Uint8Array ? r.toString() : JSON.stringify(r)) } catch (e) { console.log(e.code, e.syscall, e.message) } };";

export const files: Program[] = [
  {
    title: 'makes, fills, lists and removes folders',
    code: `${TRY}
t(() => fs.mkdirSync('a')); t(() => fs.mkdirSync('a')); t(() => fs.mkdirSync('x/y')); t(() => typeof fs.mkdirSync('x/y/z', { recursive: true }));
t(() => fs.writeFileSync('a/one.txt', 'one')); t(() => fs.writeFileSync('none/two.txt', 'two')); t(() => fs.readdirSync('a'));
t(() => fs.readdirSync('a', { withFileTypes: true }).map((d) => [d.name, d.isFile(), d.isDirectory()]));
t(() => fs.readdirSync('a/one.txt')); t(() => fs.readdirSync('nope')); t(() => fs.rmdirSync('a')); t(() => fs.rmSync('nope')); t(() => fs.rmSync('nope', { force: true }));
t(() => fs.rmSync('a', { recursive: true })); t(() => fs.existsSync('a')); t(() => fs.rmdirSync('x/y/z')); t(() => fs.existsSync('x/y'));`,
  },
  {
    title: 'copies, renames, truncates and stats files',
    files: { 'data.txt': 'hello world' },
    code: `${TRY}
t(() => fs.copyFileSync('data.txt', 'copy.txt')); t(() => fs.copyFileSync('data.txt', 'copy.txt', fs.constants.COPYFILE_EXCL)); t(() => fs.copyFileSync('no', 'x'));
t(() => fs.renameSync('copy.txt', 'moved.txt')); t(() => fs.renameSync('no', 'x')); t(() => fs.readFileSync('moved.txt', 'utf8')); t(() => fs.truncateSync('moved.txt', 5)); t(() => fs.readFileSync('moved.txt', 'latin1'));
t(() => { const s = fs.statSync('moved.txt'); return [s.size, s.isFile(), s.isDirectory(), s.isSymbolicLink(), s.mtime instanceof Date] });
t(() => fs.statSync('no')); t(() => fs.statSync('no', { throwIfNoEntry: false })); t(() => fs.accessSync('no')); t(() => fs.accessSync('moved.txt', fs.constants.R_OK)); t(() => fs.unlinkSync('moved.txt')); t(() => fs.unlinkSync('moved.txt'));
t(() => fs.utimesSync('data.txt', 1, 2)); t(() => fs.statSync('data.txt').mtimeMs); t(() => fs.statSync('data.txt').mtimeMs === fs.statSync('data.txt').mtimeMs);
t(() => fs.readFileSync('.')); t(() => fs.readFileSync('no.txt')); t(() => fs.writeFileSync('data.txt', 5)); t(() => fs.appendFileSync('data.txt', Buffer.from('!'))); t(() => fs.readFileSync('data.txt'));`,
  },
  {
    title: 'opens files and reads and writes in them',
    files: { 'data.txt': '0123456789' },
    code: `${TRY}
const fd = fs.openSync('data.txt', 'r+'); const b = Buffer.alloc(4);
t(() => fs.readSync(fd, b)); t(() => b.toString()); t(() => fs.readSync(fd, b, 0, 2, 8)); t(() => b.toString()); t(() => fs.readSync(fd, b, 1, 3, null)); t(() => b.toString());
t(() => fs.writeSync(fd, 'ab', 0)); t(() => fs.writeSync(fd, Buffer.from('xyz'), 1, 2, 4)); t(() => fs.readFileSync('data.txt')); t(() => fs.fstatSync(fd).size); t(() => fs.ftruncateSync(fd, 3)); t(() => fs.readFileSync('data.txt'));
t(() => fs.closeSync(fd)); t(() => fs.closeSync(fd)); t(() => fs.openSync('no', 'r')); t(() => fs.openSync('data.txt', 'wx'));
(async () => { const h = await fs.promises.open('data.txt', 'a'); console.log((await h.write('more')).bytesWritten); await h.close(); console.log(await fs.promises.readFile('data.txt', 'utf8')); })();`,
  },
  {
    title: 'streams from and to files',
    files: { 'data.txt': 'x'.repeat(100) + 'END' },
    code: `const fs = require('fs'); const { pipeline } = require('stream/promises');
(async () => {
  const r = fs.createReadStream('data.txt', { start: 98, end: 101, encoding: 'utf8' });
  for (const n of ['open', 'ready', 'end', 'close']) r.on(n, () => console.log(n)); r.on('data', (c) => console.log(c));
  await new Promise((done) => r.on('close', done)); console.log(r.bytesRead, r.path, r instanceof fs.ReadStream);
  await pipeline(fs.createReadStream('data.txt'), fs.createWriteStream('out.txt')); console.log(fs.readFileSync('out.txt', 'utf8').length);
  await pipeline(['a', 'b'], fs.createWriteStream('out.txt', { flags: 'a' })); console.log(fs.readFileSync('out.txt', 'utf8').slice(-5));
  fs.createReadStream('nope').on('error', (e) => console.log(e.code, e.message));
})();`,
  },
];

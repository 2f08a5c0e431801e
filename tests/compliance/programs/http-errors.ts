/** What a program does wrong, and what it is told. */
import { handler, last, type Program } from '../program.ts';

export const httpErrors: Program[] = [
  {
    title: 'setHeader after the head',
    code: handler(
      `res.writeHead(200); for (const f of [() => res.setHeader('a', '1'), () => res.removeHeader('a'), () => res.writeHead(200), () => res.appendHeader('a', '1')]) try { f() } catch (e) { console.log(e.code, e.name, e.message) } res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'bad header names and values',
    code: handler(
      `for (const f of [() => res.setHeader('a b', '1'), () => res.setHeader('a', 'x\\ny'), () => res.setHeader('a', undefined), () => res.setHeader('', 'x'), () => res.writeHead(99), () => res.writeHead(200, { 'a\\u4f60': 'x' })]) try { f() } catch (e) { console.log(e.code, e.name, e.message) } res.end('ok')`,
    ),
    send: [last()],
  },
  {
    title: 'bad chunks',
    code: handler(
      `for (const c of [1, {}, true, null, [1], undefined]) try { res.write(c) } catch (e) { console.log(e.code, e.message) } try { res.end(5) } catch (e) { console.log(e.code, e.message) } res.end()`,
    ),
    send: [last()],
  },
  {
    title: 'write after end',
    code: handler(
      `res.on('error', (e) => console.log('event', e.code, e.message)); res.end('x'); console.log(res.write('late', (e) => console.log('callback', e.code))); res.end('again', (e) => console.log('end', e.code))`,
    ),
    send: [last()],
  },
  {
    title: 'listen twice and close unopened',
    code: `const s = ${handler(`res.end('x')`).replace(/;$/, '')}; try { s.listen(8088) } catch (e) { console.log(e.code, e.message) } http.createServer().close((e) => console.log(e.code, e.message)); try { http.createServer().listen(70000) } catch (e) { console.log(e.code, e.message) }`,
    send: [last()],
  },
];

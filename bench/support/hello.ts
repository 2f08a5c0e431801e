/** One handler, run by the lab and by plain node. */
export const HELLO = `import { createServer } from 'node:http';

const server = createServer((req, res) => {
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.end('hello\\n');
});

server.listen(8080);
`;

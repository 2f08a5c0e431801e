/** Server programs of the recorded runs. */

/** `node:http`, with `(req, res)` and, for bodies, `read(req, then)`. */
export function httpProgram(handler: string): string {
  return `
import { createServer } from 'node:http';
const read = (req, then) => { const parts = []; req.on('data', (part) => parts.push(part)); req.on('end', () => then(Buffer.concat(parts))); };
createServer((req, res) => { ${handler} }).listen(8080);
`;
}

/**
 * A TCP server that answers the n-th read with the n-th of `answers`, each a list of writes (latin1) with a pause
 * between them. \`END\` closes.
 */
export function rawProgram(...answers: string[][]): string {
  return `
import { createServer } from 'node:net';
const answers = ${JSON.stringify(answers)};
createServer((socket) => {
  let asked = 0;
  socket.on('error', () => {});
  socket.on('data', () => {
    const writes = [...(answers[asked++] ?? [])];
    const next = () => {
      const bytes = writes.shift();
      if (bytes === 'END') socket.end();
      else if (bytes !== undefined) { socket.write(bytes, 'latin1'); setTimeout(next, 5); }
    };
    next();
  });
}).listen(8080);
`;
}

export const END = 'END';

/**
 * A WebSocket server by hand. \`onFrame(frame, send, socket)\` is called for each frame with
 * \`{ first, opcode, payload }\`; \`send(first byte, payload)\` sends an unmasked one.
 */
export function webSocketProgram(
  onFrame: string,
  { headers = [], greeting = [] }: { headers?: string[]; greeting?: string[] } = {},
): string {
  return `
import { createServer } from 'node:http';
import { createHash } from 'node:crypto';
const server = createServer((req, res) => res.end('no WebSocket'));
server.on('upgrade', (req, socket, head) => {
  const accept = createHash('sha1').update(req.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.write(['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Accept: ' + accept, ...${JSON.stringify(headers)}, '', ''].join('\\r\\n'));
  for (const hex of ${JSON.stringify(greeting)}) socket.write(Buffer.from(hex, 'hex'));
  const send = (first, payload = Buffer.alloc(0)) => {
    const n = payload.length;
    const header = n < 126 ? Buffer.from([first, n]) : n < 65536 ? Buffer.from([first, 126, n >> 8, n & 255]) : Buffer.from([first, 127, 0, 0, 0, 0, (n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
    socket.write(Buffer.concat([header, payload]));
  };
  const onFrame = (frame) => { ${onFrame} };
  let rest = head;
  const take = () => {
    while (rest.length >= 2) {
      let n = rest[1] & 127, at = 2;
      if (n === 126) { if (rest.length < 4) return; n = rest.readUInt16BE(2); at = 4; }
      else if (n === 127) { if (rest.length < 10) return; n = Number(rest.readBigUInt64BE(2)); at = 10; }
      const masked = rest[1] > 127;
      const key = rest.subarray(at, at + (masked ? 4 : 0));
      at += key.length;
      if (rest.length < at + n) return;
      const payload = Buffer.from(rest.subarray(at, at + n));
      if (masked) for (let i = 0; i < n; i++) payload[i] ^= key[i & 3];
      const first = rest[0];
      rest = rest.subarray(at + n);
      onFrame({ first, opcode: first & 15, payload });
      if ((first & 15) === 8) { send(0x88, payload); socket.end(); }
    }
  };
  socket.on('data', (bytes) => { rest = Buffer.concat([rest, bytes]); take(); });
  socket.on('end', () => socket.end());
  socket.on('error', () => {});
  take();
});
server.listen(8080);
`;
}

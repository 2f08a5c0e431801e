/** For tests: programs that echo WebSocket messages, with the package `ws` and by hand. */

/** Echoes messages as they came, says who closed and why. */
const PACKAGE_SERVER = (options: string): string => `
import { WebSocketServer } from 'ws';
const server = new WebSocketServer({ port: 8088${options} });
server.on('connection', (socket, req) => {
  console.log('open', req.url);
  socket.on('message', (data, isBinary) => {
    if (String(data) === 'ping me') socket.ping('from the lab');
    else if (String(data) === 'close me') socket.close(4001, 'as you wish');
    else socket.send(data, { binary: isBinary });
  });
  socket.on('pong', (data) => socket.send('pong ' + data));
  socket.on('close', (code, reason) => console.log('close', code, String(reason)));
  socket.on('error', (error) => console.log('error', error.code));
});`;

/** RFC 6455 by hand: on net alone when \`raw\`, else on http's upgrade. */
const HAND_MADE = (raw: boolean): string => `
const { createHash } = require('crypto');
const accept = (key) => createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
const frame = (opcode, payload) => {
  const n = payload.length;
  const head = n < 126 ? Buffer.from([0x80 | opcode, n]) : n < 65536 ? Buffer.from([0x80 | opcode, 126, n >> 8, n & 255]) : Buffer.alloc(10);
  if (n >= 65536) { head[0] = 0x80 | opcode; head[1] = 127; head.writeUInt32BE(0, 2); head.writeUInt32BE(n, 6); }
  return Buffer.concat([head, payload]);
};
function serve(socket, url) {
  console.log('open', url);
  let held = Buffer.alloc(0), chunks = [], need = 0, parts = [], kind = 0, closing = false;
  const onFrame = (fin, opcode, payload) => {
    if (opcode === 9) return socket.write(frame(10, payload));
    if (opcode === 10) return socket.write(frame(1, Buffer.from('pong ' + payload)));
    if (opcode === 8) {
      console.log('close', payload.length ? payload.readUInt16BE(0) : 1005, payload.subarray(2).toString());
      // RFC 6455 §5.5.1: a close frame is answered, unless it is the answer.
      return closing ? socket.end() : socket.end(frame(8, payload));
    }
    if (opcode !== 0) kind = opcode;
    parts.push(payload);
    if (!fin) return;
    const message = Buffer.concat(parts); parts = [];
    if (message.length < 20 && String(message) === 'ping me') return socket.write(frame(9, Buffer.from('from the lab')));
    if (message.length < 20 && String(message) === 'close me') return (closing = true), socket.write(frame(8, Buffer.concat([Buffer.from([4001 >> 8, 4001 & 255]), Buffer.from('as you wish')])));
    socket.write(frame(kind, message));
  };
  socket.on('error', (error) => console.log('error', error.code));
  return function feed(bytes) {
    chunks.push(bytes); let length = held.length; for (const c of chunks) length += c.length;
    if (length < need) return;
    held = Buffer.concat([held, ...chunks]); chunks = [];
    for (;;) {
      if (held.length < 2) return void (need = 2);
      let n = held[1] & 127, at = 2;
      if (n === 126) { if (held.length < 4) return void (need = 4); n = held.readUInt16BE(2); at = 4; }
      else if (n === 127) { if (held.length < 10) return void (need = 10); n = held.readUInt32BE(6); at = 10; }
      if (held.length < at + 4 + n) return void (need = at + 4 + n);
      const mask = held.subarray(at, at + 4), payload = Buffer.from(held.subarray(at + 4, at + 4 + n));
      for (let i = 0; i < n; i++) payload[i] ^= mask[i & 3];
      const first = held[0];
      held = held.subarray(at + 4 + n);
      onFrame((first & 128) !== 0, first & 15, payload);
    }
  };
}
const answer = (key) => 'HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + accept(key) + '\\r\\n\\r\\n';
${
  raw
    ? `require('net').createServer((socket) => {
  let head = '';
  socket.on('data', function onHead(bytes) {
    head += bytes.toString('latin1');
    const end = head.indexOf('\\r\\n\\r\\n');
    if (end < 0) return;
    socket.off('data', onHead);
    socket.write(answer(/sec-websocket-key: (.*)/i.exec(head)[1].trim()));
    const feed = serve(socket, head.split(' ')[1]);
    socket.on('data', feed);
    feed(Buffer.from(head.slice(end + 4), 'latin1'));
  });
}).listen(8088);`
    : `require('http').createServer().on('upgrade', (req, socket, head) => {
  socket.write(answer(req.headers['sec-websocket-key']));
  const feed = serve(socket, req.url);
  socket.on('data', feed);
  feed(head);
}).listen(8088);`
}`;

/** `deflates`: it takes permessage-deflate (RFC 7692) when the client offers it. */
export const WEBSOCKET_SERVERS = [
  { title: "ws's WebSocketServer", code: PACKAGE_SERVER(''), deflates: false },
  {
    title: "ws's WebSocketServer with permessage-deflate",
    code: PACKAGE_SERVER(', perMessageDeflate: { threshold: 0 }'),
    deflates: true,
  },
  { title: 'a hand-made server on http', code: HAND_MADE(false), deflates: false },
  { title: 'a hand-made server on net', code: HAND_MADE(true), deflates: false },
];

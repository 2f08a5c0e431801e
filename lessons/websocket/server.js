import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const [TEXT, CLOSE, PING] = [1, 8, 9];

createServer((socket) => {
  let bytes = Buffer.alloc(0);
  let isOpen = false;
  socket.on('error', () => {});
  socket.on('data', (data) => {
    bytes = Buffer.concat([bytes, data]);
    if (!isOpen) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      shakeHands(socket, bytes.toString('latin1', 0, end));
      bytes = bytes.subarray(end + 4);
      isOpen = true;
    }
    for (;;) {
      const frame = readFrame(bytes);
      if (!frame) return;
      bytes = bytes.subarray(frame.size);
      handle(socket, frame);
    }
  });
}).listen(8080);

function shakeHands(socket, head) {
  const key = /^sec-websocket-key: *(\S+)/im.exec(head)[1];
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\n' +
      'Upgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
}

function handle(socket, { opcode, payload }) {
  if (opcode === TEXT) socket.write(makeFrame(TEXT, payload));
}

// 1 byte FIN and opcode, 1 byte MASK and length, 4 bytes masking key, payload
function readFrame(bytes) {
  if (bytes.length < 6) return null;
  const length = bytes[1] & 0x7f;
  const size = 6 + length;
  if (bytes.length < size) return null;
  const key = bytes.subarray(2, 6);
  const payload = Buffer.from(bytes.subarray(6, size));
  for (let i = 0; i < length; i++) payload[i] ^= key[i % 4];
  return { opcode: bytes[0] & 0x0f, payload, size };
}

function makeFrame(opcode, payload) {
  return Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);
}

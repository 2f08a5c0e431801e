import type { LessonInfo, WirePromise } from '../contract.ts';
import type { FrameFact, SocketFact, WireFacts } from '../facts.ts';
import { always } from '../wire.ts';

const [TEXT, CLOSE, PING, PONG] = [1, 8, 9, 10];

/** The page's: what is sent by hand is no part of it. */
const socket = ({ sockets }: WireFacts): SocketFact | null =>
  sockets.find(({ handshake }) => !handshake.byHand) ?? null;
/** What the learner sent from the workbench and has an answer for, the newest first. */
const byHand = ({ requests }: WireFacts) =>
  requests.filter((request) => request.byHand && request.response?.arrived != null).reverse();
const up = (wire: WireFacts) => socket(wire)?.up ?? [];
const down = (wire: WireFacts) => socket(wire)?.down ?? [];
const of = (frames: FrameFact[], opcode: number) => frames.filter((frame) => frame.opcode === opcode);
const valid = (wire: WireFacts) =>
  [...up(wire), ...down(wire)].every(({ malformed }) => malformed.length === 0);

/** `close 1006`, as `client.js` prints it. */
const closeCode = ({ console: lines }: WireFacts) =>
  lines
    .map(({ side, text }) => (side === 'client' ? /^close (\d+)/.exec(text)?.[1] : undefined))
    .find(Boolean) ?? null;

const echoes: WirePromise[] = [
  { says: 'a handshake opens the socket', holds: (wire) => socket(wire)?.opened != null },
  {
    says: 'the page sends masked text frames, the server answers with unmasked ones',
    holds: (wire) =>
      of(up(wire), TEXT).length >= 2 &&
      of(down(wire), TEXT).length >= 2 &&
      up(wire).every(({ masked }) => masked) &&
      down(wire).every(({ masked }) => !masked),
  },
  { says: 'nothing breaks RFC 6455', holds: valid },
];

export const lesson: LessonInfo = {
  id: 'websocket',
  order: 11,
  group: 'duplex',
  title: { en: 'WebSocket', 'zh-CN': 'WebSocket' },
  minutes: 20,
  page: 'same-origin',
  latencyMs: 120,
  edition: { en: 'By hand', 'zh-CN': '手写' },
  workbench: true,
  variants: [{ id: 'ws', title: { en: 'With ws', 'zh-CN': '用 ws 库' } }],
  figures: {
    key: (wire) => socket(wire)?.handshake.headers['sec-websocket-key'] ?? null,
    accept: (wire) => socket(wire)?.handshake.response?.headers['sec-websocket-accept'] ?? null,
    'by-hand': (wire) => byHand(wire)[0]?.response?.status.toString() ?? null,
    'first-size': (wire) => (of(up(wire), TEXT)[0] ? `${of(up(wire), TEXT)[0]!.bytes} B` : null),
    'last-header': (wire) => {
      const frame = of(up(wire), TEXT).at(-1);
      return frame ? `${frame.bytes - frame.size} B` : null;
    },
    'close-code': closeCode,
    pongs: (wire) => (socket(wire) ? String(of(up(wire), PONG).length) : null),
  },
  strokes: {
    request: (wire) => socket(wire)?.handshake.id ?? null,
    switch: (wire) => socket(wire)?.handshake.response?.id ?? null,
    'by-hand': (wire) => byHand(wire)[0]?.id ?? null,
    'first-frame': (wire) => of(up(wire), TEXT)[0]?.id ?? null,
    'first-echo': (wire) => of(down(wire), TEXT)[0]?.id ?? null,
    'first-fragment': (wire) => down(wire).find(({ fin }) => !fin)?.id ?? null,
    ping: (wire) => of(down(wire), PING)[0]?.id ?? null,
    pong: (wire) => of(up(wire), PONG)[0]?.id ?? null,
    close: (wire) => of(down(wire), CLOSE)[0]?.id ?? null,
  },
  promises: { '': echoes, ws: echoes },
  steps: [
    {
      id: 'shake-hands',
      title: { en: 'Shake hands', 'zh-CN': '握手' },
      patches: [
        {
          id: 'wrong-accept',
          file: 'server.js',
          find: '.update(key + GUID)',
          replace: ".update(Buffer.from(key, 'base64') + GUID)",
        },
      ],
      question: {
        options: ['decoded', 'text', 'random'],
        answer: 'text',
        shown: (wire) => socket(wire) !== null,
      },
    },
    {
      id: 'by-hand',
      title: { en: 'Ask wrongly', 'zh-CN': '故意写错' },
      experiments: ['version-12', 'no-key', 'keep-alive', 'foreign-origin'],
      patches: [
        {
          id: 'checks-first',
          file: 'server.js',
          find: '  const key = /^sec-websocket-key: *(\\S+)/im.exec(head)[1];',
          replace:
            "  const field = (name) => new RegExp(`^${name}: *(.*?) *$`, 'im').exec(head)?.[1] ?? '';\n  const refuse = (status, more = '') =>\n    socket.end(`HTTP/1.1 ${status}\\r\\n${more}Content-Length: 0\\r\\n\\r\\n`);\n  if (field('Sec-WebSocket-Version') !== '13') {\n    const versions = 'Upgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\n';\n    return refuse('426 Upgrade Required', versions);\n  }\n  const key = field('Sec-WebSocket-Key');\n  const isRight =\n    /^GET \\S+ HTTP\\/1\\.1\\r\\n/.test(head) &&\n    /^websocket$/i.test(field('Upgrade')) &&\n    /\\bupgrade\\b/i.test(field('Connection')) &&\n    /^[A-Za-z0-9+/]{22}==$/.test(key);\n  if (!isRight) return refuse('400 Bad Request');",
        },
        {
          id: 'no-upgrade-back',
          file: 'server.js',
          find: "'Upgrade: websocket\\r\\nConnection: Upgrade\\r\\n' +",
          replace: "'Connection: Upgrade\\r\\n' +",
        },
        {
          id: 'unasked-protocol',
          file: 'server.js',
          find: "'Upgrade: websocket\\r\\nConnection: Upgrade\\r\\n' +",
          replace: "'Upgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Protocol: chess\\r\\n' +",
        },
        {
          id: 'unasked-extension',
          file: 'server.js',
          find: "'Upgrade: websocket\\r\\nConnection: Upgrade\\r\\n' +",
          replace:
            "'Upgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Extensions: x-webkit-deflate-frame\\r\\n' +",
        },
      ],
      question: {
        options: ['426', '400', '101'],
        answer: '101',
        shown: (wire) =>
          byHand(wire).some(({ headers }) => (headers['sec-websocket-version'] ?? '13') !== '13'),
      },
    },
    {
      id: 'one-frame',
      title: { en: 'One frame', 'zh-CN': '一个帧' },
      question: { options: ['14', '16', '20'], answer: '20', shown: (wire) => of(up(wire), TEXT).length > 0 },
    },
    {
      id: 'read-the-mask',
      title: { en: 'Read the mask', 'zh-CN': '读懂掩码' },
      patches: [
        {
          id: 'masked-server',
          file: 'server.js',
          find: 'Buffer.from([0x80 | opcode, payload.length]), payload]',
          replace: 'Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0]), payload]',
        },
      ],
      question: {
        options: ['accepts', 'closes', 'ignores'],
        answer: 'closes',
        shown: (wire) => down(wire).some(({ masked }) => masked) && closeCode(wire) !== null,
      },
    },
    {
      id: 'three-lengths',
      title: { en: 'Three ways to write a length', 'zh-CN': '长度的三种写法' },
      patches: [
        {
          id: 'longer',
          file: 'client.js',
          find: 'ws.send(JSON.stringify({ x: ++x, y: 7 }));',
          replace: "ws.send('x'.repeat(126));",
        },
      ],
      question: {
        options: ['6', '8', '14'],
        answer: '8',
        shown: (wire) => of(up(wire), TEXT).some(({ size }) => size > 125),
      },
    },
    {
      id: 'fragments',
      title: { en: 'A message in parts', 'zh-CN': '拆开的消息' },
      patches: [
        {
          id: 'in-parts',
          file: 'server.js',
          find: '  if (opcode === TEXT) socket.write(makeFrame(TEXT, payload));',
          replace:
            "  if (opcode !== TEXT) return;\n  const [first, last] = [makeFrame(TEXT, payload.subarray(0, 5)), makeFrame(0, payload.subarray(5))];\n  first[0] &= 0x7f; // FIN = 0: there is more\n  socket.write(first);\n  socket.write(makeFrame(PING, Buffer.from('in between')));\n  setTimeout(() => socket.write(last), 300);",
        },
      ],
      question: {
        options: ['two', 'one', 'three'],
        answer: 'one',
        shown: (wire) => of(down(wire), 0).length > 0,
      },
    },
    {
      id: 'ping-and-pong',
      title: { en: 'Ping and pong', 'zh-CN': 'ping 与 pong' },
      patches: [
        {
          id: 'pings',
          file: 'server.js',
          find: "  socket.on('error', () => {});",
          replace:
            "  socket.on('error', () => {});\n  const pulse = setInterval(() => isOpen && socket.write(makeFrame(PING, Buffer.from('hi'))), 700);\n  socket.on('close', () => clearInterval(pulse));",
        },
      ],
      question: {
        options: ['client-js', 'browser', 'nobody'],
        answer: 'browser',
        shown: (wire) => of(up(wire), PONG).length > 0,
      },
    },
    {
      id: 'good-bye',
      title: { en: 'Good-bye', 'zh-CN': '道别' },
      patches: [
        {
          id: 'just-gone',
          file: 'server.js',
          find: '  if (opcode === TEXT) socket.write(makeFrame(TEXT, payload));',
          replace: '  if (opcode === TEXT) socket.end(makeFrame(TEXT, payload));',
        },
        {
          id: 'close-4000',
          file: 'server.js',
          find: '  if (opcode === TEXT) socket.write(makeFrame(TEXT, payload));',
          replace:
            "  if (opcode === TEXT) socket.write(makeFrame(CLOSE, Buffer.from('\\x0f\\xa0bye', 'latin1')));\n  if (opcode === CLOSE) socket.end();",
        },
      ],
      question: {
        options: ['1000', '1005', '1006'],
        answer: '1006',
        shown: (wire) => closeCode(wire) === '1006',
      },
    },
    {
      id: 'longer-messages',
      title: { en: 'Challenge: longer messages', 'zh-CN': '挑战：更长的消息' },
      challenge: {
        goals: [
          {
            id: 'sent',
            judge: (wire) => (of(up(wire), TEXT).some(({ size }) => size === 300) ? 'met' : 'open'),
          },
          {
            id: 'echoed',
            judge: (wire) =>
              of(down(wire), TEXT).some(
                ({ size, text }) => size === 300 && of(up(wire), TEXT).some((frame) => frame.text === text),
              )
                ? 'met'
                : 'open',
          },
          { id: 'valid', judge: (wire) => always(valid(wire), down(wire).length > 0) },
        ],
        hints: 3,
        solution: [
          {
            id: 'send-300',
            file: 'client.js',
            find: 'ws.send(JSON.stringify({ x: ++x, y: 7 }));',
            replace: "ws.send('x'.repeat(300));",
          },
          {
            id: 'read-16',
            file: 'server.js',
            find: '  if (bytes.length < 6) return null;\n  const length = bytes[1] & 0x7f;\n  const size = 6 + length;\n  if (bytes.length < size) return null;\n  const key = bytes.subarray(2, 6);\n  const payload = Buffer.from(bytes.subarray(6, size));',
            replace:
              '  if (bytes.length < 8) return null;\n  const short = bytes[1] & 0x7f;\n  const at = short === 126 ? 4 : 2;\n  const length = short === 126 ? bytes.readUInt16BE(2) : short;\n  const size = at + 4 + length;\n  if (bytes.length < size) return null;\n  const key = bytes.subarray(at, at + 4);\n  const payload = Buffer.from(bytes.subarray(at + 4, size));',
          },
          {
            id: 'write-16',
            file: 'server.js',
            find: '  return Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);',
            replace:
              '  const { length } = payload;\n  const header = length < 126 ? [length] : [126, length >> 8, length & 0xff];\n  return Buffer.concat([Buffer.from([0x80 | opcode, ...header]), payload]);',
          },
        ],
      },
    },
    {
      id: 'close-in-order',
      title: { en: 'Challenge: close in order', 'zh-CN': '挑战：有始有终' },
      challenge: {
        goals: [
          {
            id: 'said',
            judge: (wire) =>
              of(up(wire), CLOSE).some(({ closeCode: code }) => code === 1000) ? 'met' : 'open',
          },
          {
            id: 'answered',
            judge: (wire) =>
              of(down(wire), CLOSE).some(({ closeCode: code }) => code === 1000) ? 'met' : 'open',
          },
          {
            id: 'server-ends',
            judge: (wire) => {
              const ended = wire.connections.find(({ id }) => id === socket(wire)?.connection)?.ended;
              if (!ended) return 'open';
              return ended.by === 'server' ? 'met' : 'missed';
            },
          },
          {
            id: 'clean',
            judge: (wire) => (closeCode(wire) === '1000' ? 'met' : closeCode(wire) ? 'missed' : 'open'),
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'say-it',
            file: 'client.js',
            find: 'ws.onopen = () => {',
            replace: "ws.onopen = () => {\n  setTimeout(() => ws.close(1000, 'done'), 2500);",
          },
          {
            id: 'answer-it',
            file: 'server.js',
            find: '  if (opcode === TEXT) socket.write(makeFrame(TEXT, payload));',
            replace:
              '  if (opcode === TEXT) socket.write(makeFrame(TEXT, payload));\n  if (opcode === CLOSE) socket.end(makeFrame(CLOSE, payload));',
          },
        ],
      },
    },
    { id: 'further', title: { en: 'Now with a library', 'zh-CN': '换成库' } },
  ],
};

/** Recorded runs of WebSocket: each a server program and what its clients say. */
import type { Conversation } from './conversation.ts';
import { webSocketProgram } from './programs.ts';
import { dial, frame, openWebSocket, UPGRADE } from './talk.ts';

const ECHO = webSocketProgram(
  `if (frame.opcode < 8) send(frame.first, frame.payload); if (frame.opcode === 9) send(0x8a, frame.payload);`,
);
const DEFLATE = 'Sec-WebSocket-Extensions: permessage-deflate';

/** Opens, sends, waits for as many answers, closes. */
function exchange(
  name: string,
  messages: (string | Buffer)[],
  options: Parameters<typeof openWebSocket>[1] = {},
  program = ECHO,
): Conversation {
  return {
    name,
    program,
    async talk(origin) {
      const { socket, messages: received, close } = await openWebSocket(origin, options);
      for (const message of messages) socket.send(message);
      await received(messages.length);
      await close();
    },
  };
}

/** Upgrades by hand, sends these bytes, says goodbye, and reads until the server ends. */
function byHand(name: string, frames: Buffer[], program = ECHO): Conversation {
  return {
    name,
    program,
    async talk(origin) {
      const client = await dial(origin);
      await client.send(UPGRADE);
      await client.heard('\r\n\r\n');
      await client.send(...frames, frame(0x88, '\x03\xe8'));
      await client.end();
    },
  };
}

/** The server sends these frames on its own. */
const greeted = (name: string, ...greeting: string[]): Conversation =>
  byHand(name, [], webSocketProgram('', { greeting }));

export const WEBSOCKET_CONVERSATIONS: Conversation[] = [
  exchange('text messages', ['hello', '你好 👋', '']),
  exchange('binary messages', [Buffer.from([0, 1, 2, 255]), Buffer.alloc(125, 7)]),
  exchange('lengths of 16 bits', ['x'.repeat(126), Buffer.alloc(65_535, 1)]),
  exchange('lengths of 64 bits', [Buffer.alloc(65_536, 2), 'y'.repeat(100_000)]),
  exchange(
    'a subprotocol',
    ['hi'],
    { protocols: ['chat.v2', 'chat.v1'] },
    webSocketProgram(`if (frame.opcode < 8) send(frame.first, frame.payload);`, {
      headers: ['Sec-WebSocket-Protocol: chat.v1'],
    }),
  ),
  exchange(
    'permessage-deflate with context takeover',
    ['the same words', 'the same words', 'the same words again'].map((text) => text.repeat(20)),
    { perMessageDeflate: { threshold: 0 } },
    webSocketProgram(`if (frame.opcode < 8) send(frame.first, frame.payload);`, { headers: [DEFLATE] }),
  ),
  exchange(
    'permessage-deflate without context takeover',
    ['the same words', 'the same words'].map((text) => text.repeat(20)),
    { perMessageDeflate: { threshold: 0, clientNoContextTakeover: true, serverNoContextTakeover: true } },
    webSocketProgram(`if (frame.opcode < 8) send(frame.first, frame.payload);`, {
      headers: [`${DEFLATE}; server_no_context_takeover; client_no_context_takeover`],
    }),
  ),
  exchange('permessage-deflate offered and not taken', ['plain'.repeat(20)], {
    perMessageDeflate: { threshold: 0 },
  }),
  {
    name: 'fragments with a ping between them',
    program: ECHO,
    async talk(origin) {
      const { socket, messages, close } = await openWebSocket(origin);
      socket.send('first, ', { fin: false });
      socket.ping('between');
      socket.send('second, ', { fin: false });
      socket.send('last', { fin: true });
      await messages(2);
      await close();
    },
  },
  {
    name: 'ping and pong from both sides',
    program: webSocketProgram(`if (frame.opcode === 9) send(0x8a, frame.payload);`, {
      greeting: ['8900', '890474657374'],
    }),
    async talk(origin) {
      const { socket, messages, close } = await openWebSocket(origin);
      socket.ping();
      socket.ping('pong me');
      await messages(2);
      await close();
    },
  },
  {
    name: 'messages that cross on a slow network',
    conditions: { latencyMs: 15 },
    program: webSocketProgram(
      `if (frame.opcode < 8) { send(0x81, frame.payload); send(0x81, Buffer.from('and one more')); }`,
    ),
    async talk(origin) {
      const { socket, messages, close } = await openWebSocket(origin);
      for (const text of ['a', 'b', 'c']) socket.send(text);
      await messages(6);
      await close();
    },
  },
  {
    name: 'WebSocket through a buffering proxy',
    conditions: { proxy: 'buffering', proxyBufferBytes: 4096 },
    program: ECHO,
    async talk(origin) {
      const { socket, messages, close } = await openWebSocket(origin);
      socket.send('not held');
      await messages(1);
      await close();
    },
  },
  {
    name: 'WebSocket cut by a reset',
    program: ECHO,
    async talk(origin, { cut }) {
      const { socket, messages, close } = await openWebSocket(origin);
      socket.send('before');
      await messages(1);
      await cut({ mode: 'reset' });
      await close();
    },
  },
  {
    name: 'an upgrade with a frame in the same segment',
    program: ECHO,
    async talk(origin) {
      const client = await dial(origin);
      await client.send(Buffer.concat([Buffer.from(UPGRADE, 'latin1'), frame(0x81, 'eager')]));
      await client.heard('eager');
      await client.send(frame(0x88, '\x03\xe8'));
      await client.end();
    },
  },
  {
    name: 'a frame split over many segments, and many frames in one',
    program: ECHO,
    async talk(origin) {
      const client = await dial(origin);
      await client.send(UPGRADE);
      await client.heard('\r\n\r\n');
      const split = frame(0x81, 'split');
      await client.send(...[...split].map((byte) => Buffer.of(byte)));
      await client.send(Buffer.concat([frame(0x81, 'one'), frame(0x82, 'two'), frame(0x88, '\x03\xe8bye')]));
      await client.end();
    },
  },
  byHand('a Close without a code', [frame(0x88)]),
  byHand('an unmasked frame of the client', [frame(0x81, 'bare', false)]),
  byHand('a length that is not minimal', [
    Buffer.concat([Buffer.of(0x81, 0xfe, 0, 2, 0, 0, 0, 0), Buffer.from('hi')]),
  ]),
  byHand('reserved bits and a reserved opcode', [frame(0xf1, 'rsv'), frame(0x83, 'opcode 3')]),
  byHand('text that is no UTF-8', [frame(0x81, Buffer.of(0xff, 0xfe))]),
  greeted('a masked frame of the server', '8182010203046968'),
  greeted('a ping that is fragmented', '0901aa'),
  greeted('a Close with a code nobody may send', '880203ed'),
];

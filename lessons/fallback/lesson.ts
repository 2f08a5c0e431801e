import type { LessonInfo, LessonProfile, WirePromise } from '../contract.ts';
import type { WireFacts } from '../facts.ts';
import { allHandled, asked, delivered, numbersHandled } from '../wire.ts';
import { milliseconds } from '../words.ts';

/** What SockJS's table names for a page of another origin, as far as the wire here speaks it. */
const TABLE: Record<LessonProfile, string> = {
  'ie-6': 'jsonp-polling',
  'ie-7': 'jsonp-polling',
  'ie-8': 'xdr-streaming',
  'ie-9': 'xdr-streaming',
  'ie-10': 'websocket',
  'firefox-3.6': 'xhr-streaming',
  'chrome-14': 'websocket',
  // Its WebSocket was hixie-76, which no server speaks any more: the next in the table.
  'safari-5': 'xhr-streaming',
};

const said = ({ console: lines }: WireFacts, text: string) =>
  lines.find((line) => line.side === 'client' && line.text === text);
const hasChosen = (wire: WireFacts, transport: string) => said(wire, `${transport}: chosen`) !== undefined;
const chosen = (wire: WireFacts) => wire.console.find(({ text }) => text.endsWith(': chosen'));

const chooses = (transport: string): WirePromise[] => [
  { says: `${transport} is chosen`, holds: (wire) => hasChosen(wire, transport) },
  { says: 'messages come over it', holds: (wire) => delivered(wire) >= 2 },
];

export const lesson: LessonInfo = {
  id: 'fallback',
  order: 12,
  group: 'choose',
  title: { en: 'Fallback', 'zh-CN': '降级' },
  minutes: 14,
  page: 'cross-origin',
  latencyMs: 100,
  profiles: Object.keys(TABLE) as LessonProfile[],
  figures: {
    chosen: (wire) => chosen(wire)?.text.split(':')[0] ?? null,
    'until-chosen': (wire) => {
      const [begun, end] = [Math.min(...wire.requests.map(({ sent }) => sent)), chosen(wire)?.t];
      return end === undefined || begun === Infinity ? null : milliseconds(end - begun);
    },
  },
  strokes: {
    handshake: (wire) => wire.sockets[0]?.handshake.id ?? null,
    stream: (wire) => asked(wire, '/stream')[0]?.response?.id ?? null,
    poll: (wire) => asked(wire, '/poll')[0]?.id ?? null,
  },
  promises: { '': chooses('websocket') },
  profilePromises: Object.fromEntries(
    Object.entries(TABLE).map(([profile, transport]) => [profile, chooses(transport)]),
  ),
  steps: [
    {
      id: 'what-is-there',
      title: { en: 'What is there?', 'zh-CN': '有什么可用' },
      question: {
        options: ['websocket', 'xhr-streaming', 'jsonp-polling'],
        answer: 'websocket',
        shown: (wire) => wire.profile === null && hasChosen(wire, 'websocket'),
      },
    },
    {
      id: 'internet-explorer-9',
      title: { en: 'Without WebSocket', 'zh-CN': '没有 WebSocket' },
      question: {
        options: ['xhr-streaming', 'xdr-streaming', 'jsonp-polling'],
        answer: 'xdr-streaming',
        shown: (wire) => hasChosen(wire, 'xdr-streaming'),
      },
    },
    {
      id: 'internet-explorer-6',
      title: { en: 'The last resort', 'zh-CN': '最后的办法' },
      question: {
        options: ['xhr-polling', 'jsonp-polling', 'none'],
        answer: 'jsonp-polling',
        shown: (wire) => hasChosen(wire, 'jsonp-polling'),
      },
    },
    {
      id: 'there-and-refused',
      title: { en: 'There, and refused', 'zh-CN': '有，却行不通' },
      patches: [
        {
          id: 'refuse-websocket',
          file: 'server.js',
          find: 'new WebSocketServer({ server })',
          replace: 'new WebSocketServer({ server, verifyClient: () => false })',
        },
      ],
      question: {
        options: ['status', 'close', 'exception'],
        answer: 'close',
        shown: (wire) => said(wire, 'websocket: nothing comes') !== undefined,
      },
    },
    {
      id: 'held-back',
      title: { en: 'Held back', 'zh-CN': '被扣住了' },
      network: [{ id: 'buffering-proxy', conditions: { proxy: 'buffering', proxyBufferBytes: 64 * 1024 } }],
      question: {
        options: ['websocket', 'xhr-streaming', 'xhr-polling'],
        answer: 'xhr-polling',
        shown: (wire) => hasChosen(wire, 'xhr-polling'),
      },
    },
    {
      id: 'the-price',
      title: { en: 'The price of trying', 'zh-CN': '试的代价' },
      patches: [
        {
          id: 'safest-first',
          file: 'client.js',
          find: 'attempt(transports);',
          replace: 'attempt(transports.slice().reverse());',
        },
      ],
      question: {
        options: ['best', 'safest', 'same'],
        answer: 'safest',
        shown: (wire) => hasChosen(wire, 'jsonp-polling'),
      },
    },
    {
      id: 'one-more',
      title: { en: 'Challenge: one more', 'zh-CN': '挑战：再加一种' },
      challenge: {
        goals: [
          {
            id: 'event-stream',
            judge: (wire) =>
              wire.requests.some(
                ({ response }) =>
                  /^text\/event-stream/.test(response?.headers['content-type'] ?? '') &&
                  response!.events.filter(({ dispatched }) => dispatched).length >= 3,
              )
                ? 'met'
                : 'open',
          },
          {
            id: 'chosen',
            judge: (wire) => (hasChosen(wire, 'eventsource') && delivered(wire) >= 2 ? 'met' : 'open'),
          },
        ],
        hints: 3,
        solution: [
          {
            id: 'list-it',
            file: 'transports.js',
            find: "  { name: 'websocket', can: hasWebSocket, open: socket },",
            replace:
              "  { name: 'eventsource', can: hasEventSource, open: events },\n  { name: 'websocket', can: hasWebSocket, open: socket },",
          },
          {
            id: 'open-it',
            file: 'transports.js',
            find: 'function socket(line, lost) {',
            replace:
              "function hasEventSource() {\n  return 'EventSource' in window;\n}\n\nfunction events(line, lost) {\n  var source = new EventSource(server + '/events');\n  source.onmessage = function (event) {\n    line(event.data);\n  };\n  source.onerror = lost;\n  return function () {\n    source.close();\n  };\n}\n\nfunction socket(line, lost) {",
          },
          {
            id: 'serve-it',
            file: 'server.js',
            find: "  if (url.pathname === '/stream') stream(res);",
            replace:
              "  if (url.pathname === '/events') events(res);\n  else if (url.pathname === '/stream') stream(res);",
          },
          {
            id: 'write-it',
            file: 'server.js',
            find: 'function stream(res) {',
            replace:
              "function events(res) {\n  res.setHeader('Content-Type', 'text/event-stream');\n  res.write(`data: open ${history.length}\\n\\n`);\n  join(res, (line) => res.write(`data: ${line}\\n\\n`));\n}\n\nfunction stream(res) {",
          },
        ],
      },
    },
    {
      id: 'climb',
      title: { en: 'Challenge: climb', 'zh-CN': '挑战：往上换' },
      challenge: {
        goals: [
          {
            id: 'begins-with-polls',
            judge: (wire) => {
              const polls = asked(wire, '/poll').filter(({ response }) =>
                /message/.test(response?.body ?? ''),
              );
              const [socket] = wire.sockets;
              if (polls[0]) return socket && socket.handshake.sent < polls[0].sent ? 'missed' : 'met';
              return socket ? 'missed' : 'open';
            },
          },
          {
            id: 'ends-with-frames',
            judge: (wire) =>
              wire.sockets.some(({ down }) => down.filter(({ text }) => /^message/.test(text)).length >= 3)
                ? 'met'
                : 'open',
          },
          {
            id: 'complete',
            judge: (wire) => {
              const frame = wire.sockets[0]?.down.findLast(({ text }) => /^message/.test(text));
              const newest = Number(frame?.text.split(' ')[1] ?? 0);
              const first = Math.min(...numbersHandled(wire));
              return newest > first + 4 ? allHandled(wire, first, newest) : 'open';
            },
          },
        ],
        hints: 3,
        solution: [
          {
            id: 'polls-first',
            file: 'client.js',
            find: 'attempt(transports);',
            replace:
              'var stopPolling = transports[3].open(show, function () {});\nsetTimeout(function () {\n  transports[0].open(function (line) {\n    stopPolling();\n    show(line);\n  }, function () {});\n}, 2500);',
          },
          {
            id: 'what-is-known',
            file: 'transports.js',
            find: "new WebSocket(server.replace('http', 'ws'))",
            replace: "new WebSocket(server.replace('http', 'ws') + '/?after=' + last)",
          },
          {
            id: 'what-was-missed',
            file: 'server.js',
            find: "on('connection', (socket) => {\n  socket.send(`open ${history.length}`);",
            replace:
              "on('connection', (socket, req) => {\n  const after = new URL(req.url, 'http://localhost').searchParams.get('after');\n  for (const line of history.slice(after)) socket.send(line);",
          },
        ],
      },
    },
    { id: 'further', title: { en: 'What became of it', 'zh-CN': '后来呢' } },
  ],
};

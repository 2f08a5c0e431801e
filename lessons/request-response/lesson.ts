import type { LessonInfo } from '../contract.ts';
import type { RequestFact, WireFacts } from '../facts.ts';
import { asked, delivered } from '../wire.ts';
import { milliseconds } from '../words.ts';

const said = (wire: WireFacts) => asked(wire, '/say');
const heard = (wire: WireFacts) => asked(wire, '/heard');
const texts = ({ response }: RequestFact) => [
  ...(response?.body ?? '').matchAll(/"text":"((?:[^"\\]|\\.)*)"/g),
];
/** Answers that page A was given, with what others said in them. */
const answersToA = (wire: WireFacts) =>
  heard(wire).filter(({ page, response }) => page === 'A' && response !== null);

const ASKS = 'const response = await fetch(`/heard?after=${last}`);';
const SAY_AT_ONCE = "setTimeout(say, 1000, 'hello');";

export const lesson: LessonInfo = {
  id: 'request-response',
  order: 0,
  group: 'start',
  title: { en: 'Request and response', 'zh-CN': '请求与响应' },
  minutes: 12,
  page: 'same-origin',
  pages: [
    { name: 'A', file: 'index.html' },
    { name: 'B', file: 'b.html' },
  ],
  latencyMs: 100,
  figures: {
    'content-length': (wire) => {
      const length = said(wire)[0]?.headers['content-length'];
      return length === undefined ? null : `Content-Length: ${length}`;
    },
    'round-trip': (wire) => {
      const request = said(wire).find(({ response }) => response?.arrived != null);
      return request ? milliseconds(request.response!.arrived! - request.sent) : null;
    },
  },
  strokes: {
    'a-says': (wire) => said(wire)[0]?.id ?? null,
    'server-answers': (wire) => said(wire)[0]?.response?.id ?? null,
    'b-asks': (wire) => heard(wire)[0]?.id ?? null,
    'b-asks-again': (wire) => heard(wire)[1]?.id ?? null,
  },
  promises: {
    '': [
      {
        says: 'what A says is in the server, and answered',
        holds: (wire) => said(wire)[0]?.body === 'hello' && said(wire)[0]?.response?.status === 204,
      },
      {
        says: 'B asked before, and was told that there is nothing',
        holds: (wire) =>
          heard(wire).length === 1 && heard(wire)[0]!.page === 'B' && heard(wire)[0]!.response?.body === '[]',
      },
    ],
  },
  steps: [
    {
      id: 'a-says-hello',
      title: { en: 'A says hello', 'zh-CN': 'A 打个招呼' },
      question: {
        options: ['at-once', 'when-asked', 'never'],
        answer: 'when-asked',
        shown: (wire) => delivered(wire) >= 1,
      },
    },
    {
      id: 'two-trips',
      title: { en: 'There and back', 'zh-CN': '一去一回' },
      network: [{ id: 'far', conditions: { latencyMs: 400 } }],
      question: {
        options: ['one', 'two', 'four'],
        answer: 'two',
        shown: (wire) => said(wire).some(({ response }) => response?.arrived != null),
      },
    },
    {
      id: 'where-it-ends',
      title: { en: 'Lines, a blank line, a body', 'zh-CN': '几行，一个空行，正文' },
      patches: [
        {
          id: 'say-nihao',
          file: 'client.js',
          find: SAY_AT_ONCE,
          replace: "setTimeout(say, 1000, '你好');",
        },
      ],
      question: {
        options: ['2', '4', '6'],
        answer: '6',
        shown: (wire) => said(wire)[0]?.body === '你好',
      },
    },
    {
      id: 'unasked',
      title: { en: 'An answer to no question', 'zh-CN': '没人问的回答' },
      patches: [
        {
          id: 'answer-unasked',
          file: 'server.js',
          find: '    const after = ',
          replace:
            "    setTimeout(() => {\n      console.log('written, and nobody asked');\n      req.socket.write('HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nsurprise!');\n    }, 2000);\n    const after = ",
        },
      ],
      question: {
        options: ['message', 'error', 'nothing'],
        answer: 'nothing',
        shown: (wire) => wire.console.some(({ text }) => text.includes('nobody asked')),
      },
    },
    {
      id: 'one-at-a-time',
      title: { en: 'One at a time', 'zh-CN': '一次一个' },
      patches: [
        {
          id: 'ten-at-once',
          file: 'client.js',
          find: SAY_AT_ONCE,
          replace: 'setTimeout(() => {\n  for (let i = 1; i <= 10; i++) say(`hello ${i}`);\n}, 1000);',
        },
      ],
      question: {
        options: ['one', 'six', 'ten'],
        answer: 'six',
        shown: (wire) => said(wire).length >= 10,
      },
    },
    {
      id: 'another-origin',
      title: { en: 'Next door', 'zh-CN': '隔壁端口' },
      patches: [
        {
          id: 'ask-8081',
          file: 'b.js',
          find: ASKS,
          replace: 'const response = await fetch(`http://localhost:8081/heard?after=${last}`);',
          throws: true,
        },
      ],
      question: {
        options: ['not-sent', 'refused', 'kept'],
        answer: 'kept',
        shown: (wire) => heard(wire).some(({ port, response }) => port === 8081 && response !== null),
      },
    },
    {
      id: 'b-says-something',
      title: { en: 'Challenge: a conversation', 'zh-CN': '挑战：聊起来' },
      challenge: {
        goals: [
          {
            id: 'b-speaks',
            judge: (wire) => (said(wire).some(({ page, body }) => page === 'B' && body) ? 'met' : 'open'),
          },
          {
            id: 'a-hears',
            judge: (wire) =>
              said(wire).some(
                ({ page, body }) =>
                  page === 'B' &&
                  answersToA(wire).some((answer) => texts(answer).some(([, text]) => text === body)),
              )
                ? 'met'
                : 'open',
          },
        ],
        hints: 3,
        solution: [
          {
            id: 'b-replies',
            file: 'b.js',
            find: '  console.log(`B shows: ${text}`);',
            replace:
              "  console.log(`B shows: ${text}`);\n  if (text === 'hello') fetch('/say', { method: 'POST', body: 'hello, A' });",
          },
          { id: 'b-asks-on', file: 'b.js', find: '\nask();\n', replace: '\nsetInterval(ask, 1000);\n' },
          {
            id: 'a-asks',
            file: 'client.js',
            find: SAY_AT_ONCE,
            replace: `${SAY_AT_ONCE}\n\nsetInterval(async () => {\n  const response = await fetch('/heard?after=0');\n  console.log(await response.text());\n}, 1000);`,
          },
        ],
      },
    },
    {
      id: 'created',
      title: { en: 'Challenge: say where it is', 'zh-CN': '挑战：说出它在哪里' },
      challenge: {
        goals: [
          { id: 'created', judge: (wire) => (created(wire) ? 'met' : 'open') },
          {
            id: 'fetched',
            judge: (wire) => {
              const [request] = said(wire);
              const location = request?.response?.headers['location'];
              if (!location) return 'open';
              return wire.requests.some(
                ({ method, target, response }) =>
                  method === 'GET' && target === location && response?.body.includes(request.body),
              )
                ? 'met'
                : 'open';
            },
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'location',
            file: 'server.js',
            find: '    res.writeHead(204).end();',
            replace: '    res.writeHead(201, { Location: `/heard?after=${id - 1}` }).end();',
          },
          {
            id: 'fetch-it',
            file: 'client.js',
            find: '  console.log(`the server answers with ${response.status}`);',
            replace:
              "  const message = await fetch(response.headers.get('Location'));\n  console.log(await message.text());",
          },
        ],
      },
    },
    { id: 'further', title: { en: 'Three problems', 'zh-CN': '三个问题' } },
  ],
};

function created(wire: WireFacts): boolean {
  const response = said(wire)[0]?.response;
  return response?.status === 201 && response.headers['location'] !== undefined;
}

import type { LessonInfo, LessonPatch } from '../contract.ts';
import type { RequestFact, WireFacts } from '../facts.ts';
import { always } from '../wire.ts';

const of = ({ requests }: WireFacts, method: string) =>
  requests.filter((each) => each.method === method && !each.preflight);
const preflights = ({ requests }: WireFacts) => requests.filter(({ preflight }) => preflight);
const allow = (request: RequestFact | undefined, name = 'origin') =>
  request?.response?.headers[`access-control-allow-${name}`];
/** What the page printed for an attempt; undefined while it did not. */
const printed = ({ console: lines }: WireFacts, name: string) =>
  lines.find(({ side, text }) => side === 'client' && text.startsWith(`${name} `))?.text;
const anyStar = ({ requests }: WireFacts) =>
  requests.some(({ response }) =>
    Object.entries(response?.headers ?? {}).some(
      ([name, value]) => name.startsWith('access-control-') && value.trim() === '*',
    ),
  );

const HEAD = "  res.writeHead(200, { 'Content-Type': 'application/json' });";
/** Puts a header field on every answer but the preflight's. */
const withHeader = (id: string, fields: string): LessonPatch => ({
  id,
  file: 'server.js',
  find: HEAD,
  replace: `  res.writeHead(200, {\n    'Content-Type': 'application/json',\n${fields}\n  });`,
});
const ORIGIN = "    'Access-Control-Allow-Origin': process.env.PAGE_ORIGIN,";
const PREFLIGHT = '    return res.writeHead(204).end();';
const allowPut = (more = '') => ({
  find: PREFLIGHT,
  replace: `    res.setHeader('Access-Control-Allow-Origin', process.env.PAGE_ORIGIN);\n    res.setHeader('Access-Control-Allow-Methods', 'PUT');\n    res.setHeader('Access-Control-Allow-Headers', 'content-type');\n${more}    return res.writeHead(204).end();`,
});

export const lesson: LessonInfo = {
  id: 'cors',
  order: 7,
  group: 'origin',
  title: { en: 'CORS', 'zh-CN': '跨源资源共享' },
  minutes: 16,
  page: 'cross-origin',
  latencyMs: 100,
  figures: {
    origin: ({ requests }) => requests.find(({ headers }) => headers.origin)?.headers.origin ?? null,
    preflights: (wire) => (wire.requests.length > 0 ? String(preflights(wire).length) : null),
    'put-origin': (wire) => allow(preflights(wire)[0]) ?? null,
  },
  strokes: {
    get: (wire) => of(wire, 'GET')[0]?.id ?? null,
    post: (wire) => of(wire, 'POST')[0]?.id ?? null,
    preflight: (wire) => preflights(wire)[0]?.id ?? null,
    put: (wire) => of(wire, 'PUT')[0]?.id ?? null,
  },
  promises: {
    '': [
      {
        says: 'the GET is answered with 200, and the page may not read it',
        holds: (wire) =>
          of(wire, 'GET')[0]?.response?.status === 200 && /^GET (?!200)/.test(printed(wire, 'GET') ?? ''),
      },
      {
        says: 'the POST is done all the same',
        holds: (wire) => (of(wire, 'POST')[0]?.response?.body ?? '').includes('bye'),
      },
      {
        says: 'the PUT is asked for and never sent',
        holds: (wire) =>
          preflights(wire).length > 0 && printed(wire, 'PUT') !== undefined && of(wire, 'PUT').length === 0,
      },
    ],
  },
  steps: [
    {
      id: 'two-origins',
      title: { en: 'Two origins', 'zh-CN': '两个源' },
      question: {
        options: ['not-sent', 'refused', 'answered'],
        answer: 'answered',
        shown: (wire) => printed(wire, 'GET') !== undefined,
      },
    },
    {
      id: 'one-header',
      title: { en: 'One header field', 'zh-CN': '一个响应头' },
      patches: [
        withHeader('allow-this', ORIGIN),
        withHeader('allow-other', "    'Access-Control-Allow-Origin': 'http://example.com',"),
      ],
      question: {
        options: ['listed', 'same', 'any'],
        answer: 'same',
        shown: (wire) => printed(wire, 'GET') !== undefined && allow(of(wire, 'GET')[0]) !== undefined,
      },
    },
    {
      id: 'blocked-and-done',
      title: { en: 'Blocked, and done', 'zh-CN': '拦下了，也做了' },
      question: {
        options: ['unchanged', 'changed', 'rolled-back'],
        answer: 'changed',
        shown: (wire) => printed(wire, 'POST') !== undefined,
      },
    },
    {
      id: 'ask-first',
      title: { en: 'Ask first', 'zh-CN': '先问一声' },
      patches: [{ id: 'allow-put', file: 'server.js', ...allowPut() }],
      question: {
        options: ['put', 'options', 'both'],
        answer: 'options',
        shown: (wire) => preflights(wire).length > 0,
      },
    },
    {
      id: 'how-often',
      title: { en: 'How often it asks', 'zh-CN': '问几次' },
      patches: [
        {
          id: 'three-puts',
          file: 'client.js',
          find: "  await attempt('PUT', () => put('changed'));",
          replace: "  for (const text of ['a', 'b', 'c']) await attempt('PUT', () => put(text));",
        },
        {
          id: 'max-age-0',
          file: 'server.js',
          ...allowPut("    res.setHeader('Access-Control-Max-Age', '0');\n"),
        },
      ],
      question: {
        options: ['none', 'one', 'three'],
        answer: 'one',
        shown: (wire) => of(wire, 'PUT').length >= 2,
      },
    },
    {
      id: 'cookies',
      title: { en: 'With cookies', 'zh-CN': '带上 cookie' },
      patches: [
        {
          id: 'include',
          file: 'client.js',
          find: "attempt('GET', () => fetch(notes));",
          replace: "attempt('GET', () => fetch(notes, { credentials: 'include' }));",
        },
        withHeader('star', "    'Set-Cookie': 'visit=1',\n    'Access-Control-Allow-Origin': '*',"),
        withHeader(
          'credentials',
          `    'Set-Cookie': 'visit=1',\n    'Access-Control-Allow-Credentials': 'true',\n${ORIGIN}`,
        ),
      ],
      question: {
        options: ['star-enough', 'star-fails', 'never'],
        answer: 'star-fails',
        shown: (wire) => allow(of(wire, 'GET')[0]) === '*' && /^GET (?!200)/.test(printed(wire, 'GET') ?? ''),
      },
    },
    {
      id: 'which-headers',
      title: { en: 'Which header fields it may read', 'zh-CN': '能读哪些响应头' },
      patches: [
        {
          id: 'print-total',
          file: 'client.js',
          find: '    show(`${name} ${response.status} ${await response.text()}`);',
          replace:
            "    show(`${name} X-Total: ${response.headers.get('X-Total')}`);\n    show(`${name} Content-Type: ${response.headers.get('Content-Type')}`);",
        },
        withHeader('total', `    'X-Total': notes.length,\n${ORIGIN}`),
        withHeader(
          'expose',
          `    'X-Total': notes.length,\n    'Access-Control-Expose-Headers': 'X-Total',\n${ORIGIN}`,
        ),
      ],
      question: {
        options: ['both', 'neither', 'content-type'],
        answer: 'content-type',
        shown: ({ console: lines }) => lines.some(({ text }) => text.includes('X-Total')),
      },
    },
    {
      id: 'let-it-pass',
      title: { en: 'Challenge: let the PUT pass', 'zh-CN': '挑战：放行 PUT' },
      challenge: {
        goals: [
          {
            id: 'sent',
            judge: (wire) => (of(wire, 'PUT')[0]?.response?.status === 200 ? 'met' : 'open'),
          },
          {
            id: 'read',
            judge: (wire) => (/^PUT 200/.test(printed(wire, 'PUT') ?? '') ? 'met' : 'open'),
          },
          { id: 'no-star', judge: (wire) => always(!anyStar(wire), preflights(wire).length > 0) },
        ],
        hints: 2,
        solution: [
          { id: 'solve-preflight', file: 'server.js', ...allowPut() },
          withHeader('solve-read', ORIGIN),
        ],
      },
    },
    {
      id: 'with-a-cookie',
      title: { en: 'Challenge: who is it?', 'zh-CN': '挑战：是谁来了' },
      challenge: {
        goals: [
          {
            id: 'cookie',
            judge: ({ requests }) =>
              requests.some(({ headers, preflight }) => !preflight && headers.cookie?.includes('visit='))
                ? 'met'
                : 'open',
          },
          {
            id: 'readable',
            judge: (wire) =>
              of(wire, 'GET').some(
                (request) =>
                  request.headers.cookie !== undefined &&
                  allow(request, 'credentials') === 'true' &&
                  allow(request) === request.headers.origin,
              ) &&
              wire.console.filter(({ side, text }) => side === 'client' && /^GET\b.* 200 /.test(text))
                .length >= 2
                ? 'met'
                : 'open',
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'twice',
            file: 'client.js',
            find: "  await attempt('GET', () => fetch(notes));",
            replace:
              "  await attempt('GET', () => fetch(notes, { credentials: 'include' }));\n  await attempt('GET', () => fetch(notes, { credentials: 'include' }));",
          },
          withHeader(
            'solve-credentials',
            `    'Set-Cookie': 'visit=1',\n    'Access-Control-Allow-Credentials': 'true',\n${ORIGIN}`,
          ),
        ],
      },
    },
    { id: 'further', title: { en: 'What it is, and is not', 'zh-CN': '它是什么，不是什么' } },
  ],
};

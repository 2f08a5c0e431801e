import type { LessonInfo } from '../contract.ts';
import type { WireFacts } from '../facts.ts';
import { threeToAStream } from '../solutions.ts';
import { allHandled, always, asked, delivered, printed } from '../wire.ts';
import { grouped } from '../words.ts';

const streams = (wire: WireFacts) => asked(wire, '/stream');
const said = (wire: WireFacts) => asked(wire, '/say');
const sessionOf = (target: string) => /[?&][^=&]+=([^&]+)/.exec(target)?.[1];

export const lesson: LessonInfo = {
  id: 'xdomainrequest',
  order: 8,
  group: 'origin',
  title: { en: 'XDomainRequest', 'zh-CN': 'XDomainRequest' },
  minutes: 10,
  page: 'cross-origin',
  profile: 'ie-9',
  latencyMs: 100,
  figures: {
    received: (wire) => {
      const chunks = streams(wire)[0]?.response?.chunks;
      return chunks ? `${grouped(chunks.reduce((sum, { size }) => sum + size, 0))} B` : null;
    },
  },
  strokes: {
    post: (wire) => said(wire)[0]?.id ?? null,
    answer: (wire) => said(wire)[0]?.response?.id ?? null,
    stream: (wire) => streams(wire)[0]?.response?.id ?? null,
  },
  promises: {
    '': [
      {
        says: 'a POST goes to another origin without a type, a cookie or a preflight, and is answered',
        holds: (wire) =>
          said(wire)[0]?.headers['content-type'] === undefined &&
          said(wire)[0]?.headers.origin !== undefined &&
          said(wire)[0]?.response?.body === 'HELLO' &&
          wire.requests.every(({ preflight }) => !preflight),
      },
      { says: 'the page is told of it', holds: (wire) => printed(wire, 'answered: HELLO') },
      {
        says: 'messages come one by one over one response',
        holds: (wire) => streams(wire).length === 1 && delivered(wire) >= 3,
      },
    ],
  },
  steps: [
    {
      id: 'two-objects',
      title: { en: 'A second object', 'zh-CN': '另一个对象' },
      patches: [
        {
          id: 'use-xhr',
          file: 'client.js',
          find: 'var post = new XDomainRequest();',
          replace: 'var post = new XMLHttpRequest();',
          throws: true,
        },
      ],
      question: {
        options: ['answered', 'kept', 'throws'],
        answer: 'throws',
        shown: (wire) => printed(wire, 'Access is denied'),
      },
    },
    {
      id: 'permission',
      title: { en: 'Permission', 'zh-CN': '要有许可' },
      patches: [
        {
          id: 'no-permission',
          file: 'server.js',
          find: "  res.setHeader('Access-Control-Allow-Origin', '*');\n",
          replace: '',
        },
      ],
      question: {
        options: ['status', 'text', 'nothing'],
        answer: 'nothing',
        shown: (wire) =>
          printed(wire, 'not answered') &&
          said(wire)[0]?.response?.headers['access-control-allow-origin'] === undefined,
      },
    },
    {
      id: 'bare-request',
      title: { en: 'A bare request', 'zh-CN': '光秃秃的请求' },
      question: {
        options: ['content-type', 'cookie', 'origin'],
        answer: 'origin',
        shown: (wire) => said(wire).length > 0,
      },
    },
    {
      id: 'prelude',
      title: { en: 'Two kilobytes first', 'zh-CN': '先来 2 KB' },
      patches: [
        { id: 'no-prelude', file: 'server.js', find: '  res.write(prelude);\n', replace: '' },
        { id: 'short-prelude', file: 'server.js', find: "' '.repeat(2048)", replace: "' '.repeat(2000)" },
      ],
      question: {
        options: ['at-once', 'after-2048', 'at-the-end'],
        answer: 'after-2048',
        shown: (wire) => {
          const chunks = streams(wire)[0]?.response?.chunks ?? [];
          return chunks.length >= 3 && chunks[0]!.size < 2048;
        },
      },
    },
    {
      id: 'all-handlers',
      title: { en: 'A handler for everything', 'zh-CN': '一个也不能少' },
      patches: [
        {
          id: 'two-handlers',
          file: 'client.js',
          find: '  post.onprogress = post.ontimeout = function () {};\n',
          replace: '',
        },
      ],
      question: {
        options: ['same', 'aborted', 'throws'],
        answer: 'aborted',
        shown: (wire) => wire.now > 2000 && streams(wire).length > 0 && said(wire).length === 0,
      },
    },
    {
      id: 'same-scheme',
      title: { en: 'http to http', 'zh-CN': 'http 对 http' },
      patches: [
        {
          id: 'to-https',
          file: 'client.js',
          find: "post.open('POST', server + '/say');",
          replace: "post.open('POST', 'https://localhost:8443/say');",
          throws: true,
        },
      ],
      question: {
        options: ['sent', 'onerror', 'throws'],
        answer: 'throws',
        shown: (wire) => printed(wire, 'Access is denied'),
      },
    },
    {
      id: 'who-is-it',
      title: { en: 'Challenge: who is it?', 'zh-CN': '挑战：你是谁' },
      challenge: {
        goals: [
          {
            id: 'same-session',
            judge: (wire) => {
              const [one, two] = said(wire).map(({ target }) => sessionOf(target));
              return one !== undefined && one === two ? 'met' : 'open';
            },
          },
          {
            id: 'counted',
            judge: (wire) =>
              said(wire)[0]?.response?.body === '1' && said(wire)[1]?.response?.body === '2' ? 'met' : 'open',
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'name-it',
            file: 'client.js',
            find: "say('hello');\n",
            replace:
              "var session = Math.random().toString(36).slice(2);\nsay('hello');\nsetTimeout(say, 1000, 'hello again');\n",
          },
          {
            id: 'send-it',
            file: 'client.js',
            find: "server + '/say'",
            replace: "server + '/say?session=' + session",
          },
          {
            id: 'remember',
            file: 'server.js',
            find: 'const open = new Set();',
            replace: 'const open = new Set();\nconst counts = new Map();',
          },
          {
            id: 'count',
            file: 'server.js',
            find: '    return res.end(said.toUpperCase());',
            replace:
              '    const count = (counts.get(req.url) ?? 0) + 1;\n    counts.set(req.url, count);\n    return res.end(String(count));',
          },
        ],
      },
    },
    {
      id: 'start-afresh',
      title: { en: 'Challenge: start afresh', 'zh-CN': '挑战：从头再来' },
      challenge: {
        goals: [
          {
            id: 'short',
            judge: (wire) =>
              always(
                streams(wire).every(({ response }) => (response?.body.length ?? 0) <= 2100),
                streams(wire).filter(({ response }) => response?.done).length >= 2,
              ),
          },
          {
            id: 'complete',
            judge: (wire) => allHandled(wire, 1, 6),
          },
        ],
        hints: 3,
        solution: [
          ...threeToAStream({
            sends: '  for (const res of open) res.write(`${text}\\n`);',
            keeps: 'text',
            writes: (kept) => `\`\${${kept}}\\n\``,
          }),
          {
            id: 'begin-again',
            file: 'client.js',
            find: '  stream.onprogress = stream.onload = function () {',
            replace:
              '  stream.onload = function () {\n    stream.onprogress();\n    length = 0;\n    listen();\n  };\n  stream.onprogress = function () {',
          },
          {
            id: 'go-on-after',
            file: 'client.js',
            find: "stream.open('GET', server + '/stream');",
            replace:
              "var shown = document.getElementsByTagName('li').length;\n  stream.open('GET', server + '/stream?after=' + shown);",
          },
        ],
      },
    },
    { id: 'further', title: { en: 'What became of it', 'zh-CN': '后来呢' } },
  ],
};

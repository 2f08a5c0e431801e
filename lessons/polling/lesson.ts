import type { LessonInfo, WirePromise } from '../contract.ts';
import type { RequestFact, WireFacts } from '../facts.ts';
import { always, asked, delivered, delaysSince, medianGap } from '../wire.ts';
import { percent } from '../words.ts';

const polls = (wire: WireFacts) => asked(wire, '/messages');
const said = ({ response }: RequestFact) => (response?.body.match(/"id"/g) ?? []).length;

const answered = ({ requests }: WireFacts) =>
  requests.flatMap(({ response }) => (response?.done ? [response] : []));
/** Answers that ended their connection. */
const closed = (wire: WireFacts) => answered(wire).filter(({ headers }) => headers['connection'] === 'close');
const isLong = (body = '') => body.length > 300;

/** Of the answers, those that say `[]`, or have no body at all; null before the first. */
function emptyShare(wire: WireFacts): number | null {
  const answers = answered(wire);
  return answers.length === 0 ? null : answers.filter(({ body }) => body.length <= 2).length / answers.length;
}

/** Whether the page leaves so many ms between two polls. */
function asksEvery(wire: WireFacts, atLeast: number, atMost: number): boolean {
  const gap = medianGap(polls(wire));
  return gap !== null && gap >= atLeast && gap <= atMost;
}

const polling: WirePromise[] = [
  {
    says: 'the page asks again and again, about every second',
    holds: (wire) => polls(wire).length >= 3,
  },
  {
    says: 'a message reaches the page with the answer to a later request',
    holds: ({ deliveries }) =>
      deliveries.some(({ created, handled }) => created !== null && handled !== null),
  },
  {
    says: 'some answers carry nothing',
    holds: (wire) => polls(wire).some(({ response }) => response?.body === '[]'),
  },
];

export const lesson: LessonInfo = {
  id: 'polling',
  order: 1,
  group: 'pull',
  title: { en: 'Polling', 'zh-CN': '轮询' },
  minutes: 12,
  page: 'same-origin',
  latencyMs: 100,
  figures: {
    empty: (wire) => {
      const share = emptyShare(wire);
      return share === null ? null : percent(share);
    },
  },
  promises: { '': polling, classic: polling },
  variants: [{ id: 'classic', title: { en: 'Classic', 'zh-CN': '老写法' } }],
  steps: [
    {
      id: 'run-it',
      title: { en: 'Run it', 'zh-CN': '跑起来' },
      question: {
        options: ['at-once', 'next-request', 'never'],
        answer: 'next-request',
        shown: (wire) => delivered(wire) >= 1,
      },
    },
    {
      id: 'interval',
      title: { en: 'Ask less often, or more', 'zh-CN': '问得勤一点，懒一点' },
      patches: [
        {
          id: 'every-3-s',
          file: 'client.js',
          find: 'setInterval(poll, 1000);',
          replace: 'setInterval(poll, 3000);',
        },
        {
          id: 'every-300-ms',
          file: 'client.js',
          find: 'setInterval(poll, 1000);',
          replace: 'setInterval(poll, 300);',
        },
      ],
      question: {
        options: ['100-ms', '1600-ms', '3100-ms'],
        answer: '1600-ms',
        shown: (wire) => asksEvery(wire, 2500, 3500) && delivered(wire) >= 3,
      },
    },
    {
      id: 'cost',
      title: { en: 'Count the bytes', 'zh-CN': '数一数字节' },
      patches: [
        {
          id: 'long-text',
          file: 'server.js',
          find: '{ id, text }',
          replace: '{ id, text: text.repeat(99) }',
        },
      ],
      question: {
        options: ['half', 'fifth', 'fortieth'],
        answer: 'fortieth',
        shown: (wire) => delivered(wire) >= 2 && polls(wire).every(({ response }) => !isLong(response?.body)),
      },
    },
    {
      id: 'connection',
      title: { en: 'One connection, many requests', 'zh-CN': '一个连接，多次请求' },
      patches: [
        {
          id: 'close',
          file: 'server.js',
          find: "res.setHeader('Content-Type', 'application/json');",
          replace:
            "res.setHeader('Content-Type', 'application/json');\n  res.setHeader('Connection', 'close');",
        },
      ],
      question: {
        options: ['same', 'new', 'lost'],
        answer: 'new',
        shown: (wire) => closed(wire).length >= 2,
      },
    },
    {
      id: 'nothing-new',
      title: { en: 'When nothing is new', 'zh-CN': '没有新消息的时候' },
      patches: [{ id: 'every-17-s', file: 'server.js', find: '}, 1700);', replace: '}, 17000);' }],
      question: {
        options: ['6-percent', '50-percent', '94-percent'],
        answer: '94-percent',
        shown: (wire) => answered(wire).length >= 8 && emptyShare(wire)! > 0.8,
      },
    },
    {
      id: 'limits',
      title: { en: 'What polling cannot do', 'zh-CN': '轮询做不到的事' },
      patches: [
        {
          id: 'every-100-ms',
          file: 'client.js',
          find: 'setInterval(poll, 1000);',
          replace: 'setInterval(poll, 100);',
        },
      ],
      question: {
        options: ['300-ms', '100-ms', '50-ms'],
        answer: '100-ms',
        shown: (wire) => asksEvery(wire, 0, 200) && delivered(wire) >= 2,
      },
    },
    {
      id: 'five-in-six',
      title: { en: 'Challenge: five in six', 'zh-CN': '挑战：六次问到五条' },
      challenge: {
        goals: [
          {
            id: 'five',
            judge: (wire) => {
              const first = polls(wire).slice(0, 6);
              const sum = first.reduce((total, each) => total + said(each), 0);
              if (sum >= 5) return 'met';
              return first.length === 6 && first.every(({ response }) => response?.done) ? 'missed' : 'open';
            },
          },
          {
            id: 'fresh',
            judge: (wire) =>
              always(
                delaysSince(wire, polls(wire)).every((ms) => ms <= 2000),
                delivered(wire) >= 5,
              ),
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'as-often-as-news',
            file: 'client.js',
            find: 'setInterval(poll, 1000);',
            replace: 'setInterval(poll, 1700);',
          },
        ],
      },
    },
    {
      id: 'say-nothing',
      title: { en: 'Challenge: say nothing, properly', 'zh-CN': '挑战：体面地说“没有”' },
      challenge: {
        goals: [
          {
            id: 'no-content',
            judge: (wire) => {
              const empty = polls(wire).filter(
                ({ response }) => response?.done && said({ response } as RequestFact) === 0,
              );
              return always(
                empty.every(({ response }) => response!.status === 204 && response!.body === ''),
                empty.length >= 2,
              );
            },
          },
          { id: 'delivered', judge: (wire) => (delivered(wire) >= 2 ? 'met' : 'open') },
          { id: 'unbroken', judge: ({ page, now }) => always(!page.some(({ bad }) => bad), now > 3000) },
        ],
        hints: 2,
        solution: [
          {
            id: 'answer-204',
            file: 'server.js',
            find: "  res.setHeader('Content-Type', 'application/json');",
            replace:
              "  if (fresh.length === 0) return res.writeHead(204).end();\n  res.setHeader('Content-Type', 'application/json');",
          },
          {
            id: 'understand-204',
            file: 'client.js',
            find: '  const messages = await response.json();',
            replace: '  if (response.status === 204) return;\n  const messages = await response.json();',
          },
        ],
      },
    },
    { id: 'further', title: { en: 'Where you meet it today', 'zh-CN': '今天在哪里遇到它' } },
  ],
};

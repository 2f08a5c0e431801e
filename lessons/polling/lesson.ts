import type { LessonInfo } from '../contract.ts';
import type { RequestFact, WireFacts } from '../facts.ts';
import { percent } from '../words.ts';

const polls = (requests: RequestFact[]) => requests.filter(({ target }) => target.startsWith('/messages'));

/** Answers that say `[]`, or have no body at all. */
function shareOfEmptyAnswers({ requests }: WireFacts): string | null {
  const answers = requests.flatMap(({ response }) => (response?.done ? [response] : []));
  if (answers.length === 0) return null;
  const empty = answers.filter(({ body }) => body.length <= 2);
  return percent(empty.length / answers.length);
}

export const lesson: LessonInfo = {
  id: 'polling',
  order: 1,
  group: 'pull',
  title: { en: 'Polling', 'zh-CN': '轮询' },
  minutes: 12,
  page: 'same-origin',
  latencyMs: 100,
  figures: { empty: shareOfEmptyAnswers },
  promises: {
    '': [
      {
        says: 'the page asks again and again, about every second',
        holds: ({ requests }) => polls(requests).length >= 3,
      },
      {
        says: 'a message reaches the page with the answer to a later request',
        holds: ({ deliveries }) =>
          deliveries.some(({ created, handled }) => created !== null && handled !== null),
      },
      {
        says: 'some answers carry nothing',
        holds: ({ requests }) => polls(requests).some(({ response }) => response?.body === '[]'),
      },
    ],
  },
  steps: [
    {
      id: 'run-it',
      title: { en: 'Run it', 'zh-CN': '跑起来' },
      question: { options: ['at-once', 'next-request', 'never'], answer: 'next-request' },
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
      question: { options: ['100-ms', '1600-ms', '3100-ms'], answer: '1600-ms' },
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
      question: { options: ['half', 'fifth', 'fortieth'], answer: 'fortieth' },
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
      question: { options: ['same', 'new', 'lost'], answer: 'new' },
    },
    {
      id: 'nothing-new',
      title: { en: 'When nothing is new', 'zh-CN': '没有新消息的时候' },
      patches: [{ id: 'every-17-s', file: 'server.js', find: '}, 1700);', replace: '}, 17000);' }],
      question: { options: ['6-percent', '50-percent', '94-percent'], answer: '94-percent' },
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
      question: { options: ['300-ms', '100-ms', '50-ms'], answer: '100-ms' },
    },
  ],
};

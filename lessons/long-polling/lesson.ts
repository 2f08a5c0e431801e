import type { LessonInfo } from '../contract.ts';
import type { WireFacts } from '../facts.ts';
import { always, asked, delays, delaysSince, delivered, hasGap, heldMs } from '../wire.ts';
import { milliseconds } from '../words.ts';

const polls = (wire: WireFacts) => asked(wire, '/messages');
const answered = (wire: WireFacts) => polls(wire).filter(({ response }) => response?.done);

function longest(values: (number | null)[]): string | null {
  const known = values.flatMap((value) => (value === null ? [] : [value]));
  return known.length === 0 ? null : milliseconds(Math.max(...known));
}

export const lesson: LessonInfo = {
  id: 'long-polling',
  order: 2,
  group: 'pull',
  title: { en: 'Long polling', 'zh-CN': '长轮询' },
  minutes: 14,
  page: 'same-origin',
  latencyMs: 100,
  variants: [{ id: 'classic', title: { en: 'Classic', 'zh-CN': '老写法' } }],
  figures: {
    'longest-held': (wire) => longest(polls(wire).map(heldMs)),
    'longest-delay': (wire) => longest(delays(wire)),
    'per-message': (wire) => {
      const bytes = answered(wire).reduce((sum, each) => sum + each.bytes + each.response!.bytes, 0);
      const count = delivered(wire);
      return count === 0 ? null : `${Math.round(bytes / count)} B`;
    },
  },
  strokes: {
    'first-request': (wire) => polls(wire)[0]?.id ?? null,
    'second-request': (wire) => polls(wire)[1]?.id ?? null,
    'first-answer': (wire) => answered(wire)[0]?.response?.id ?? null,
    timeout: ({ requests }) =>
      requests.find(({ response }) => response?.status === 504)?.response?.id ?? null,
  },
  promises: {
    '': [
      {
        says: 'a request is held for most of a second',
        holds: (wire) => polls(wire).some((each) => (heldMs(each) ?? 0) > 700),
      },
      {
        says: 'every answer carries a message',
        holds: (wire) =>
          answered(wire).length >= 2 && answered(wire).every(({ response }) => response!.body !== '[]'),
      },
      {
        says: 'a message is with the page about one trip after it was made',
        holds: (wire) => delivered(wire) >= 2 && wire.medianDelayMs! < 600,
      },
    ],
    classic: [
      {
        says: 'a request is held for most of a second',
        holds: (wire) => polls(wire).some((each) => (heldMs(each) ?? 0) > 700),
      },
      { says: 'messages reach the page', holds: (wire) => delivered(wire) >= 2 },
    ],
  },
  steps: [
    {
      id: 'hold-it',
      title: { en: 'Keep the request waiting', 'zh-CN': '先别回答' },
      question: {
        options: ['at-once', 'next-request', 'second'],
        answer: 'at-once',
        shown: (wire) => delivered(wire) >= 2,
      },
    },
    {
      id: 'one-trip',
      title: { en: 'One trip, no more', 'zh-CN': '只要一程' },
      question: {
        options: ['100-ms', '200-ms', '950-ms'],
        answer: '100-ms',
        shown: (wire) => delivered(wire) >= 3,
      },
    },
    {
      id: 'the-gap',
      title: { en: 'Between two polls', 'zh-CN': '两次请求之间' },
      patches: [
        {
          id: 'burst',
          file: 'server.js',
          find: '}, 1700);',
          replace: '}, 120);',
        },
      ],
      question: {
        options: ['lost', 'waits', 'new-connection'],
        answer: 'waits',
        shown: (wire) => polls(wire).some(({ response }) => /"id".*"id"/.test(response?.body ?? '')),
      },
    },
    {
      id: 'without-memory',
      title: { en: 'Without a cursor', 'zh-CN': '没有游标会怎样' },
      patches: [
        {
          id: 'forgetful',
          file: 'server.js',
          find: '    res.end(JSON.stringify(messages.slice(after)));\n  };\n  if (messages.length > after) answer();\n  else held.add(answer);',
          replace: '    res.end(JSON.stringify(messages.slice(-1)));\n  };\n  held.add(answer);',
        },
      ],
      question: {
        options: ['all', 'some', 'none'],
        answer: 'some',
        shown: (wire) => hasGap(wire) && delivered(wire) >= 2,
      },
    },
    {
      id: 'silence',
      title: { en: 'Nobody waits for ever', 'zh-CN': '没有谁会一直等' },
      patches: [{ id: 'every-minute', file: 'server.js', find: '}, 1700);', replace: '}, 60000);' }],
      network: [{ id: 'impatient', conditions: { proxy: 'idle-timeout', proxyIdleMs: 3000 } }],
      question: {
        options: ['waits-on', 'gateway-timeout', 'empty'],
        answer: 'gateway-timeout',
        shown: ({ requests }) => requests.some(({ response }) => response?.status === 504),
      },
    },
    {
      id: 'cost',
      title: { en: 'What a message costs', 'zh-CN': '一条消息的代价' },
      question: { options: ['less', 'same', 'more'], answer: 'same', shown: (wire) => delivered(wire) >= 3 },
    },
    {
      id: 'answer-in-time',
      title: { en: 'Challenge: answer in time', 'zh-CN': '挑战：按时回答' },
      challenge: {
        goals: [
          {
            id: 'two-seconds',
            judge: (wire) => {
              const held = polls(wire).map(heldMs);
              return always(
                held.every((ms) => ms === null || ms <= 1150),
                held.filter((ms) => ms !== null).length >= 4,
              );
            },
          },
          {
            id: 'still-delivered',
            judge: (wire) => (delivered(wire) >= 2 ? 'met' : 'open'),
          },
          {
            id: 'no-hurry',
            judge: (wire) => {
              const empty = answered(wire).filter(
                ({ response }) => response!.body === '[]' || response!.status === 204,
              );
              return always(
                empty.every((each) => (heldMs(each) ?? 0) >= 500),
                empty.length >= 1,
              );
            },
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'timer',
            file: 'server.js',
            find: '  const answer = () => {\n',
            replace: '  let timer;\n  const answer = () => {\n    clearTimeout(timer);\n',
          },
          {
            id: 'in-time',
            file: 'server.js',
            find: '  else held.add(answer);',
            replace: '  else {\n    held.add(answer);\n    timer = setTimeout(answer, 1000);\n  }',
          },
        ],
      },
    },
    {
      id: 'fewer-requests',
      title: { en: 'Challenge: five in two', 'zh-CN': '挑战：两次带走五条' },
      challenge: {
        goals: [
          {
            id: 'five',
            judge: (wire) => {
              const counts = answered(wire)
                .slice(0, 2)
                .map(({ response }) => (response!.body.match(/"id"/g) ?? []).length);
              const sum = counts.reduce((total, count) => total + count, 0);
              return sum >= 5 ? 'met' : counts.length < 2 ? 'open' : 'missed';
            },
          },
          {
            id: 'not-late',
            judge: (wire) =>
              always(
                delaysSince(wire, polls(wire)).every((ms) => ms < 7000),
                delivered(wire) >= 5,
              ),
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'collect',
            file: 'server.js',
            find: '  for (const answer of held) answer();',
            replace: '  if (id % 3 === 0) for (const answer of held) answer();',
          },
          {
            id: 'collect-first',
            file: 'server.js',
            find: '  if (messages.length > after) answer();',
            replace: '  if (messages.length > after + 2) answer();',
          },
        ],
      },
    },
    { id: 'further', title: { en: 'Where you meet it today', 'zh-CN': '今天在哪里遇到它' } },
  ],
};

import type { LessonInfo } from '../contract.ts';
import type { ResponseFact, WireFacts } from '../facts.ts';
import { always, asked, delays, delaysSince, delivered } from '../wire.ts';
import { milliseconds } from '../words.ts';

const streams = (wire: WireFacts) => asked(wire, '/events');
const responses = (wire: WireFacts) => streams(wire).flatMap(({ response }) => (response ? [response] : []));
const events = (wire: WireFacts) => responses(wire).flatMap((response) => response.events);
/** A line that is neither empty, nor a comment, nor one of the four fields (HTML §9.2.6). */
const unknownLine = /^(?!data:|event:|id:|retry:|:|\r?$)./m;
/** A chunk that is not one event, or one that takes its time: the knife lets its bytes go one after the other. */
const isBroken = ({ text, sent, arrived }: ResponseFact['chunks'][number]) =>
  /[^\n]\r?\n?$/.test(text) || text.includes('\r') || (arrived ?? sent) - sent > 200;
const chunks = (wire: WireFacts) => responses(wire).flatMap((response) => response.chunks);
const again = (wire: WireFacts) =>
  streams(wire).find(({ headers }) => headers['last-event-id'] !== undefined);

/** Numbers of the ticks that the page handled. */
const ticks = ({ deliveries }: WireFacts) =>
  deliveries.filter(({ handled }) => handled !== null).map(({ name }) => Number(name.split(' ')[1]));

export const lesson: LessonInfo = {
  id: 'sse',
  order: 6,
  group: 'push',
  title: { en: 'Server-Sent Events', 'zh-CN': '服务器推送事件' },
  minutes: 16,
  page: 'same-origin',
  latencyMs: 100,
  figures: {
    'tick-size': (wire) => {
      const tick = chunks(wire).find(({ text }) => text.includes('event: tick'));
      return tick ? `${tick.size} B` : null;
    },
    'back-after': (wire) => {
      const [first, second] = streams(wire);
      const ended = wire.connections.find(({ id }) => id === first?.connection)?.ended?.t;
      return second && ended !== undefined ? milliseconds(second.sent - ended) : null;
    },
    'last-event-id': (wire) => again(wire)?.headers['last-event-id'] ?? null,
    streams: (wire) => (streams(wire).length > 0 ? String(streams(wire).length) : null),
  },
  strokes: {
    request: (wire) => streams(wire)[0]?.id ?? null,
    'first-tick': (wire) => chunks(wire).find(({ text }) => text.includes('event: tick'))?.id ?? null,
    again: (wire) => again(wire)?.id ?? null,
    'no-content': (wire) => responses(wire).find(({ status }) => status === 204)?.id ?? null,
  },
  promises: {
    '': [
      {
        says: 'ticks reach the page over one response',
        holds: (wire) => streams(wire).length === 1 && delivered(wire) >= 3,
      },
      {
        says: 'the response is an event stream whose ticks are numbered',
        holds: (wire) =>
          responses(wire)[0]?.headers['content-type'] === 'text/event-stream' &&
          responses(wire)[0]!.events.some(
            ({ event, id, dispatched }) => event === 'tick' && id === '1' && dispatched,
          ),
      },
    ],
  },
  steps: [
    {
      id: 'open-a-stream',
      title: { en: 'Open a stream', 'zh-CN': '打开一个流' },
      patches: [
        {
          id: 'blank-line-later',
          file: 'server.js',
          find: '  for (const res of open) res.write(event);',
          replace:
            '  for (const res of open) res.write(event.slice(0, -1));\n  setTimeout(() => open.forEach((res) => res.write(event.slice(-1))), 600);',
        },
      ],
      question: {
        options: ['data-line', 'blank-line', 'chunk'],
        answer: 'blank-line',
        shown: (wire) => delays(wire).filter((ms) => ms > 500).length >= 2,
      },
    },
    {
      id: 'what-is-ignored',
      title: { en: 'What is passed over', 'zh-CN': '什么会被略过' },
      patches: [
        {
          id: 'garbage',
          file: 'server.js',
          find: "  res.write('retry: 1000\\n\\n');",
          replace: "  res.write('retry: 1000\\n\\nhello\\nfoo: bar\\n: a comment\\nid 7\\n\\n');",
        },
      ],
      question: {
        options: ['error', 'nothing', 'message'],
        answer: 'nothing',
        shown: (wire) => delivered(wire) >= 1 && responses(wire).some(({ body }) => unknownLine.test(body)),
      },
    },
    {
      id: 'names-and-numbers',
      title: { en: 'Names and numbers', 'zh-CN': '名字和编号' },
      patches: [
        { id: 'without-id', file: 'server.js', find: '`id: ${id}\\nevent: tick', replace: '`event: tick' },
        { id: 'without-name', file: 'server.js', find: '\\nevent: tick', replace: '' },
      ],
      question: {
        options: ['stops', 'empty-id', 'counts'],
        answer: 'empty-id',
        shown: (wire) =>
          delivered(wire) >= 2 && events(wire).some(({ id, dispatched }) => dispatched && id === ''),
      },
    },
    {
      id: 'cut-the-wire',
      title: { en: 'Cut the wire', 'zh-CN': '剪断线路' },
      network: [{ id: 'cut-at-3', cutAt: 3120 }],
      question: {
        options: ['tick-3', 'ticks-3-and-4', 'none'],
        answer: 'none',
        shown: (wire) => again(wire) !== undefined && ticks(wire).includes(5),
      },
    },
    {
      id: 'any-pieces',
      title: { en: 'In any pieces', 'zh-CN': '怎么切都行' },
      patches: [
        {
          id: 'seven-bytes',
          file: 'server.js',
          find: '  for (const res of open) res.write(event);',
          replace:
            '  for (let at = 0; at < event.length; at += 7) {\n    setTimeout(() => open.forEach((res) => res.write(event.slice(at, at + 7))), 5 * at);\n  }',
        },
        {
          id: 'several-lines',
          file: 'server.js',
          find: 'data: ${new Date().toISOString()}\\n\\n',
          replace: 'data: ${new Date().toDateString()}\\r\\ndata: and a second line\\r\\n\\r\\n',
        },
        {
          id: 'own-reader',
          file: 'client.js',
          find: "const source = new EventSource('/events');",
          replace:
            "const source = new EventTarget();\nfetch('/events').then(async ({ body }) => {\n  const decoder = new TextDecoder();\n  for await (const piece of body) {\n    const text = decoder.decode(piece, { stream: true });\n    const [, lastEventId, data] = /^id: (.*)\\nevent: tick\\ndata: (.*)\\n/.exec(text) ?? [];\n    if (data) source.dispatchEvent(Object.assign(new Event('tick'), { lastEventId, data }));\n  }\n});",
        },
      ],
      network: [{ id: 'knife', conditions: { splitBytes: 7 } }],
      question: {
        options: ['broken', 'same', 'several'],
        answer: 'same',
        shown: (wire) => delivered(wire) >= 2 && chunks(wire).some(isBroken),
      },
    },
    {
      id: 'six-connections',
      title: { en: 'Six, and no more', 'zh-CN': '最多六个' },
      patches: [
        {
          id: 'eight-streams',
          file: 'client.js',
          find: "const source = new EventSource('/events');",
          replace:
            "for (let n = 0; n < 7; n++) new EventSource('/events?more');\nconst source = new EventSource('/events');",
        },
      ],
      question: {
        options: ['eight', 'six', 'one'],
        answer: 'six',
        shown: (wire) => streams(wire).length >= 6,
      },
    },
    {
      id: 'how-it-ends',
      title: { en: 'How it ends', 'zh-CN': '怎么结束' },
      patches: [
        {
          id: 'end',
          file: 'server.js',
          find: '  open.add(res);',
          replace: '  open.add(res);\n  if (past.length > 3) res.end();',
        },
        {
          id: 'no-content',
          file: 'server.js',
          find: "  res.writeHead(200, { 'Content-Type': 'text/event-stream' });",
          replace:
            "  if (past.length > 3) return res.writeHead(204).end();\n  res.writeHead(200, { 'Content-Type': 'text/event-stream' });\n  setTimeout(() => res.end(), 4500);",
        },
      ],
      question: {
        options: ['end', 'no-content', 'not-found'],
        answer: 'no-content',
        shown: (wire) => responses(wire).some(({ status }) => status === 204),
      },
    },
    {
      id: 'two-at-a-time',
      title: { en: 'Challenge: two at a time', 'zh-CN': '挑战：每次两条' },
      challenge: {
        goals: [
          {
            id: 'short',
            judge: (wire) =>
              always(
                responses(wire).every(
                  ({ events }) => events.filter(({ event }) => event === 'tick').length <= 2,
                ),
                responses(wire).filter(({ done }) => done !== null).length >= 2,
              ),
          },
          {
            id: 'complete',
            judge: (wire) => ([1, 2, 3, 4, 5, 6].every((n) => ticks(wire).includes(n)) ? 'met' : 'open'),
          },
          {
            id: 'quick',
            judge: (wire) => {
              const all = delaysSince(wire, streams(wire));
              return always(
                all.every((ms) => ms <= 1200),
                all.length >= 4,
              );
            },
          },
        ],
        hints: 3,
        solution: [
          { id: 'retry', file: 'server.js', find: 'retry: 1000', replace: 'retry: 100' },
          {
            id: 'replay-two',
            file: 'server.js',
            find: '  for (const event of past.slice(last)) res.write(event);\n  open.add(res);',
            replace:
              '  let sent = 0;\n  const send = (event) => {\n    res.write(event);\n    if (++sent === 2) res.end();\n  };\n  for (const event of past.slice(last, last + 2)) send(event);\n  if (sent < 2) open.add(send);',
          },
          {
            id: 'forget',
            file: 'server.js',
            find: "res.on('close', () => open.delete(res));",
            replace: "res.on('close', () => open.delete(send));",
          },
          {
            id: 'send-to-open',
            file: 'server.js',
            find: 'for (const res of open) res.write(event);',
            replace: 'for (const send of open) send(event);',
          },
        ],
      },
    },
    {
      id: 'keep-it-warm',
      title: { en: 'Challenge: keep it warm', 'zh-CN': '挑战：别让它凉下来' },
      challenge: {
        goals: [
          {
            id: 'never-silent',
            judge: (wire) => {
              const times = (responses(wire)[0]?.chunks ?? []).map(({ sent }) => sent);
              const gaps = times.slice(1).map((t, n) => t - times[n]!);
              return always(
                gaps.every((gap) => gap <= 600),
                gaps.length >= 8,
              );
            },
          },
          {
            id: 'no-event',
            judge: (wire) => {
              const events = responses(wire)
                .flatMap((response) => response.events)
                .filter(({ dispatched }) => dispatched);
              return always(
                events.every(({ event }) => event === 'tick'),
                events.length >= 3,
              );
            },
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'comment',
            file: 'server.js',
            find: 'setInterval(() => {\n  const id',
            replace:
              "setInterval(() => open.forEach((res) => res.write(':\\n\\n')), 400);\n\nsetInterval(() => {\n  const id",
          },
        ],
      },
    },
    { id: 'further', title: { en: 'When SSE is enough', 'zh-CN': '什么时候用它就够了' } },
  ],
};

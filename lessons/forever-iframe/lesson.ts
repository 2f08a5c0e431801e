import type { LessonInfo, WirePromise } from '../contract.ts';
import type { ResponseFact, WireFacts } from '../facts.ts';
import { threeToAStream } from '../solutions.ts';
import { allHandled, always, asked, delays, delivered, printed } from '../wire.ts';

const streams = (wire: WireFacts) => asked(wire, '/stream');
const first = (wire: WireFacts) => streams(wire)[0]?.response ?? null;
const calls = (wire: WireFacts) => streams(wire).flatMap(({ response }) => response?.calls ?? []);
/** Calls that carry a message: another may say that this was the end. */
const messagesIn = (response: ResponseFact | null) =>
  response?.calls.filter(({ payload }) => payload.includes('"id"')).length ?? 0;
const scripts = (wire: WireFacts) =>
  (first(wire)?.chunks ?? []).filter(({ text }) => text.includes('<script>'));

const streaming: WirePromise[] = [
  {
    says: 'one document carries three calls into the page',
    holds: (wire) => streams(wire).length === 1 && delivered(wire) >= 3 && calls(wire).length >= 3,
  },
  {
    says: 'the document is HTML and does not end',
    holds: (wire) =>
      /^text\/html/.test(first(wire)?.headers['content-type'] ?? '') && first(wire)?.done === null,
  },
];

export const lesson: LessonInfo = {
  id: 'forever-iframe',
  order: 4,
  group: 'push',
  title: { en: 'Forever iframe', 'zh-CN': '永久 iframe' },
  minutes: 12,
  page: 'same-origin',
  latencyMs: 100,
  variants: [{ id: 'classic', title: { en: 'Classic', 'zh-CN': '老写法' } }],
  figures: {
    'around-data': (wire) => {
      const [chunk, call] = [scripts(wire)[0], calls(wire)[0]];
      return chunk && call ? `${chunk.size - call.payload.length} B` : null;
    },
  },
  strokes: {
    request: (wire) => streams(wire)[0]?.id ?? null,
    head: (wire) => first(wire)?.id ?? null,
    'first-script': (wire) => scripts(wire)[0]?.id ?? null,
  },
  promises: { '': streaming, classic: streaming },
  steps: [
    {
      id: 'a-page-in-a-page',
      title: { en: 'A page that never ends', 'zh-CN': '没有结尾的页面' },
      patches: [
        {
          id: 'end-tag-later',
          file: 'server.js',
          find: '  for (const res of open) res.write(call);',
          replace:
            "  const tag = call.indexOf('</script>');\n  for (const res of open) res.write(call.slice(0, tag));\n  setTimeout(() => open.forEach((res) => res.write(call.slice(tag))), 600);",
        },
      ],
      question: {
        options: ['open-tag', 'end-tag', 'document'],
        answer: 'end-tag',
        shown: (wire) => delays(wire).filter((ms) => ms > 500).length >= 2,
      },
    },
    {
      id: 'the-cost',
      title: { en: 'What is around the data', 'zh-CN': '数据外面的东西' },
      question: { options: ['8', '30', '150'], answer: '30', shown: (wire) => calls(wire).length > 0 },
    },
    {
      id: 'padding',
      title: { en: 'Why there was padding', 'zh-CN': '为什么要填充' },
      patches: [
        {
          id: 'no-charset',
          file: 'server.js',
          find: "'text/html; charset=utf-8'",
          replace: "'text/html'",
        },
      ],
      question: {
        options: ['guess', 'proxy', 'speed'],
        answer: 'guess',
        shown: (wire) => delivered(wire) >= 1 && !first(wire)?.headers['content-type']?.includes('charset'),
      },
    },
    {
      id: 'the-throbber',
      title: { en: 'The tab that keeps loading', 'zh-CN': '转个不停的标签页' },
      patches: [
        {
          id: 'after-load',
          file: 'client.js',
          find: "document.body.append(frame);\n\nwindow.onload = () => console.log('the page has loaded');",
          replace:
            "window.onload = () => {\n  console.log('the page has loaded');\n  document.body.append(frame);\n};",
        },
      ],
      question: {
        options: ['at-once', 'never', 'first-message'],
        answer: 'never',
        shown: (wire) => delivered(wire) >= 2,
      },
    },
    {
      id: 'who-notices',
      title: { en: 'Who notices the end?', 'zh-CN': '断了谁知道' },
      network: [{ id: 'cut-at-4', cutAt: 4500 }],
      question: {
        options: ['error', 'load', 'nothing'],
        answer: 'nothing',
        shown: (wire) =>
          wire.connections.some(({ ended }) => ended?.by === 'cut') && printed(wire, 'the page has loaded'),
      },
    },
    {
      id: 'data-as-code',
      title: { en: 'Data that is code', 'zh-CN': '当成代码的数据' },
      patches: [
        {
          id: 'hostile-text',
          file: 'server.js',
          find: '  const text = `message ${++id}`;\n  performance.mark(text);',
          replace: '  const text = `message ${++id}</script><p>`;\n  performance.mark(`message ${id}`);',
        },
      ],
      question: {
        options: ['shown', 'lost', 'part'],
        answer: 'lost',
        shown: (wire) => (first(wire)?.body ?? '').includes('</script><p>'),
      },
    },
    {
      id: 'new-frame',
      title: { en: 'Challenge: a new frame', 'zh-CN': '挑战：换一个 iframe' },
      challenge: {
        goals: [
          {
            id: 'short',
            judge: (wire) =>
              always(
                streams(wire).every(({ response }) => messagesIn(response) <= 3),
                streams(wire).filter(({ response }) => response?.done).length >= 2,
              ),
          },
          {
            id: 'complete',
            judge: (wire) => allHandled(wire, 1, 7),
          },
        ],
        hints: 2,
        solution: [
          ...threeToAStream({ sends: '  for (const res of open) res.write(call);', keeps: 'call' }),
          {
            id: 'again',
            file: 'client.js',
            find: "frame.onload = () => console.log('the frame has loaded');",
            replace: 'frame.onload = () => {\n  frame.src = `/stream?after=${list.children.length}`;\n};',
          },
        ],
      },
    },
    {
      id: 'any-text',
      title: { en: 'Challenge: any text', 'zh-CN': '挑战：什么文字都行' },
      challenge: {
        goals: [
          {
            id: 'said',
            judge: (wire) =>
              wire.console.filter(({ side, text }) => side === 'client' && text.includes('</script>'))
                .length >= 2
                ? 'met'
                : 'open',
          },
          {
            id: 'clean',
            judge: (wire) =>
              always(
                scripts(wire).every(({ text }) => text.split('</script>').length === 2),
                scripts(wire).length >= 2,
              ),
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'text',
            file: 'server.js',
            find: '  const text = `message ${++id}`;\n  performance.mark(text);',
            replace: '  const text = `message ${++id} </script>`;\n  performance.mark(`message ${id}`);',
          },
          {
            id: 'escape',
            file: 'server.js',
            find: '  const call = `<script>parent.show(${JSON.stringify({ id, text })})</script>\\n`;',
            replace:
              "  const data = JSON.stringify({ id, text }).replaceAll('<', '\\\\u003c');\n  const call = `<script>parent.show(${data})</script>\\n`;",
          },
        ],
      },
    },
    { id: 'further', title: { en: 'What became of it', 'zh-CN': '后来呢' } },
  ],
};

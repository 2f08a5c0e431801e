import type { LessonInfo, WirePromise } from '../contract.ts';
import type { WireFacts } from '../facts.ts';
import { threeToAStream } from '../solutions.ts';
import { allHandled, always, asked, delays, delivered } from '../wire.ts';

const streams = (wire: WireFacts) => asked(wire, '/stream');
const first = (wire: WireFacts) => streams(wire)[0]?.response ?? null;
const chunks = (wire: WireFacts) => streams(wire).flatMap(({ response }) => response?.chunks ?? []);
/** Sent by `XMLHttpRequest` of the classic edition, or by `fetch` of the other. */
const isClassic = (wire: WireFacts) => wire.page.some(({ text }) => text.startsWith('readyState'));

const streaming: WirePromise[] = [
  {
    says: 'three messages reach the page with one request',
    holds: (wire) => streams(wire).length === 1 && delivered(wire) >= 3,
  },
  {
    says: 'each message is a chunk of the same response, which does not end',
    holds: (wire) => (first(wire)?.chunks.length ?? 0) >= 3 && first(wire)?.done === null,
  },
];

export const lesson: LessonInfo = {
  id: 'xhr-streaming',
  order: 3,
  group: 'push',
  title: { en: 'XHR streaming', 'zh-CN': 'XHR 流' },
  minutes: 15,
  page: 'same-origin',
  latencyMs: 100,
  variants: [{ id: 'classic', title: { en: 'Classic', 'zh-CN': '老写法' } }],
  figures: {
    framing: (wire) => {
      const chunk = chunks(wire)[0];
      return chunk ? `${chunk.size.toString(16).length + 4} B` : null;
    },
    pieces: (wire) => (chunks(wire).length > 0 ? String(chunks(wire).length) : null),
  },
  strokes: {
    request: (wire) => streams(wire)[0]?.id ?? null,
    head: (wire) => first(wire)?.id ?? null,
    'first-chunk': (wire) => first(wire)?.chunks[0]?.id ?? null,
    'second-chunk': (wire) => first(wire)?.chunks[1]?.id ?? null,
  },
  promises: { '': streaming, classic: streaming },
  steps: [
    {
      id: 'one-response',
      title: { en: 'An answer that does not end', 'zh-CN': '没有结尾的响应' },
      question: { options: ['one', 'five', 'six'], answer: 'one', shown: (wire) => delivered(wire) >= 3 },
    },
    {
      id: 'chunks',
      title: { en: 'Chunk by chunk', 'zh-CN': '一块一块地来' },
      question: { options: ['0', '6', '130'], answer: '6', shown: (wire) => chunks(wire).length >= 2 },
    },
    {
      id: 'cursor',
      title: { en: 'The cursor into responseText', 'zh-CN': 'responseText 里的游标' },
      patches: [
        {
          id: 'no-cursor',
          file: 'client.js',
          variant: 'classic',
          find: 'if (xhr.readyState < 3) return;',
          replace: 'if (xhr.readyState < 3) return;\n    seen = 0;',
        },
      ],
      question: {
        options: ['third', 'all', 'nothing'],
        answer: 'all',
        shown: (wire) => isClassic(wire) && delivered(wire) >= 3,
      },
    },
    {
      id: 'boundaries',
      title: { en: 'A chunk is not a message', 'zh-CN': '块不等于消息' },
      patches: [
        {
          id: 'in-two-halves',
          file: 'server.js',
          find: '  for (const res of open) res.write(line);',
          replace:
            '  const [head, tail] = [line.slice(0, 9), line.slice(9)];\n  for (const res of open) res.write(head);\n  setTimeout(() => open.forEach((res) => res.write(tail)), 200);',
        },
        {
          id: 'naive',
          file: 'client.js',
          find: "    rest += decoder.decode(value, { stream: true });\n    const lines = rest.split('\\n');\n    rest = lines.pop(); // the line that is not whole yet\n    for (const line of lines) show(JSON.parse(line));",
          replace: '    show(JSON.parse(decoder.decode(value)));',
        },
      ],
      network: [{ id: 'knife', conditions: { splitBytes: 10 } }],
      question: {
        options: ['joined', 'shows', 'throws'],
        answer: 'throws',
        shown: ({ page }) => page.some(({ bad }) => bad),
      },
    },
    {
      id: 'utf-8',
      title: { en: 'Half a character', 'zh-CN': '半个字' },
      patches: [
        {
          id: 'split-character',
          file: 'server.js',
          find: '  const text = `message ${++id}`;\n  performance.mark(text);\n  const line = `${JSON.stringify({ id, text })}\\n`;\n  for (const res of open) res.write(line);',
          replace:
            "  const text = `第 ${++id} 条`;\n  performance.mark(`message ${id}`);\n  const line = Buffer.from(`${JSON.stringify({ id, text })}\\n`);\n  const cut = line.indexOf('第') + 1;\n  for (const res of open) res.write(line.subarray(0, cut));\n  setTimeout(() => open.forEach((res) => res.write(line.subarray(cut))), 200);",
        },
        {
          id: 'decode-alone',
          file: 'client.js',
          find: 'decoder.decode(value, { stream: true })',
          replace: 'decoder.decode(value)',
        },
      ],
      question: {
        options: ['waits', 'replacement', 'throws'],
        answer: 'replacement',
        shown: ({ console: lines }) =>
          lines.some(({ side, text }) => side === 'client' && text.includes('\ufffd')),
      },
    },
    {
      id: 'held-back',
      title: { en: 'Held back on the way', 'zh-CN': '半路被扣下' },
      patches: [
        {
          id: 'text-plain',
          file: 'server.js',
          variant: 'classic',
          find: "'application/javascript'",
          replace: "'text/plain'",
        },
      ],
      network: [{ id: 'buffering', conditions: { proxy: 'buffering', proxyBufferBytes: 256 } }],
      question: {
        options: ['same', 'together', 'never'],
        answer: 'together',
        shown: (wire) => delays(wire).some((ms) => ms > 1500),
      },
    },
    {
      id: 'come-back',
      title: { en: 'Challenge: end, and come back', 'zh-CN': '挑战：结束，再回来' },
      challenge: {
        goals: [
          {
            id: 'short',
            judge: (wire) => {
              const over = streams(wire).flatMap(({ response }) => (response?.done ? [response] : []));
              return always(
                streams(wire).every(({ response }) => (response?.body.match(/"id"/g) ?? []).length <= 3),
                over.length >= 2,
              );
            },
          },
          {
            id: 'complete',
            judge: (wire) => allHandled(wire, 1, 7),
          },
        ],
        hints: 3,
        solution: [
          ...threeToAStream({ sends: '  for (const res of open) res.write(line);', keeps: 'line' }),
          {
            id: 'ask-again',
            file: 'client.js',
            find: '    if (done) return;',
            replace: '    if (done) return listen();',
          },
          {
            id: 'say-after',
            file: 'client.js',
            find: "fetch('/stream')",
            replace: 'fetch(`/stream?after=${list.children.length}`)',
          },
        ],
      },
    },
    {
      id: 'heartbeat',
      title: { en: 'Challenge: a pulse', 'zh-CN': '挑战：心跳' },
      challenge: {
        goals: [
          {
            id: 'pulse',
            judge: (wire) => {
              const times = (first(wire)?.chunks ?? []).map(({ sent }) => sent);
              const gaps = times.slice(1).map((t, n) => t - times[n]!);
              return always(
                gaps.every((gap) => gap <= 650),
                gaps.length >= 6,
              );
            },
          },
          { id: 'messages', judge: (wire) => (delivered(wire) >= 3 ? 'met' : 'open') },
          {
            id: 'unseen',
            judge: ({ page, now }) => always(!page.some(({ bad }) => bad), now > 3000),
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'beat',
            file: 'server.js',
            find: 'createServer((req, res) => {',
            replace:
              "setInterval(() => open.forEach((res) => res.write('\\n')), 400);\n\ncreateServer((req, res) => {",
          },
          {
            id: 'skip',
            file: 'client.js',
            find: 'for (const line of lines) show(JSON.parse(line));',
            replace: 'for (const line of lines) if (line) show(JSON.parse(line));',
          },
        ],
      },
    },
    { id: 'further', title: { en: 'Where you meet it today', 'zh-CN': '今天在哪里遇到它' } },
  ],
};

import type { LessonInfo } from '../contract.ts';
import type { WireFacts } from '../facts.ts';
import { threeToAStream } from '../solutions.ts';
import { allHandled, always, asked, delivered, numbersHandled, printed } from '../wire.ts';

const streams = (wire: WireFacts) => asked(wire, '/stream');
const first = (wire: WireFacts) => streams(wire)[0]?.response ?? null;
const calls = (wire: WireFacts) => streams(wire).flatMap(({ response }) => response?.calls ?? []);
const scripts = (wire: WireFacts) =>
  streams(wire).flatMap(({ response }) =>
    (response?.chunks ?? []).filter(({ text }) => text.startsWith('<script>')),
  );
/** Calls of `send` of an XMLHttpRequest. */
const sends = ({ page }: WireFacts) => page.filter(({ text }) => text === 'send').length;
const hasLost = (wire: WireFacts) =>
  streams(wire).some(({ connection }) =>
    wire.connections.some(({ id, ended }) => id === connection && ended?.by === 'browser'),
  );

/** Bytes of a script around its data, without the chunk's own framing; null before the first. */
function aroundData(wire: WireFacts): number | null {
  const [chunk, call] = [scripts(wire)[0], calls(wire).find(({ payload }) => payload.includes('message'))];
  return chunk && call ? chunk.size - call.payload.length : null;
}

const SENDS = '  const call = `<script>parent.show(${JSON.stringify({ id, text })})</script>\\n`;';
const HEAD = '  res.write(`<html><body>${padding}\\n`);';

export const lesson: LessonInfo = {
  id: 'htmlfile',
  order: 5,
  group: 'push',
  title: { en: 'htmlfile', 'zh-CN': 'htmlfile' },
  minutes: 10,
  page: 'same-origin',
  profile: 'ie-6',
  latencyMs: 100,
  figures: {
    'around-data': (wire) => {
      const bytes = aroundData(wire);
      return bytes === null ? null : `${bytes} B`;
    },
    'first-handled': (wire) => {
      const numbers = numbersHandled(wire);
      return numbers.length === 0 ? null : String(Math.min(...numbers));
    },
  },
  strokes: {
    request: (wire) => streams(wire)[0]?.id ?? null,
    'first-script': (wire) => scripts(wire)[0]?.id ?? null,
  },
  promises: {
    '': [
      {
        says: 'one document carries four calls and more into the page: nothing collects it',
        holds: (wire) => streams(wire).length === 1 && delivered(wire) >= 5 && !hasLost(wire),
      },
      { says: 'the page has loaded meanwhile', holds: (wire) => printed(wire, 'the page has loaded') },
    ],
  },
  steps: [
    {
      id: 'no-window',
      title: { en: 'A document without a window', 'zh-CN': '没有窗口的文档' },
      question: {
        options: ['at-once', 'never', 'first-message'],
        answer: 'at-once',
        shown: (wire) => printed(wire, 'the page has loaded') && delivered(wire) >= 2,
      },
    },
    {
      id: 'whose-parent',
      title: { en: 'Whose parent?', 'zh-CN': '谁的 parent' },
      patches: [
        {
          id: 'no-bridge',
          file: 'client.js',
          find: 'transport.parentWindow.show = show;\n',
          replace: '',
        },
      ],
      question: {
        options: ['page', 'htmlfile', 'top'],
        answer: 'htmlfile',
        shown: (wire) => calls(wire).length >= 3 && delivered(wire) === 0,
      },
    },
    {
      id: 'padding',
      title: { en: 'The first 256 bytes', 'zh-CN': '最初的 256 字节' },
      patches: [
        { id: 'no-padding', file: 'server.js', find: "' '.repeat(256)", replace: "''" },
        { id: 'more-padding', file: 'server.js', find: "' '.repeat(256)", replace: "' '.repeat(1024)" },
      ],
      question: {
        options: ['each', 'together', 'end'],
        answer: 'together',
        shown: (wire) => delivered(wire) >= 5 && (first(wire)?.chunks[0]?.size ?? 256) < 256,
      },
    },
    {
      id: 'collected',
      title: { en: 'Collected', 'zh-CN': '被回收了' },
      patches: [
        {
          id: 'forget',
          file: 'client.js',
          find: "frame.src = '/stream';",
          replace: "frame.src = '/stream';\ntransport = frame = null; // no variable names it any more",
        },
      ],
      question: {
        options: ['goes-on', 'closed', 'error'],
        answer: 'closed',
        shown: hasLost,
      },
    },
    {
      id: 'two-connections',
      title: { en: 'Two connections in all', 'zh-CN': '一共两个连接' },
      patches: [
        {
          id: 'two-more',
          file: 'client.js',
          find: "frame.src = '/stream';",
          replace:
            "frame.src = '/stream';\n\nfor (var n = 1; n <= 2; n++) {\n  var xhr = new ActiveXObject('Microsoft.XMLHTTP');\n  xhr.open('GET', '/more?' + n, true);\n  xhr.send(null);\n}",
        },
      ],
      question: {
        options: ['one', 'two', 'three'],
        answer: 'two',
        shown: (wire) => wire.now > 1500 && sends(wire) === 2 && wire.requests.length === 2,
      },
    },
    {
      id: 'shorter',
      title: { en: 'Challenge: shorter scripts', 'zh-CN': '挑战：脚本短一些' },
      challenge: {
        goals: [
          {
            id: 'short',
            judge: (wire) => {
              const bytes = aroundData(wire);
              return bytes === null ? 'open' : always(bytes <= 24, scripts(wire).length >= 3);
            },
          },
          { id: 'delivered', judge: (wire) => (delivered(wire) >= 3 ? 'met' : 'open') },
        ],
        hints: 2,
        solution: [
          {
            id: 'head',
            file: 'server.js',
            find: HEAD,
            replace:
              '  res.write(`<html><body><script>function p(m) { parent.show(m) }</script>${padding}\\n`);',
          },
          { id: 'call', file: 'server.js', find: SENDS, replace: SENDS.replace('parent.show', 'p') },
        ],
      },
    },
    {
      id: 'say-the-end',
      title: { en: 'Challenge: say how it ends', 'zh-CN': '挑战：说明怎么结束' },
      challenge: {
        goals: [
          {
            id: 'told',
            judge: (wire) => {
              const ended = streams(wire).filter(({ response }) => response?.done);
              return always(
                ended.every(({ response }) => /stop$/.test(response!.calls.at(-1)?.callee ?? '')),
                ended.length >= 2,
              );
            },
          },
          {
            id: 'complete',
            judge: (wire) => allHandled(wire, 1, 6),
          },
        ],
        hints: 3,
        solution: [
          ...threeToAStream({
            sends: '  for (const res of open) res.write(call);',
            keeps: 'call',
            last: "'<script>parent.stop()</script>\\n'",
          }),
          {
            id: 'stop',
            file: 'client.js',
            find: 'transport.parentWindow.show = show;',
            replace:
              "transport.parentWindow.show = show;\ntransport.parentWindow.stop = function () {\n  frame.src = '/stream?after=' + document.getElementsByTagName('li').length;\n};",
          },
        ],
      },
    },
    { id: 'further', title: { en: 'What became of it', 'zh-CN': '后来呢' } },
  ],
};

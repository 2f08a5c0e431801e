import type { LessonInfo } from '../contract.ts';
import type { RequestFact, WireFacts } from '../facts.ts';
import { always, asked, delivered, printed } from '../wire.ts';

const polls = (wire: WireFacts) => asked(wire, '/messages');
const callback = ({ target }: RequestFact) =>
  decodeURIComponent(/[?&]callback=([^&]*)/.exec(target)?.[1] ?? '');
const isName = (text: string) => /^[\w$.]{1,32}$/.test(text);

export const lesson: LessonInfo = {
  id: 'jsonp',
  order: 9,
  group: 'origin',
  title: { en: 'JSONP', 'zh-CN': 'JSONP' },
  minutes: 10,
  page: 'cross-origin',
  latencyMs: 100,
  figures: {
    call: (wire) =>
      polls(wire)
        .find(({ response }) => response?.body.includes('"id"'))
        ?.response?.body.slice(0, 40) ?? null,
    status: (wire) => {
      const answer = polls(wire).at(-1)?.response ?? polls(wire).at(-2)?.response;
      return answer ? String(answer.status) : null;
    },
  },
  strokes: {
    request: (wire) => polls(wire)[0]?.id ?? null,
    answer: (wire) => polls(wire)[0]?.response?.id ?? null,
    'answer-with-data': (wire) =>
      polls(wire).find(({ response }) => response?.body.includes('"id"'))?.response?.id ?? null,
  },
  promises: {
    '': [
      {
        says: 'scripts of another origin bring the messages',
        holds: (wire) =>
          delivered(wire) >= 2 && polls(wire).every(({ headers }) => headers['sec-fetch-dest'] === 'script'),
      },
      {
        says: 'each answer calls the function that its request named',
        holds: (wire) =>
          polls(wire).filter(({ response }) => response?.calls.length === 1).length >= 2 &&
          polls(wire).every(
            (each) => !each.response?.calls[0] || each.response.calls[0].callee === callback(each),
          ),
      },
    ],
  },
  steps: [
    {
      id: 'over-the-wall',
      title: { en: 'Over the wall', 'zh-CN': '翻过墙去' },
      question: {
        options: ['allow-origin', 'nothing', 'cookie'],
        answer: 'nothing',
        shown: (wire) => delivered(wire) >= 1,
      },
    },
    {
      id: 'an-answer-is-a-program',
      title: { en: 'The answer is a program', 'zh-CN': '响应是一段程序' },
      patches: [
        {
          id: 'plain-json',
          file: 'server.js',
          find: '  res.end(`${callback}(${JSON.stringify(fresh)});`);',
          replace: '  res.end(JSON.stringify(fresh));',
        },
      ],
      question: {
        options: ['parsed', 'nothing', 'throws'],
        answer: 'nothing',
        shown: (wire) => polls(wire).some(({ response }) => response?.done && response.body.startsWith('[')),
      },
    },
    {
      id: 'who-chooses-the-name',
      title: { en: 'Who chooses the name', 'zh-CN': '名字由谁来定' },
      patches: [
        {
          id: 'not-a-name',
          file: 'client.js',
          find: '&callback=${name}`;',
          replace: "&callback=console.log('anything'),${name}`;",
        },
      ],
      question: {
        options: ['refused', 'runs', 'escaped'],
        answer: 'runs',
        shown: (wire) => printed(wire, 'anything'),
      },
    },
    {
      id: 'whose-data',
      title: { en: 'Whose data it is', 'zh-CN': '这是谁的数据' },
      patches: [
        {
          id: 'private',
          file: 'server.js',
          find: "  res.setHeader('Content-Type', 'text/javascript');",
          replace:
            "  const visits = 1 + Number(/visits=(\\d+)/.exec(req.headers.cookie)?.[1] ?? 0);\n  res.setHeader('Set-Cookie', `visits=${visits}`);\n  fresh.forEach((each) => (each.text += `, for the one who came ${visits} times`));\n  res.setHeader('Content-Type', 'text/javascript');",
        },
      ],
      question: {
        options: ['bank', 'asked', 'any-page'],
        answer: 'any-page',
        shown: (wire) => polls(wire).some(({ headers }) => headers.cookie),
      },
    },
    {
      id: 'when-it-fails',
      title: { en: 'When it fails', 'zh-CN': '出错的时候' },
      patches: [
        {
          id: 'not-found',
          file: 'server.js',
          find: "  res.setHeader('Content-Type', 'text/javascript');",
          replace: "  res.statusCode = 404;\n  res.setHeader('Content-Type', 'text/javascript');",
        },
        {
          id: 'listen',
          file: 'client.js',
          find: '  document.head.append(script);',
          replace:
            "  script.onerror = ({ type }) => console.log('script', type);\n  document.head.append(script);",
        },
      ],
      question: {
        options: ['called', 'status', 'error'],
        answer: 'error',
        shown: (wire) => polls(wire).some(({ response }) => response?.status === 404 && response.done),
      },
    },
    {
      id: 'names-only',
      title: { en: 'Challenge: names only', 'zh-CN': '挑战：只收名字' },
      challenge: {
        goals: [
          {
            id: 'bad-asked',
            judge: ({ requests }) =>
              requests.some((each) => each.target.includes('callback=') && !isName(callback(each)))
                ? 'met'
                : 'open',
          },
          {
            id: 'bad-refused',
            judge: ({ requests }) => {
              const bad = requests.filter(
                (each) => each.target.includes('callback=') && !isName(callback(each)) && each.response?.done,
              );
              return always(
                bad.every(({ response }) => response!.status === 400 && response!.calls.length === 0),
                bad.length > 0,
              );
            },
          },
          { id: 'good-served', judge: (wire) => (delivered(wire) >= 2 ? 'met' : 'open') },
        ],
        hints: 2,
        solution: [
          {
            id: 'try-a-bad-one',
            file: 'client.js',
            find: 'poll();\n\nfunction poll',
            replace: 'poll();\nnew Image().src = `${server}/messages?callback=alert(1)`;\n\nfunction poll',
          },
          {
            id: 'refuse',
            file: 'server.js',
            find: "  res.setHeader('Content-Type', 'text/javascript');",
            replace:
              "  if (!/^[\\w$.]{1,32}$/.test(callback)) return res.writeHead(400).end();\n  res.setHeader('Content-Type', 'text/javascript');",
          },
        ],
      },
    },
    {
      id: 'give-up-in-time',
      title: { en: 'Challenge: give up in time', 'zh-CN': '挑战：及时放弃' },
      challenge: {
        goals: [
          {
            id: 'hangs',
            judge: (wire) =>
              polls(wire).some(({ response, sent }) => response === null && wire.now - sent > 1500)
                ? 'met'
                : 'open',
          },
          {
            id: 'goes-on',
            judge: (wire) => {
              const hung = polls(wire).find(
                ({ response, sent }) => response === null && wire.now - sent > 1500,
              );
              const next =
                hung && polls(wire).find(({ sent, response }) => sent > hung.sent && response?.done);
              if (!hung) return 'open';
              return next && next.sent - hung.sent < 1500
                ? 'met'
                : wire.now - hung.sent > 3000
                  ? 'missed'
                  : 'open';
            },
          },
          { id: 'delivered', judge: (wire) => (delivered(wire) >= 2 ? 'met' : 'open') },
        ],
        hints: 2,
        solution: [
          {
            id: 'every-third',
            file: 'server.js',
            find: "  res.setHeader('Content-Type', 'text/javascript');",
            replace:
              "  if (/jsonp\\d*[369]$/.test(callback)) return; // never answered\n  res.setHeader('Content-Type', 'text/javascript');",
          },
          {
            id: 'timer',
            file: 'client.js',
            find: '  window[name] = (data) => {\n',
            replace:
              '  const timer = setTimeout(() => {\n    window[name] = () => {};\n    script.remove();\n    done([]);\n  }, 400);\n  window[name] = (data) => {\n    clearTimeout(timer);\n',
          },
        ],
      },
    },
    { id: 'further', title: { en: 'What is left of it', 'zh-CN': '它留下了什么' } },
  ],
};

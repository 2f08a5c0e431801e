/** Challenges are judged by the wire: code that is not ours solves them too. */
import { describe, it } from 'vitest';
import { verdictsOf } from '../../client/lessons/reading/verdicts.ts';
import { LESSONS } from '../../lessons/all.ts';
import { runLesson } from '../support/lesson-run.ts';
import { startSite } from '../support/site.ts';

const site = startSite();

type Edit = [file: string, find: string, replace: string];

const SOLUTIONS: [lesson: string, step: string, edits: Edit[]][] = [
  [
    'request-response',
    'b-says-something',
    [
      [
        'b.js',
        '\nask();\n',
        "\nask();\nsetTimeout(() => fetch('/say', { method: 'POST', body: 'hi A' }), 1500);\n",
      ],
      [
        'client.js',
        "setTimeout(say, 1000, 'hello');",
        "setTimeout(say, 1000, 'hello');\nlet seen = 0;\nsetInterval(async () => {\n  const r = await fetch('/heard?after=' + seen);\n  for (const m of await r.json()) { seen = m.id; console.log(m.text); }\n}, 500);",
      ],
    ],
  ],
  [
    'request-response',
    'created',
    [
      [
        'server.js',
        "  if (req.method === 'POST') {",
        "  const own = /^\\/messages\\/(\\d+)$/.exec(url.pathname);\n  if (own) return res.end(messages[own[1] - 1].text);\n  if (req.method === 'POST') {",
      ],
      [
        'server.js',
        '    res.writeHead(204).end();',
        "    res.statusCode = 201;\n    res.setHeader('Location', '/messages/' + id);\n    res.end();",
      ],
      [
        'client.js',
        '  console.log(`the server answers with ${response.status}`);',
        "  console.log(await (await fetch(response.headers.get('Location'))).text());",
      ],
    ],
  ],
  ['polling', 'five-in-six', [['client.js', 'setInterval(poll, 1000);', 'setInterval(poll, 1750);']]],
  [
    'polling',
    'say-nothing',
    [
      [
        'server.js',
        "  res.setHeader('Content-Type', 'application/json');\n  res.end(JSON.stringify(fresh));",
        "  if (fresh.length) res.setHeader('Content-Type', 'application/json');\n  else res.statusCode = 204;\n  res.end(fresh.length ? JSON.stringify(fresh) : undefined);",
      ],
      [
        'client.js',
        '  const messages = await response.json();\n',
        '  const text = await response.text();\n  const messages = text ? JSON.parse(text) : [];\n',
      ],
    ],
  ],
  [
    'long-polling',
    'answer-in-time',
    [
      [
        'server.js',
        '  else held.add(answer);',
        '  else {\n    held.add(answer);\n    setTimeout(() => held.has(answer) && answer(), 900);\n  }',
      ],
    ],
  ],
  [
    'long-polling',
    'fewer-requests',
    [
      [
        'server.js',
        '  const answer = () => {\n    held.delete(answer);',
        '  const answer = () => {\n    if (messages.length < after + 3) return;\n    held.delete(answer);',
      ],
      [
        'server.js',
        '  if (messages.length > after) answer();\n  else held.add(answer);',
        '  held.add(answer);\n  answer();',
      ],
    ],
  ],
  [
    'xhr-streaming',
    'heartbeat',
    [
      [
        'server.js',
        'createServer((req, res) => {',
        "setInterval(() => { for (const res of open) res.write(' '); }, 250);\n\ncreateServer((req, res) => {",
      ],
    ],
  ],
  [
    'forever-iframe',
    'any-text',
    [
      [
        'server.js',
        '  const text = `message ${++id}`;\n  performance.mark(text);',
        '  const text = `</script> ${++id}`;\n  performance.mark(`message ${id}`);',
      ],
      [
        'server.js',
        '${JSON.stringify({ id, text })}',
        "${JSON.stringify({ id, text }).replaceAll('/', '\\\\/')}",
      ],
    ],
  ],
  [
    'forever-iframe',
    'new-frame',
    [
      ['server.js', 'let id = 0;', 'const all = [];\nlet id = 0;'],
      [
        'server.js',
        '  for (const res of open) res.write(call);',
        '  all.push(call);\n  for (const go of [...open]) go();',
      ],
      [
        'server.js',
        "  open.add(res);\n  res.on('close', () => open.delete(res));",
        "  let at = Number(req.url.split('from=')[1] ?? 0), n = 0;\n  const go = () => {\n    while (n < 3 && at < all.length) { res.write(all[at++]); n++; }\n    if (n === 3) { open.delete(go); res.end('<script>parent.next(' + at + ')</script>'); }\n  };\n  open.add(go);\n  res.on('close', () => open.delete(go));\n  go();",
      ],
      [
        'client.js',
        '// Called by',
        'function next(at) {\n  setTimeout(() => (frame.src = `/stream?from=${at}`));\n}\n\n// Called by',
      ],
    ],
  ],
  [
    'htmlfile',
    'shorter',
    [
      ['server.js', '<html><body>${padding}', '<html><body><script>var s = parent.show</script>${padding}'],
      ['server.js', 'parent.show(${JSON', 's(${JSON'],
    ],
  ],
  [
    'sse',
    'keep-it-warm',
    [
      [
        'server.js',
        'createServer((req, res) => {',
        "setInterval(() => { for (const res of open) res.write(': still here\\n'); }, 250);\n\ncreateServer((req, res) => {",
      ],
    ],
  ],
  [
    'sse',
    'two-at-a-time',
    [
      ['server.js', 'retry: 1000', 'retry: 10'],
      [
        'server.js',
        '  for (const event of past.slice(last)) res.write(event);\n  open.add(res);',
        '  res.left = 2;\n  for (const event of past.slice(last, last + 2)) { res.write(event); res.left--; }\n  if (res.left <= 0) return res.end();\n  open.add(res);',
      ],
      [
        'server.js',
        '  for (const res of open) res.write(event);',
        '  for (const res of [...open]) {\n    res.write(event);\n    if (--res.left === 0) { open.delete(res); res.end(); }\n  }',
      ],
    ],
  ],
  [
    'cors',
    'let-it-pass',
    [
      [
        'server.js',
        "  if (req.method === 'OPTIONS') {",
        "  res.setHeader('Access-Control-Allow-Origin', req.headers.origin);\n  res.setHeader('Vary', 'Origin');\n  if (req.method === 'OPTIONS') {\n    res.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT');\n    res.setHeader('Access-Control-Allow-Headers', 'Content-Type');",
      ],
    ],
  ],
  [
    'cors',
    'with-a-cookie',
    [
      [
        'client.js',
        "  await attempt('GET', () => fetch(notes));",
        "  await attempt('GET', () => fetch(notes, { credentials: 'include' }));\n  await attempt('GET again', () => fetch(notes, { credentials: 'include' }));",
      ],
      [
        'server.js',
        "  if (req.method === 'OPTIONS') {",
        "  res.setHeader('Access-Control-Allow-Origin', req.headers.origin);\n  res.setHeader('Access-Control-Allow-Credentials', 'true');\n  if (!req.headers.cookie) res.setHeader('Set-Cookie', 'visit=' + Math.random());\n  if (req.method === 'OPTIONS') {",
      ],
    ],
  ],
  [
    'jsonp',
    'names-only',
    [
      [
        'server.js',
        "  res.setHeader('Content-Type', 'text/javascript');",
        "  if (!/^[a-z]\\w{0,30}$/i.test(callback)) {\n    res.statusCode = 400;\n    return res.end('no');\n  }\n  res.setHeader('Content-Type', 'text/javascript');",
      ],
      [
        'client.js',
        'poll();\n\nfunction poll',
        'poll();\nnew Image().src = `${server}/messages?after=0&callback=alert(1)`;\n\nfunction poll',
      ],
    ],
  ],
  [
    'csrf',
    'only-bob',
    [
      [
        'server.js',
        '  if (!isAlice) return',
        "  if (req.method === 'POST' && req.headers.origin !== `http://${req.headers.host}`) return res.writeHead(403).end();\n  if (!isAlice) return",
      ],
    ],
  ],
  [
    'csrf',
    'deaf-to-strangers',
    [
      [
        'client.js',
        '  setTimeout(forge, 500);',
        "  setTimeout(forge, 500);\n  const s = new WebSocket(bank.replace('http', 'ws'));\n  s.onmessage = (e) => console.log(e.data);",
      ],
      [
        'server.js',
        'const feed = new WebSocketServer({ server: bank });',
        "const feed = new WebSocketServer({ noServer: true });\nbank.on('upgrade', (req, socket, head) => {\n  if (req.headers.origin !== `http://${req.headers.host}`) return socket.end('HTTP/1.1 403 Forbidden\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n');\n  feed.handleUpgrade(req, socket, head, (ws) => feed.emit('connection', ws, req));\n});",
      ],
    ],
  ],
  [
    'websocket',
    'close-in-order',
    [
      [
        'client.js',
        '  setInterval(move, 1000);',
        "  setInterval(move, 1000);\n  setTimeout(() => ws.close(1000, 'that was it'), 2500);",
      ],
      [
        'server.js',
        '  if (opcode === TEXT) socket.write(makeFrame(TEXT, payload));',
        '  if (opcode === TEXT) socket.write(makeFrame(TEXT, payload));\n  if (opcode === CLOSE) {\n    socket.write(makeFrame(CLOSE, payload.subarray(0, 2)));\n    socket.end();\n  }',
      ],
    ],
  ],
];

const within = { timeout: 30_000, interval: 100 };

describe('a challenge', () => {
  it.concurrent.for(SOLUTIONS.map((solution) => [`${solution[0]} ${solution[1]}`, solution] as const))(
    '%s is met by other code than ours',
    async ([, [id, step, edits]], { expect }) => {
      const lesson = LESSONS.find((each) => each.id === id)!;
      const challenge = lesson.steps.find((each) => each.id === step)!.challenge!;
      const patches = edits.map(([file, find, replace], n) => ({ id: String(n), file, find, replace }));
      const running = await runLesson(site.url, site.browser, {
        lesson,
        variant: challenge.variant,
        patches,
      });
      try {
        const stand = () => [...verdictsOf(challenge, running.facts()), ...running.uncaught()];
        await expect.poll(() => stand().filter((each) => each !== 'met'), within).toEqual([]);
      } finally {
        await running.close();
      }
    },
  );
});

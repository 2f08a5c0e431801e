import type { LessonInfo } from '../contract.ts';
import type { RequestFact, WireFacts } from '../facts.ts';
import { always, printed } from '../wire.ts';

const pays = ({ requests }: WireFacts, to: string) =>
  requests.filter(({ method, body }) => method === 'POST' && body.includes(`${to}`));
const forged = (wire: WireFacts) => pays(wire, 'mallory')[0];
const honest = (wire: WireFacts) => pays(wire, 'bob')[0];
const status = (request: RequestFact | undefined) => request?.response?.status;
const done = (request: RequestFact | undefined) => request?.response?.done != null;
const hasToken = (order: RequestFact | undefined) => order?.body.includes('token=') === true;
const isStrict = ({ requests }: WireFacts) =>
  requests.some(({ response }) => /samesite=strict/i.test(response?.headers['set-cookie'] ?? ''));
const feed = ({ sockets }: WireFacts) => sockets[0];

const IS_ALICE = "  if (!isAlice) return res.writeHead(401).end('Who are you?');";
const FEED = 'const feed = new WebSocketServer({ server: bank });';

export const lesson: LessonInfo = {
  id: 'csrf',
  order: 10,
  group: 'origin',
  title: { en: 'Request forgery', 'zh-CN': '请求伪造' },
  minutes: 15,
  page: 'cross-origin',
  latencyMs: 80,
  figures: {
    site: (wire) => forged(wire)?.headers['sec-fetch-site'] ?? null,
    origin: (wire) => forged(wire)?.headers.origin ?? null,
    status: (wire) => (forged(wire)?.response ? String(status(forged(wire))) : null),
  },
  strokes: {
    login: ({ requests }) => requests.find(({ target }) => target === '/login')?.response?.id ?? null,
    honest: (wire) => honest(wire)?.id ?? null,
    forged: (wire) => forged(wire)?.id ?? null,
    handshake: (wire) => feed(wire)?.handshake.id ?? null,
    balance: (wire) => feed(wire)?.down[0]?.id ?? null,
  },
  promises: {
    '': [
      { says: 'Alice pays Bob', holds: (wire) => status(honest(wire)) === 200 },
      {
        says: 'the forged order carries her cookie and is carried out',
        holds: (wire) =>
          status(forged(wire)) === 200 && /session=alice/.test(forged(wire)?.headers.cookie ?? ''),
      },
    ],
  },
  steps: [
    {
      id: 'two-orders',
      title: { en: 'Two orders', 'zh-CN': '两张汇款单' },
      question: {
        options: ['no-cookie', 'cookie', 'asks'],
        answer: 'cookie',
        shown: (wire) => done(forged(wire)),
      },
    },
    {
      id: 'what-gives-it-away',
      title: { en: 'What gives it away', 'zh-CN': '破绽在哪里' },
      question: {
        options: ['nothing', 'body', 'head'],
        answer: 'head',
        shown: (wire) => done(forged(wire)) && done(honest(wire)),
      },
    },
    {
      id: 'no-shield',
      title: { en: 'What is no shield', 'zh-CN': '挡不住的办法' },
      patches: [
        {
          id: 'json',
          file: 'server.js',
          find: '  const order = new URLSearchParams(body);',
          replace: "  const order = new URLSearchParams(body.startsWith('{') ? JSON.parse(body) : body);",
        },
        {
          id: 'text-plain',
          file: 'client.js',
          find: '  form.innerHTML = \'<input name="to" value="mallory"><input name="amount" value="50">\';',
          replace:
            '  form.enctype = \'text/plain\';\n  form.innerHTML = `<input name=\'{"to":"mallory","amount":"50","x":"\' value=\'"}\'>`;',
        },
      ],
      question: {
        options: ['stops', 'passes', 'preflight'],
        answer: 'passes',
        shown: (wire) =>
          forged(wire)?.body.startsWith('{') === true &&
          wire.console.some(({ side, text }) => side === 'server' && text.includes('to mallory')),
      },
    },
    {
      id: 'same-site',
      title: { en: 'SameSite', 'zh-CN': 'SameSite' },
      patches: [
        {
          id: 'strict',
          file: 'server.js',
          find: "'session=alice; HttpOnly'",
          replace: "'session=alice; HttpOnly; SameSite=Strict'",
        },
      ],
      question: {
        options: ['stops', 'passes', 'honest-too'],
        answer: 'passes',
        shown: (wire) => isStrict(wire) && status(forged(wire)) === 200,
      },
    },
    {
      id: 'a-token',
      title: { en: 'A secret in the form', 'zh-CN': '表单里的秘密' },
      patches: [
        {
          id: 'token-in-form',
          file: 'server.js',
          find: '  </form><script>',
          replace: '  <input name="token" value="${token}"></form><script>',
        },
        {
          id: 'token',
          file: 'server.js',
          find: '  const order = new URLSearchParams(body);',
          replace:
            "  const order = new URLSearchParams(body);\n  if (order.get('token') !== token) return res.writeHead(403).end('Where is this from?');",
        },
      ],
      question: {
        options: ['guess', 'read', 'neither'],
        answer: 'neither',
        shown: (wire) => status(forged(wire)) === 403 && hasToken(honest(wire)),
      },
    },
    {
      id: 'a-look-at-the-head',
      title: { en: 'A look at the head', 'zh-CN': '看一眼请求头' },
      patches: [
        {
          id: 'check-site',
          file: 'server.js',
          find: IS_ALICE,
          replace: `  if (req.headers['sec-fetch-site'] !== 'same-origin') return res.writeHead(403).end('Not from here.');\n${IS_ALICE}`,
        },
      ],
      question: {
        options: ['forge-it', 'cannot', 'curl'],
        answer: 'cannot',
        shown: (wire) => status(forged(wire)) === 403 && done(honest(wire)) && !hasToken(honest(wire)),
      },
    },
    {
      id: 'hijacked-socket',
      title: { en: 'A socket hijacked', 'zh-CN': '被劫持的 WebSocket' },
      patches: [
        {
          id: 'listen-in',
          file: 'client.js',
          find: '  setTimeout(forge, 500);',
          replace:
            "  const feed = new WebSocket(bank.replace('http', 'ws'));\n  feed.onmessage = ({ data }) => console.log('overheard:', data);",
        },
      ],
      question: {
        options: ['nothing', 'balance', 'error'],
        answer: 'balance',
        shown: (wire) => printed(wire, 'overheard'),
      },
    },
    {
      id: 'only-bob',
      title: { en: 'Challenge: only Bob', 'zh-CN': '挑战：只付给 Bob' },
      challenge: {
        goals: [
          {
            id: 'bob-paid',
            judge: (wire) => (status(honest(wire)) === 200 ? 'met' : done(honest(wire)) ? 'missed' : 'open'),
          },
          {
            id: 'tried',
            judge: (wire) => (/session=alice/.test(forged(wire)?.headers.cookie ?? '') ? 'met' : 'open'),
          },
          {
            id: 'mallory-not',
            judge: (wire) => (status(forged(wire)) === 403 ? 'met' : done(forged(wire)) ? 'missed' : 'open'),
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'solve-only-bob',
            file: 'server.js',
            find: IS_ALICE,
            replace: `${IS_ALICE}\n  const own = \`http://\${req.headers.host}\`;\n  if (req.headers.origin !== own) return res.writeHead(403).end('Not from here.');`,
          },
        ],
      },
    },
    {
      id: 'deaf-to-strangers',
      title: { en: 'Challenge: deaf to strangers', 'zh-CN': '挑战：不理陌生人' },
      challenge: {
        goals: [
          { id: 'asked', judge: (wire) => (feed(wire) ? 'met' : 'open') },
          {
            id: 'refused',
            judge: (wire) => {
              const answer = feed(wire)?.handshake.response;
              return answer ? (answer.status >= 400 && answer.status < 500 ? 'met' : 'missed') : 'open';
            },
          },
          {
            id: 'told-nothing',
            judge: (wire) => always(!printed(wire, 'Alice has'), feed(wire)?.handshake.response != null),
          },
        ],
        hints: 2,
        solution: [
          {
            id: 'overhear',
            file: 'client.js',
            find: '  setTimeout(forge, 500);',
            replace:
              "  const feed = new WebSocket(bank.replace('http', 'ws'));\n  feed.onmessage = ({ data }) => console.log('overheard:', data);",
          },
          {
            id: 'verify',
            file: 'server.js',
            find: FEED,
            replace:
              'const feed = new WebSocketServer({\n  server: bank,\n  verifyClient: ({ req, origin }) => origin === `http://${req.headers.host}`,\n});',
          },
        ],
      },
    },
    { id: 'further', title: { en: 'In short', 'zh-CN': '小结' } },
  ],
};

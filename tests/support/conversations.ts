/** Conversations of every protocol that the dissectors read; one character a byte. */
import { utf8 } from './dissection.ts';
import { close, deflater, frame, head, KEY, switching, upgrade } from './websocket-bytes.ts';

/** What goes up, then what comes down, then what goes up after that. */
export interface Conversation {
  up: string;
  down: string;
  later?: string;
}

const chunk = (text: string, extension = '') => `${text.length.toString(16)}${extension}\r\n${text}\r\n`;
const chunked = (type: string, ...texts: string[]) =>
  head('HTTP/1.1 200 OK', `Content-Type: ${type}`, 'Transfer-Encoding: chunked') +
  `${texts.map((text) => chunk(text)).join('')}0\r\n\r\n`;
const sized = (type: string, text: string) =>
  head('HTTP/1.1 200 OK', `Content-Type: ${type}`, `Content-Length: ${text.length}`) + text;
const get = (target: string, ...lines: string[]) =>
  head(`GET ${target} HTTP/1.1`, 'Host: localhost:8080', ...lines);
const post = (type: string, text: string) =>
  head('POST / HTTP/1.1', 'Host: localhost:8080', `Content-Type: ${type}`, `Content-Length: ${text.length}`) +
  text;

const CHROMIUM =
  'GET /messages?after=2 HTTP/1.1\r\nHost: localhost:8080\r\nConnection: keep-alive\r\n' +
  'sec-ch-ua-platform: "Linux"\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36\r\n' +
  'sec-ch-ua: "Chromium";v="142", "Not_A Brand";v="99"\r\nsec-ch-ua-mobile: ?0\r\nAccept: */*\r\n' +
  'Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n' +
  'Referer: http://localhost:8080/\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-US,en;q=0.9\r\n\r\n';
const NODE =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Mon, 23 Nov 2026 09:00:00 GMT\r\n' +
  'Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 27\r\n\r\n[{"id":3,"text":"\xe4\xbd\xa0\xe5\xa5\xbd"}]\n';
const CHUNKED =
  'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n' +
  '22\r\nid: 3\nevent: tick\ndata: 12:04:03\n\n\r\n5;x=y\r\nhello\r\n0\r\nServer-Timing: a\r\n\r\n';
const UPGRADE = 'GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

const MASK = { mask: 0x37fa213d };
const DEFLATE = 'Sec-WebSocket-Extensions: permessage-deflate';
const deflate = deflater();
const NODE_WS =
  frame(1, '{"type":"hello"}') +
  frame(9, 'beat') +
  frame(1, utf8('你'), { fin: false }) +
  frame(10) +
  frame(0, utf8('好')) +
  frame(2, '\x00\x01\xfe\xff'.repeat(40)) +
  close(1001, 'going away');

export const CONVERSATIONS: Record<string, Conversation> = {
  'a polling exchange, twice': { up: CHROMIUM + CHROMIUM, down: NODE + NODE },
  'a body with an empty line before the next request': {
    up: 'POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello\r\n\r\nxx\r\n\r\nGET / HTTP/1.0\r\n\r\n',
    down: 'HTTP/1.1 204 No Content\r\n\r\nHTTP/1.0 200 OK\r\n\r\nuntil the end\r\nHTTP/1.1 200 OK\r\n\r\n',
  },
  'chunks, HEAD and interim responses': {
    up: 'GET / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
    down: `${CHUNKED}HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${CHUNKED}`,
  },
  'a switch to frames': {
    up: `${UPGRADE}\x81\x85\x01\x02\x03\x04\x69\x67\x6f\x68\x6e`,
    down: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x05hello',
  },
  'a switch to another protocol': {
    up: `${UPGRADE.replace('websocket', 'h2c')}PRI * HTTP/2.0`,
    down: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n\x00\x00\x00',
  },
  'a refused switch': { up: UPGRADE + CHROMIUM, down: 'HTTP/1.1 426 No\r\nContent-Length: 2\r\n\r\nno' },
  'a tunnel': {
    up: 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n\x16\x03',
    down: 'HTTP/1.1 200 OK\r\n\r\n\x16\x03',
  },
  'every malformation of a head': {
    up:
      '\n\r\nGET  /a b HTTP/1.1 \nHost : a\r\n fold\r\nno colon\r\n:x\r\nA\rB: c\0d\rE\r\nTransfer-Encoding: chunked\r\n' +
      'Content-Length: 4\r\n\r\n4\nabcd\n0\n\nget / http/1.1\r\n \r\nHost:\r\n\r\nGET\r\n\x16\x03\x01',
    down:
      '\r\nHTTP/1.1 2x0\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\nHTTP/1.1 200 OK\r\n\r\n' +
      'Content-Length: 3\r\n\r\nabc',
  },
  'another protocol': { up: '\x16\x03\x01\x02\x00GET / HTTP/1.1\r\n\r\n', down: 'HTTP\r\n220 hello\r\n' },
  'an event stream': {
    up: get('/events', 'Accept: text/event-stream', 'Last-Event-ID: 4'),
    down:
      chunked(
        'text/event-stream',
        '\xef\xbb\xbfid: 5\ndata: a\n\n',
        ': ping\r\n\r\n',
        'event: tick\rdata: b\rda',
        'ta\r\r',
      ) +
      chunked(
        'text/event-stream; charset=utf-8',
        'retry: 50\n',
        utf8('data: 你\r'),
        '\n\r',
        '\nid: 1\0\nx\n\ndata:',
        ' c',
      ),
  },
  'an event stream until the end': {
    up: get('/events').replace('1.1', '1.0'),
    down:
      head('HTTP/1.0 200 OK', 'Content-Type: text/event-stream') +
      'data: a\n\ndata: b\r\n\r\n\r\n\r\ndata: c\n\ndata',
  },
  'JSONP and scripts': {
    up: get('/a.js?callback=cb') + get('/b.js') + get('/c.js'),
    down:
      sized('text/javascript', '/**/ typeof cb === \'function\' && cb({"a":"("});') +
      sized('text/javascript', 'var a = `${b(")")}`; start(a)') +
      chunked('application/javascript', 'cb(', '[1', ']', ') // end'),
  },
  'a forever frame': {
    up: get('/frame', 'Sec-Fetch-Dest: iframe'),
    down: chunked(
      'text/html',
      '<!-- a <script> --><html>   ',
      '<script>parent.show("</b>");</script>',
      '<scr',
      'ipt>try {parent.m(1)} catch(e) {}</',
      'script >\n<script>a();b(2)',
      '</script></html>',
    ),
  },
  'forms and parts': {
    up:
      post('application/x-www-form-urlencoded', 'text=hello+you&to=&x') +
      post(
        'multipart/form-data; boundary=--x',
        '----x\r\nA: b\r\n\r\none\r\n--\r\n----x\r\n\r\ntwo\r\n----x--\r\n',
      ) +
      post('application/json', '{"a":[1,2]}'),
    down: NODE + NODE + sized('text/plain', utf8('好')),
  },
  'a compressed body': {
    up: get('/', 'Accept-Encoding: gzip'),
    down:
      head('HTTP/1.1 200 OK', 'Content-Encoding: gzip', 'Content-Type: text/html', 'Content-Length: 4') +
      '\x1f\x8b\x08\0',
  },
  'a WebSocket conversation': {
    up: upgrade('Sec-WebSocket-Protocol: chat'),
    down: switching('Sec-WebSocket-Protocol: chat') + NODE_WS,
    later: `${frame(1, 'hello', MASK)}${frame(10, 'beat', MASK)}${close(1001, '', MASK)}`,
  },
  'a compressed WebSocket conversation': {
    up: upgrade(DEFLATE) + frame(1, deflater()('hello hello hello'), { ...MASK, rsv: 4 }),
    down:
      switching(DEFLATE) +
      ['{"id":1,"text":"hello"}', '{"id":2,"text":"hello"}']
        .map((text) => frame(1, deflate(text), { rsv: 4 }))
        .join('') +
      frame(1, deflate('x'.repeat(300)).slice(0, 2), { fin: false, rsv: 4 }),
  },
  'every violation of WebSocket': {
    up: `${upgrade().replace(KEY, 'short')}${frame(1, 'a')}${frame(0, 'b', MASK)}${frame(9, '', { ...MASK, fin: false })}`,
    down:
      switching('Sec-WebSocket-Extensions: x') +
      frame(1, 'a', { ...MASK, lengthBytes: 8 }) +
      frame(1, '\xff', { fin: false }) +
      frame(1, '\xe4\xbd') +
      frame(3, 'x', { rsv: 7 }) +
      frame(9, 'y'.repeat(130)) +
      frame(8, '\x03') +
      frame(2, 'late') +
      '\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xffabc',
  },
};

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { FrameRecord, WebSocketMessageContent } from '../../dissect/records.ts';
import { curlOf, quoted } from './curl.ts';
import { bytes, LISTENING, OPENED, record, RUN } from '../../../tests/support/recording.ts';
import { FORMS } from './forms.ts';
import { bytesLiteral, literal, scriptOfFrame, scriptOfRequest } from './javascript.ts';
import type { CopiedRequest } from './request.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function requestOf({
  headers = {},
  ...more
}: Partial<Omit<CopiedRequest, 'headers'>> & { headers?: object }) {
  return {
    method: 'GET',
    version: 'HTTP/1.1',
    origin: 'http://localhost:8080',
    target: '/',
    body: new Uint8Array(),
    headers: Object.entries({ Host: 'localhost:8080', Accept: '*/*', 'User-Agent': 'x', ...headers }).map(
      ([name, value]) => ({ name, value: String(value) }),
    ),
    ...more,
  } satisfies CopiedRequest;
}

/** What a shell makes of a command whose `curl` tells its arguments, and what comes in, as hex. */
function inShell(command: string): { args: string[]; stdin: string } {
  const script = `curl() { for each; do printf '%s\\0' "$each"; done; case "$*" in *@-*) printf '\\0'; od -An -v -tx1;; esac; }\n${command}`;
  const output = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
  const [args = '', stdin = ''] = output.split('\0\0');
  return {
    args: args.split('\0').filter((each, at, all) => at < all.length - 1 || each !== ''),
    stdin: stdin.replace(/\s/g, ''),
  };
}

describe('a request as curl', () => {
  it('says nothing that curl says itself', () => {
    expect(curlOf(requestOf({ target: '/events' }))).toBe(
      ['curl -N http://localhost:8080/events', '--http1.1', "-H 'Accept: */*'", "-H 'User-Agent: x'"].join(
        ' \\\n  ',
      ),
    );
  });

  it('takes away what curl adds unasked', () => {
    const request = { ...requestOf({}), headers: [{ name: 'Host', value: 'a' }] };
    expect(inShell(curlOf(request)).args.slice(3)).toEqual(['-H', 'User-Agent:', '-H', 'Accept:']);
  });

  it('passes every character through a shell as it is', () => {
    const hostile = `it's "$HOME" \`id\` \\ !! %s\n* ~ 你好 ; & | > < ( )`;
    const command = curlOf(
      requestOf({
        method: 'PUT',
        headers: { 'X-A': hostile.replace('\n', ' '), 'X-B': '' },
        body: utf8(hostile),
      }),
    );
    expect(inShell(command).args).toEqual([
      ...['-N', 'http://localhost:8080/', '--http1.1', '-X', 'PUT'],
      ...[
        '-H',
        'Accept: */*',
        '-H',
        'User-Agent: x',
        '-H',
        `X-A: ${hostile.replace('\n', ' ')}`,
        '-H',
        'X-B;',
      ],
      ...['-H', 'Content-Type:', '--data-raw', hostile],
    ]);
  });

  it('pipes a body that no argument can hold', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const { args, stdin } = inShell(curlOf(requestOf({ method: 'POST', body: bytes })));
    expect(args).toContain('@-');
    expect(args).not.toContain('-X');
    expect(stdin).toBe(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
  });

  it('keeps a target that is no path, dots in a path, and brackets', () => {
    expect(curlOf(requestOf({ method: 'OPTIONS', target: '*' }))).toContain(`--request-target '*'`);
    expect(curlOf(requestOf({ target: '/a/../b' }))).toContain('--path-as-is');
    expect(curlOf(requestOf({ target: '/a?b[]=1' }))).toContain('--globoff');
    expect(curlOf(requestOf({ method: 'HEAD' }))).toContain('--head');
  });

  it('sends a body of no bytes where the request had one', () => {
    expect(curlOf(requestOf({ method: 'POST', headers: { 'Content-Length': 0 } }))).toContain(
      `--data-raw ''`,
    );
  });
});

describe('a word of a shell', () => {
  it('is quoted unless it needs no quotes', () => {
    expect([quoted('a-b.c/d:1'), quoted(''), quoted('a b'), quoted("it's")]).toEqual([
      ...['a-b.c/d:1', "''", "'a b'", String.raw`'it'\''s'`],
    ]);
  });
});

describe('a request as JavaScript', () => {
  it('is a fetch with what a script may set', () => {
    const script = scriptOfRequest(
      requestOf({
        method: 'POST',
        target: '/messages',
        headers: {
          'Content-Type': 'application/json',
          Origin: 'http://a',
          'Sec-Fetch-Mode': 'cors',
          Cookie: 'a=1',
        },
        body: utf8(`{"text":"it's"}`),
      }),
    );
    expect(script).toBe(`const response = await fetch('http://localhost:8080/messages', {
  method: 'POST',
  headers: {
    'Content-Type': 'application/json',
  },
  credentials: 'include',
  body: '{"text":"it\\'s"}',
});
console.log(await response.text());
`);
  });

  it('is a plain fetch where there is nothing to say', () => {
    expect(scriptOfRequest(requestOf({}))).toMatch(
      /^const response = await fetch\('http:\/\/localhost:8080\/'\);/,
    );
  });

  it('opens a stream or a socket as the page did', () => {
    expect(scriptOfRequest(requestOf({ headers: { Accept: 'text/event-stream' } }))).toContain(
      'new EventSource(',
    );
    const upgrade = { Upgrade: 'websocket', 'Sec-WebSocket-Protocol': 'chat, superchat' };
    expect(scriptOfRequest(requestOf({ target: '/ws', headers: upgrade }))).toBe(
      `const ws = new WebSocket('ws://localhost:8080/ws', ['chat', 'superchat']);\n`,
    );
  });
});

describe('the request of an event stream as JavaScript', () => {
  const ASK = 'GET /events HTTP/1.1\r\nHost: localhost:8080\r\nAccept: text/event-stream\r\n\r\n';
  const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';
  function scriptAfter(stream: string): string {
    const { tell, run, capture } = record();
    tell(RUN, LISTENING, OPENED, bytes('up', 20, 0, ASK), bytes('down', 30, 0, HEAD + stream));
    const { messages } = run();
    const { bytesOf } = capture;
    return FORMS.javascript({ run: run(), message: messages.at(0)!, bytesOf, missing: String });
  }

  it('listens for the types that its answer brought', () => {
    // Without data nothing is dispatched.
    expect(
      scriptAfter("retry: 9\n\nevent: tick\ndata: 1\n\nevent: it's\ndata: 2\n\nevent: tick\ndata: 3\n\n"),
    ).toBe(`const source = new EventSource('http://localhost:8080/events');
source.addEventListener('tick', (event) => console.log(event.data));
source.addEventListener('it\\'s', (event) => console.log(event.data));
`);
    expect(scriptAfter('data: 1\n\nevent: tick\ndata: 2\n\n')).toMatch(
      /source\.onmessage = .*\nsource\.addEventListener\('tick'/,
    );
  });

  it('listens for messages where nothing has come', () => {
    expect(scriptAfter('')).toContain('source.onmessage = ');
  });
});

describe('a frame as JavaScript', () => {
  const content = {
    inflatedSize: null,
    text: '',
    closeCode: null,
    complete: true,
  } as WebSocketMessageContent;
  const frame = (opcode: number, fin = true) => ({ opcode, fin, complete: true }) as FrameRecord;

  it('is what sends it', () => {
    expect(scriptOfFrame(frame(1), utf8(`{"x":1}`), content, null)).toBe(`ws.send('{"x":1}');\n`);
    expect(scriptOfFrame(frame(2), Uint8Array.of(1, 255), content, null)).toBe(
      'ws.send(Uint8Array.of(0x01, 0xff));\n',
    );
    expect(scriptOfFrame(frame(1), utf8('a'), content, requestOf({}))).toBe(
      `const ws = new WebSocket('ws://localhost:8080/');\nws.onopen = () => {\n  ws.send('a');\n};\n`,
    );
  });

  it('is a close with its code and reason', () => {
    const bye = { ...content, closeCode: 4001, text: 'bye' };
    expect(scriptOfFrame(frame(8), new Uint8Array(), bye, null)).toBe(`ws.close(4001, 'bye');\n`);
  });

  it('is none where a page cannot send it', () => {
    expect(scriptOfFrame(frame(9), new Uint8Array(), content, null)).toBeNull();
    expect(scriptOfFrame(frame(1, false), utf8('a'), content, null)).toBeNull();
    expect(scriptOfFrame(frame(0), utf8('a'), content, null)).toBeNull();
  });

  it('sends the text of a compressed message, unless that was cut', () => {
    const whole = { ...content, inflatedSize: 5, text: 'hello' };
    expect(scriptOfFrame(frame(1), utf8('?'), whole, null)).toBe(`ws.send('hello');\n`);
    expect(scriptOfFrame(frame(1), utf8('?'), { ...whole, inflatedSize: 9 }, null)).toBeNull();
  });
});

describe('literals', () => {
  it('mean what they are made of', () => {
    const hard = `'"\\ \\" \n\u2028</script>\${a}\u0000`;
    expect(new Function(`return ${literal(hard)}`)()).toBe(hard);
    const bytes = Uint8Array.from({ length: 30 }, (_, byte) => byte);
    expect(new Function(`return ${bytesLiteral(bytes)}`)()).toEqual(bytes);
    expect(bytesLiteral(new Uint8Array())).toBe('Uint8Array.of()');
  });
});

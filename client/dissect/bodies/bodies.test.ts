import { describe, expect, it } from 'vitest';
import { Dissection } from '../../../tests/support/dissection.ts';
import { head } from '../../../tests/support/websocket-bytes.ts';
import type { ScriptCallContent } from '../records.ts';

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

function body(type: string, text: string, encoding: string[] = []) {
  const lines = [`Content-Type: ${type}`, `Content-Length: ${text.length}`, ...encoding];
  return new Dissection().feed(['down', head('HTTP/1.1 200 OK', ...lines) + text]);
}
function chunks(type: string, texts: string[]) {
  const lines = [`Content-Type: ${type}`, 'Transfer-Encoding: chunked'];
  return new Dissection().feed([
    'down',
    `${head('HTTP/1.1 200 OK', ...lines)}${texts.map(chunk).join('')}0\r\n\r\n`,
  ]);
}
const calls = (dissection: Dissection) =>
  (dissection.contents('down') as ScriptCallContent[]).map(({ callee, payload }) => `${callee}(${payload})`);
function shown(dissection: Dissection, place = 0): string[] {
  const record = dissection.records('down')[place]!;
  return dissection
    .fields('down', record)
    .filter(({ note }) => !/header|field|value|status/.test(note))
    .map(({ role, name, note }) => `${role} ${name} ${note.replace('inspect:', '')}`);
}

describe('JSONP', () => {
  it.each([
    ['a call', 'callback({"id":3});', 'callback({"id":3})'],
    ['a call without its semicolon', 'callback([])', 'callback([])'],
    ['a comment in front', '/**/cb("a")', 'cb("a")'],
    ['a guard in front', "/**/ typeof app.cb === 'function' && app.cb({});", 'app.cb({})'],
    ['a place in a list', '___eio[0]("3probe");', '___eio[0]("3probe")'],
    ['brackets in strings', 'cb(")}\\")", `)${")"})`);\n// end', 'cb(")}\\")", `)${")"})`)'],
  ])('is %s', (_, text, expected) => {
    expect(calls(body('text/javascript', text))).toEqual([expected]);
  });

  it.each([
    'var a = 1;',
    'start(); stop();',
    'fetch("/a").then(show);',
    'if (ready) run();',
    'function run() {}',
    'callback({"id":',
    '',
  ])('is not %j', (text) => {
    expect(calls(body('application/javascript', text))).toEqual([]);
  });

  it('is padding around data', () => {
    const dissection = body('text/javascript', '/**/cb({"id":3});\n');
    expect(shown(dissection)).toEqual([
      'kind /**/cb( script.callee',
      'data {"id":3} script.payload',
      'edge ); script.callEnd',
      'data \\n script.code',
    ]);
    expect(dissection.contents('down')).toMatchObject([{ inHtml: false, ranges: [{}], complete: true }]);
  });

  it('may come in chunks', () => {
    const dissection = chunks('text/javascript', ['cal', 'lback({"a":', '1});']);
    expect(calls(dissection)).toEqual(['callback({"a":1})']);
    expect(shown(dissection, 2)).toEqual(['kind lback( script.callee', 'data {"a": script.payload']);
  });
});

describe('a forever frame', () => {
  it('has a call in each script, also in several chunks', () => {
    const dissection = chunks('text/html; charset=utf-8', [
      '<!DOCTYPE html><html><body><!-- <script>no()</script> -->   ',
      '<script>parent.show({"id":1});</script>\n',
      '<SCR',
      'IPT type="a>b">parent.show("</',
      'b>")',
      '</script',
      '>',
      '<script>\ntry {parent.m([1])} catch(e) {}</script>',
    ]);
    expect(calls(dissection)).toEqual(['parent.show({"id":1})', 'parent.show("</b>")', 'parent.m([1])']);
    expect(dissection.contents('down')).toMatchObject([
      { inHtml: true, complete: true, ranges: [{}] },
      { ranges: [{}, {}, {}, {}, {}] },
      {},
    ]);
    expect(shown(dissection, 2)).toEqual([
      'edge <script> script.tag',
      'kind parent.show( script.callee',
      'data {"id":1} script.payload',
      'edge ); script.callEnd',
      'edge </script> script.endTag',
      'data \\n script.markup',
    ]);
  });

  it('may make several calls in one script, but not those in functions', () => {
    const script =
      'var c = parent.c; c.start(); function p(d) { c.message(d); } window.onload = c.stop; p(1)';
    expect(calls(chunks('text/html', [`<script>${script}</script>`]))).toEqual(['c.start()', 'p(1)']);
  });

  it('has no call before the script is closed', () => {
    expect(calls(chunks('text/html', ['<script>parent.show(1);']))).toEqual([]);
  });

  it('is not a page that comes as a whole', () => {
    expect(calls(body('text/html', '<script>start();</script>'))).toEqual([]);
  });
});

describe('forms', () => {
  it('have names and values', () => {
    const text = 'a=1&b=2=3&c';
    const dissection = new Dissection().feed([
      'up',
      head(
        'POST / HTTP/1.1',
        'Host: a',
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${text.length}`,
      ) + text,
    ]);
    const [record] = dissection.withFields('up');
    expect(record!.fields.slice(-9).map(({ role, name }) => `${role} ${name}`)).toEqual([
      'kind a',
      'edge =',
      'data 1',
      'edge &',
      'kind b',
      'edge =',
      'data 2=3',
      'edge &',
      'kind c',
    ]);
    expect(record!.data).toBe(4);
  });

  it('in parts have boundaries, heads and bodies', () => {
    const text = '--xy\r\nContent-Type: a\r\n\r\none\r\n-\r\n--xy\r\n\r\ntwo\r\n--xy--\r\n';
    expect(shown(body('multipart/form-data; boundary="xy"', text))).toEqual([
      'edge --xy\\r\\n form.boundary',
      'meta Content-Type: a\\r\\n\\r\\n form.partHead',
      'data one\\r\\n- form.part',
      'edge \\r\\n--xy\\r\\n form.boundary',
      'meta \\r\\n form.partHead',
      'data two form.part',
      'edge \\r\\n--xy--\\r\\n form.boundary',
    ]);
  });
});

describe('a compressed body', () => {
  it('is said to be so, and not taken apart', () => {
    const dissection = body('text/event-stream', 'data: a\n\n', ['Content-Encoding: gzip']);
    expect(dissection.contents('down')).toEqual([]);
    expect(dissection.withFields('down')[0]!.fields.at(-1)).toMatchObject({
      note: 'inspect:field.bodyEncoded',
      params: { encoding: 'gzip' },
    });
  });
});

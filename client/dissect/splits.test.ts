import { describe, expect, it } from 'vitest';
import { bytesOf, Dissection } from '../../tests/support/dissection.ts';
import type { DissectDirection } from './connection.ts';

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

/** Each: what goes up, then what comes down; one character a byte. */
const SAMPLES: Record<string, { up: string; down: string }> = {
  'a polling exchange, twice': { up: CHROMIUM + CHROMIUM, down: NODE + NODE },
  'a body with an empty line before the next request': {
    up: 'POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello\r\n\r\nxx\r\n\r\nGET / HTTP/1.0\r\n\r\n',
    down: 'HTTP/1.1 204 No Content\r\n\r\nHTTP/1.0 200 OK\r\n\r\nuntil the end\r\nHTTP/1.1 200 OK\r\n\r\n',
  },
  'chunks, HEAD and interim responses': {
    up: 'GET / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
    down: `${CHUNKED}HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${CHUNKED}`,
  },
  'a switch of protocols': {
    up: `${UPGRADE}\x81\x85\x01\x02\x03\x04\x69\x67\x6f\x68\x6e`,
    down: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x05hello',
  },
  'a refused switch': { up: UPGRADE + CHROMIUM, down: 'HTTP/1.1 426 No\r\nContent-Length: 2\r\n\r\nno' },
  'every malformation': {
    up:
      '\n\r\nGET  /a b HTTP/1.1 \nHost : a\r\n fold\r\nno colon\r\n:x\r\nA\rB: c\0d\rE\r\nTransfer-Encoding: chunked\r\n' +
      'Content-Length: 4\r\n\r\n4\nabcd\n0\n\nget / http/1.1\r\n \r\nHost:\r\n\r\nGET\r\n\x16\x03\x01',
    down:
      '\r\nHTTP/1.1 2x0\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\nHTTP/1.1 200 OK\r\n\r\n' +
      'Content-Length: 3\r\n\r\nabc',
  },
  'another protocol': { up: '\x16\x03\x01\x02\x00GET / HTTP/1.1\r\n\r\n', down: 'HTTP\r\n220 hello\r\n' },
};

/** The same numbers in every run: a failing split can be seen again. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

const DIRECTIONS = ['up', 'down'] as const;
const snapshot = (dissection: Dissection) =>
  structuredClone(
    DIRECTIONS.map((direction) => ({
      records: dissection.withFields(direction),
      contents: dissection.contents(direction),
    })),
  );

function whole({ up, down }: { up: string; down: string }, end: boolean) {
  const dissection = new Dissection().feed(['up', up], ['down', down]);
  if (end) dissection.feed(['end', 'up'], ['end', 'down']);
  return dissection;
}

/** Fields cover the record, records cover the direction: no hole, no overlap. */
function expectCovered(dissection: Dissection) {
  for (const direction of DIRECTIONS) {
    let at = 0;
    for (const record of dissection.withFields(direction)) {
      expect(record.start).toBe(at);
      let inRecord = 0;
      let data = 0;
      for (const field of record.fields) {
        expect(field.start).toBe(inRecord);
        expect(field.end).toBeGreaterThan(field.start);
        inRecord = field.end;
        if (field.role === 'data') data += field.end - field.start;
      }
      expect(record.end).toBe(record.start + inRecord);
      expect(record.data).toBe(data);
      at = record.end;
    }
    expect(at).toBe(dissection.length(direction));
  }
}

describe.each(Object.entries(SAMPLES))('%s', (_, sample) => {
  it('is covered by fields without hole or overlap', () => {
    expectCovered(whole(sample, true));
  });

  it.each(DIRECTIONS)('reads the same for every split of %s in two', (direction) => {
    const expected = snapshot(whole(sample, false));
    for (let at = 1; at < sample[direction].length; at++) {
      const dissection = new Dissection();
      for (const each of DIRECTIONS) {
        if (each === direction) dissection.feed([each, sample[each].slice(0, at)]);
        dissection.feed([each, each === direction ? sample[each].slice(at) : sample[each]]);
      }
      expect(snapshot(dissection)).toEqual(expected);
    }
  });

  it('reads the same byte by byte, and after every byte what was read is what was pushed at once', () => {
    const dissection = new Dissection();
    const seen = { up: '', down: '' };
    for (const direction of DIRECTIONS) {
      for (const character of sample[direction]) {
        seen[direction] += character;
        dissection.feed([direction, character]);
        expect(snapshot(dissection)).toEqual(snapshot(whole(seen, false)));
      }
    }
  });

  it('reads the same for random splits, and changes alone tell the whole story', () => {
    const random = randomNumbers(sample.up.length + sample.down.length);
    const expected = snapshot(whole(sample, true));
    for (let round = 0; round < 50; round++) {
      const dissection = new Dissection();
      for (const direction of DIRECTIONS) {
        const text = sample[direction];
        for (let at = 0; at < text.length;) {
          const length = 1 + Math.floor(random() * 60);
          dissection.feed([direction, text.slice(at, at + length)]);
          at += length;
          if (random() < 0.5) dissection.records(direction);
        }
      }
      dissection.feed(['end', 'up'], ['end', 'down']);
      expect(snapshot(dissection)).toEqual(expected);
    }
  });
});

describe('random bytes', () => {
  it('are always covered, whatever is missing between them', () => {
    const random = randomNumbers(101);
    const texts = Object.values(SAMPLES).flatMap(({ up, down }) => [up, down]);
    for (let round = 0; round < 300; round++) {
      const dissection = new Dissection();
      for (let step = 0; step < 8; step++) {
        const direction: DissectDirection = random() < 0.5 ? 'up' : 'down';
        const text = texts[Math.floor(random() * texts.length)]!;
        const from = Math.floor(random() * text.length);
        const bytes = bytesOf(text.slice(from, from + Math.floor(random() * 200)));
        if (random() < 0.3) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
        dissection.feed(random() < 0.2 ? ['gap', direction, bytes.length] : [direction, bytes]);
      }
      expectCovered(dissection.feed(['end', 'up'], ['end', 'down']));
    }
  });
});

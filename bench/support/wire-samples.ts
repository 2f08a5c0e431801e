/** Long streams as servers send them, for measuring. */
import { bytesOf } from '../../tests/support/dissection.ts';
import { frame, head, switching, upgrade } from '../../tests/support/websocket-bytes.ts';

/** What goes up first; what comes down: a beginning, and then a unit again and again. */
export interface Sample {
  up: Uint8Array;
  before: Uint8Array;
  /** A hundred frames or chunks, each different. */
  unit: Uint8Array;
  repeats: number;
}

const TOTAL_BYTES = 16_000_000;

/** Text frames of this many bytes; masked as if the server did so, which costs the dissector the same. */
export function frameStream(size: number, masked = false): Sample {
  const one = (index: number) => frame(1, textOf(size, index), masked ? { mask: 0x37fa213d ^ index } : {});
  return sampleOf(upgrade(), switching(), one);
}

/** Chunks whose data has this many bytes: text, or one event each. */
export function chunkedStream(type: 'text/plain' | 'text/event-stream', size: number): Sample {
  const before = head('HTTP/1.1 200 OK', `Content-Type: ${type}`, 'Transfer-Encoding: chunked');
  const isEvents = type === 'text/event-stream';
  const one = (index: number) => {
    const data = isEvents ? `data: ${textOf(size - 8, index)}\n\n` : textOf(size, index);
    return `${data.length.toString(16)}\r\n${data}\r\n`;
  };
  return sampleOf(head('GET / HTTP/1.1', 'Host: localhost'), before, one);
}

function textOf(size: number, index: number): string {
  const text = `{"id":${index},"user":"ann","text":"hello, how are you today? `;
  return (text + 'the quick brown fox '.repeat(1 + size / 20)).slice(0, size - 2) + '"}';
}

function sampleOf(up: string, before: string, one: (index: number) => string): Sample {
  const unit = bytesOf(Array.from({ length: 100 }, (_, index) => one(index)).join(''));
  return {
    up: bytesOf(up),
    before: bytesOf(before),
    unit,
    repeats: Math.floor(TOTAL_BYTES / unit.length),
  };
}

/** All that comes down, in one piece. */
export function wholeOf({ before, unit, repeats }: Sample): Uint8Array {
  const whole = new Uint8Array(before.length + repeats * unit.length);
  whole.set(before);
  for (let index = 0; index < repeats; index++) whole.set(unit, before.length + index * unit.length);
  return whole;
}

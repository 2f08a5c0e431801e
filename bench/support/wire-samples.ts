/** Long streams as servers send them, for measuring. */
import { bytesOf } from '../../tests/support/dissection.ts';
import { frame, head, switching, upgrade } from '../../tests/support/websocket-bytes.ts';

export interface Sample {
  up: Uint8Array;
  down: Uint8Array;
}

const TOTAL_BYTES = 16_000_000;

/** Text frames of this many bytes; masked as if the server did so, which costs the dissector the same. */
export function frameStream(size: number, masked = false): Sample {
  const one = (index: number) => frame(1, textOf(size, index), masked ? { mask: 0x37fa213d ^ index } : {});
  return { up: bytesOf(upgrade()), down: repeated(switching(), one) };
}

/** Chunks whose data has this many bytes: text, or one event each. */
export function chunkedStream(type: 'text/plain' | 'text/event-stream', size: number): Sample {
  const before = head('HTTP/1.1 200 OK', `Content-Type: ${type}`, 'Transfer-Encoding: chunked');
  const isEvents = type === 'text/event-stream';
  const one = (index: number) => {
    const data = isEvents ? `data: ${textOf(size - 8, index)}\n\n` : textOf(size, index);
    return `${data.length.toString(16)}\r\n${data}\r\n`;
  };
  return { up: bytesOf(head('GET / HTTP/1.1', 'Host: localhost')), down: repeated(before, one) };
}

function textOf(size: number, index: number): string {
  const text = `{"id":${index},"user":"ann","text":"hello, how are you today? `;
  return (text + 'the quick brown fox '.repeat(1 + size / 20)).slice(0, size - 2) + '"}';
}

/** A hundred different ones, again and again. */
function repeated(before: string, one: (index: number) => string): Uint8Array {
  const unit = bytesOf(Array.from({ length: 100 }, (_, index) => one(index)).join(''));
  const beginning = bytesOf(before);
  const whole = new Uint8Array(beginning.length + Math.floor(TOTAL_BYTES / unit.length) * unit.length);
  whole.set(beginning);
  for (let at = beginning.length; at < whole.length; at += unit.length) whole.set(unit, at);
  return whole;
}

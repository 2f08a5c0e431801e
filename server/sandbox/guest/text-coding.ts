/** `TextEncoder` and `TextDecoder`: UTF-8 and UTF-16LE/latin1 by the host's own. */
import { HOST_CALL } from '../protocol.ts';
import { askHost } from './bridge.ts';
import { nodeRangeError, nodeTypeError } from './node-error.ts';
import { utf8Of } from './utf8.ts';

export class TextEncoder {
  readonly encoding = 'utf-8';
  encode(text = ''): Uint8Array {
    return utf8Of(String(text));
  }
  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    for (const character of text) {
      const bytes = this.encode(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}

const LABELS: Record<string, string> = {
  utf8: 'utf-8',
  'utf-8': 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16': 'utf-16le',
  latin1: 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
};

export class TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** Bytes of a character that the next chunk completes. */
  #rest = new Uint8Array(0);

  constructor(label = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const encoding = LABELS[String(label).trim().toLowerCase()];
    if (!encoding)
      throw nodeRangeError('ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`);
    this.encoding = encoding;
    this.fatal = options.fatal === true;
    this.ignoreBOM = options.ignoreBOM === true;
  }

  decode(input?: ArrayBuffer | ArrayBufferView, options: { stream?: boolean } = {}): string {
    const given =
      input === undefined
        ? new Uint8Array(0)
        : ArrayBuffer.isView(input)
          ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
          : new Uint8Array(input);
    const bytes = new Uint8Array(this.#rest.length + given.length);
    bytes.set(this.#rest);
    bytes.set(given, this.#rest.length);
    const keep = options.stream && this.encoding === 'utf-8' ? incompleteTail(bytes) : 0;
    this.#rest = bytes.slice(bytes.length - keep);
    const flags = `${this.encoding},${this.fatal ? 'fatal' : ''},${this.ignoreBOM ? 'bom' : ''}`;
    try {
      return askHost(HOST_CALL.decode, bytes.subarray(0, bytes.length - keep), flags) as string;
    } catch {
      // A fatal decoder refuses for one reason only.
      throw nodeTypeError(
        'ERR_ENCODING_INVALID_ENCODED_DATA',
        `The encoded data was not valid for encoding ${this.encoding}`,
      );
    }
  }
}

/** How many bytes at the end begin a UTF-8 sequence that is not complete (RFC 3629 §3). */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? back : 0;
    }
  }
  return 0;
}

/**
 * Where HTTP/1.1 messages end in a stream (RFC 9112 §6.3): all a proxy has to understand of them.
 *
 * It reads start lines, Content-Length, Transfer-Encoding and chunk sizes, judges nothing, and lets go of
 * what is not HTTP: from there on it is a tunnel. What the messages mean is `client/dissect`'s to say.
 */

type State =
  'start-line' | 'fields' | 'length' | 'chunk-size' | 'chunk-data' | 'trailer' | 'until-close' | 'tunnel';

/** Longest line read; nginx refuses longer ones at 32 KiB. */
const LONGEST_LINE_BYTES = 64 * 1024;

/** Node's own limit for a head; longer ones are read line by line. */
const USUAL_HEAD_BYTES = 16 * 1024;

/** Requests without an answer that are remembered. */
const UNANSWERED = 1000;

const REQUEST_LINE = /^([!#$%&'*+.^_`|~\w-]+) \S+ HTTP\/1\.\d$/;
const STATUS_LINE = /^HTTP\/1\.\d (\d{3})(?: |$)/;
const STATUS_LINE_BEGINS = 'HTTP/1.';
/** In lines that each begin and end with a line feed. */
const CONTENT_LENGTH = /\ncontent-length:[ \t]*(\d+)[ \t]*\r?\n/i;
const CHUNKED = /\ntransfer-encoding:[^\n]*\bchunked[ \t]*\r?\n/i;

/** What the start line and fields of a message tell of its body. */
interface Head {
  method: string;
  status: number;
  length: number;
  chunked: boolean;
}

/** Reads one direction of a connection. */
abstract class FramingReader {
  #state: State = 'start-line';
  #line = '';
  /** Bytes of the body, or of the chunk with its CRLF, that are to come. */
  #left = 0;
  #head: Head = { method: '', status: 0, length: 0, chunked: false };

  /** Nothing of a message is read and its end is not. */
  get between(): boolean {
    return this.#state === 'start-line' && this.#line === '';
  }

  get tunnel(): boolean {
    return this.#state === 'tunnel';
  }

  /** From here on the bytes are no messages. */
  beTunnel(): void {
    this.#state = 'tunnel';
  }

  /** Reads on. @returns how many bytes of `piece` belong to messages that are complete; in a tunnel, all. */
  read(piece: Buffer): number {
    let complete = 0;
    for (let at = 0; at < piece.length && this.#state !== 'tunnel';) {
      at = this.#step(piece, at);
      if (this.between) complete = at;
    }
    return this.tunnel ? piece.length : complete;
  }

  /** Reads a start line into `head`; false when it is none. */
  protected abstract readStartLine(line: string, head: Head): boolean;
  /** Whether a start line can begin like this. */
  protected abstract canBegin(line: string): boolean;
  /** What follows a head. */
  protected abstract bodyOf(head: Head): 'none' | 'length' | 'chunked' | 'until-close' | 'tunnel';

  #step(piece: Buffer, at: number): number {
    switch (this.#state) {
      case 'length':
      case 'chunk-data': {
        const taken = Math.min(this.#left, piece.length - at);
        this.#left -= taken;
        if (this.#left === 0) this.#state = this.#state === 'length' ? 'start-line' : 'chunk-size';
        return at + taken;
      }
      case 'until-close':
      case 'tunnel':
        return piece.length;
      case 'start-line':
        return this.#line === '' ? this.#readHead(piece, at) : this.#readLine(piece, at);
      default:
        return this.#readLine(piece, at);
    }
  }

  /** A whole head in one piece, as heads mostly come: without a string for each of its lines. */
  #readHead(piece: Buffer, at: number): number {
    // Searched as text: looking for a string in a Buffer takes several times as long.
    const text = piece.toString('latin1', at, Math.min(piece.length, at + USUAL_HEAD_BYTES));
    const lineEnd = text.indexOf('\r\n');
    const end = text.indexOf('\r\n\r\n', lineEnd);
    if (lineEnd <= 0 || end < 0) return this.#readLine(piece, at);
    const line = text.slice(0, lineEnd);
    const fields = text.slice(lineEnd, end + 4);
    // Heads that end earlier because their lines end with LF alone.
    if (line.includes('\n') || fields.includes('\n\n')) return this.#readLine(piece, at);
    this.#head = { method: '', status: 0, length: 0, chunked: false };
    if (this.readStartLine(line, this.#head)) {
      this.#readFields(fields);
      this.#beginBody();
    } else this.#state = 'tunnel';
    return at + end + 4;
  }

  #readLine(piece: Buffer, at: number): number {
    const feed = piece.indexOf(0x0a, at);
    const end = feed < 0 ? piece.length : feed + 1;
    this.#line += piece.toString('latin1', at, end);
    if (feed < 0) {
      const impossible = this.#state === 'start-line' && !this.canBegin(this.#line);
      if (impossible || this.#line.length > LONGEST_LINE_BYTES) this.#state = 'tunnel';
      return end;
    }
    const line = this.#line.replace(/\r?\n$/, '');
    this.#line = '';
    this.#takeLine(line);
    return end;
  }

  #readFields(fields: string): void {
    const length = CONTENT_LENGTH.exec(fields)?.[1];
    if (length !== undefined) this.#head.length = Number(length);
    if (CHUNKED.test(fields)) this.#head.chunked = true;
  }

  #takeLine(line: string): void {
    if (this.#state === 'start-line') {
      // RFC 9112 §2.2: an empty line in front of a message is ignored.
      if (line === '') return;
      this.#head = { method: '', status: 0, length: 0, chunked: false };
      this.#state = this.readStartLine(line, this.#head) ? 'fields' : 'tunnel';
    } else if (this.#state === 'chunk-size') {
      const size = /^[ \t]*([\da-f]{1,12})[ \t]*(?:;|$)/i.exec(line);
      if (!size) this.#state = 'tunnel';
      else if ((this.#left = parseInt(size[1]!, 16)) === 0) this.#state = 'trailer';
      else {
        this.#left += 2;
        this.#state = 'chunk-data';
      }
    } else if (this.#state === 'trailer') {
      if (line === '') this.#state = 'start-line';
    } else if (line !== '') this.#readFields(`\n${line}\n`);
    else this.#beginBody();
  }

  #beginBody(): void {
    const body = this.bodyOf(this.#head);
    this.#left = this.#head.length;
    if (body === 'none' || (body === 'length' && this.#left === 0)) this.#state = 'start-line';
    else if (body === 'chunked') this.#state = 'chunk-size';
    else this.#state = body;
  }
}

/** Reads what a browser sends. `unanswered`: methods of the requests that have no final response yet, in order. */
export class RequestFraming extends FramingReader {
  readonly unanswered: string[] = [];

  protected readStartLine(line: string, head: Head): boolean {
    const method = REQUEST_LINE.exec(line)?.[1];
    if (method === undefined) return false;
    head.method = method;
    // Nobody pipelines that many: the server does not speak HTTP.
    if (this.unanswered.push(method) > UNANSWERED) this.unanswered.length = 0;
    return true;
  }
  protected canBegin(line: string): boolean {
    return /^[!#$%&'*+.^_`|~\w\r-]/.test(line);
  }
  protected bodyOf({ chunked, length }: Head): 'none' | 'length' | 'chunked' {
    return chunked ? 'chunked' : length > 0 ? 'length' : 'none';
  }
}

/** Reads what a server answers; which request an answer is for decides whether it has a body. */
export class ResponseFraming extends FramingReader {
  readonly #requests: RequestFraming;

  constructor(requests: RequestFraming) {
    super();
    this.#requests = requests;
  }

  protected readStartLine(line: string, head: Head): boolean {
    const status = STATUS_LINE.exec(line)?.[1];
    if (status === undefined) return false;
    head.status = Number(status);
    // Tells "no Content-Length" from 0: without one the body ends with the connection.
    head.length = Infinity;
    return true;
  }
  protected canBegin(line: string): boolean {
    return STATUS_LINE_BEGINS.startsWith(line.slice(0, STATUS_LINE_BEGINS.length));
  }
  protected bodyOf(head: Head): 'none' | 'length' | 'chunked' | 'until-close' | 'tunnel' {
    const { status, length, chunked } = head;
    if (status === 101) {
      this.#requests.beTunnel();
      return 'tunnel';
    }
    if (status < 200) return 'none';
    const method = this.#requests.unanswered.shift();
    if (method === 'CONNECT' && status < 300) return 'tunnel';
    if (method === 'HEAD' || status === 204 || status === 304) return 'none';
    if (chunked) return 'chunked';
    return length === Infinity ? 'until-close' : 'length';
  }
}

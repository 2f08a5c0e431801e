const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const STAR = 0x2a;
const LF = 0x0a;
const DOLLAR = 0x24;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const BACKTICK = 0x60;

type Lexis = 'code' | 'string' | 'template' | 'line-comment' | 'block-comment';

/** What `read` returns for bytes that are no code. */
export const IN_STRING = 0;
export const IN_COMMENT = -1;
/** The second byte of a comment: the slash before it was no code either. */
export const COMMENT_BEGINS = -2;

/** Tells the code of a script from its strings, templates and comments, byte by byte. */
export class ScriptLexer {
  #lexis: Lexis = 'code';
  #quote = 0;
  #escaped = false;
  #before = 0;
  /** Braces open in each `${` around. */
  #templates: number[] = [];

  /** Returns the byte where it is code, else what it is in. */
  read(byte: number): number {
    const before = this.#before;
    this.#before = byte;
    switch (this.#lexis) {
      case 'code':
        return this.#readCode(byte, before);
      case 'line-comment':
        if (byte !== LF) return IN_COMMENT;
        this.#lexis = 'code';
        return LF;
      case 'block-comment':
        if (before === STAR && byte === SLASH) this.#leave();
        return IN_COMMENT;
      case 'string':
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        // A string ends with its line, closed or not.
        else if (byte === this.#quote || byte === LF) this.#leave();
        return IN_STRING;
      case 'template':
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === BACKTICK) this.#leave();
        else if (before === DOLLAR && byte === OPEN) {
          this.#templates.push(0);
          this.#leave();
        }
        return IN_STRING;
    }
  }

  #readCode(byte: number, before: number): number {
    if (byte === 0x22 || byte === 0x27) {
      this.#lexis = 'string';
      this.#quote = byte;
      return IN_STRING;
    }
    if (byte === BACKTICK) {
      this.#lexis = 'template';
      return IN_STRING;
    }
    if (before === SLASH && (byte === SLASH || byte === STAR)) {
      this.#lexis = byte === SLASH ? 'line-comment' : 'block-comment';
      // The star that opens a comment does not close it.
      this.#before = 0;
      return COMMENT_BEGINS;
    }
    const open = this.#templates.length - 1;
    if (open < 0 || (byte !== OPEN && byte !== CLOSE)) return byte;
    if (byte === CLOSE && this.#templates[open] === 0) {
      this.#templates.pop();
      this.#lexis = 'template';
      this.#before = 0;
      return IN_STRING;
    }
    this.#templates[open]! += byte === OPEN ? 1 : -1;
    return byte;
  }

  #leave(): void {
    this.#lexis = 'code';
    this.#before = 0;
  }
}

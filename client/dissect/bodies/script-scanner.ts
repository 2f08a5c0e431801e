import { KeptBytes, textOf } from '../content-text.ts';
import { addRange } from '../ranges.ts';
import type { ByteRange } from '../records.ts';
import type { FieldMeaning } from '../stream/field-collector.ts';
import { COMMENT_BEGINS, IN_COMMENT, IN_STRING, ScriptLexer } from './script-lexer.ts';
import type { RoleRuns } from './role-runs.ts';

/** A statement that is nothing but a call. */
export interface ScriptCall {
  callee: string;
  payload: string;
  /** The bytes of the statement. */
  ranges: ByteRange[];
}

/** Characters in front of a parenthesis that can be a callee and a guard; longer ones are something else. */
const LONGEST_PREFIX = 512;

const NAME = String.raw`[\w$]+(?:\.[\w$]+|\[\s*(?:\d+|"[^"]*"|'[^']*')\s*\])*`;
/** `callback`, `io.j[0]`, also behind a guard as Express writes it: `typeof cb === 'function' && cb`. */
const CALLEE = new RegExp(
  String.raw`^[\s;]*(?:(?:typeof\s+)?${NAME}\s*(?:===?\s*['"]function['"]\s*)?&&\s*)?(${NAME})\s*$`,
);
const KEYWORDS = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'function',
  'return',
  'typeof',
  'void',
  'with',
]);

const CODE: FieldMeaning = { note: 'inspect:script.code' };
const CALLED: FieldMeaning = { note: 'inspect:script.callee' };
const PAYLOAD: FieldMeaning = { note: 'inspect:script.payload' };
const CALL_END: FieldMeaning = { note: 'inspect:script.callEnd' };

/** `prefix`: before any parenthesis. `after`: behind the call's. `other`: a statement of another kind. */
type Context = 'prefix' | 'call' | 'after' | 'other';

/**
 * Finds the statements of a script that are nothing but a call, while its text arrives. It knows strings,
 * templates, comments and brackets; what a regular expression literal holds it takes for code.
 */
export class ScriptScanner {
  readonly #runs: RoleRuns;
  readonly #onCall: (call: ScriptCall) => void;
  #lexer = new ScriptLexer();
  #context: Context = 'prefix';
  #depth = 0;
  #prefix = '';
  #callee = '';
  #payload = new KeptBytes();
  /** Behind a call: a line has ended; the last byte was a slash. */
  #newLine = false;
  #slash = false;
  #ranges: ByteRange[] = [];
  /** Statements that were no calls, or had more to them. */
  others = 0;

  constructor(runs: RoleRuns, onCall: (call: ScriptCall) => void) {
    this.#runs = runs;
    this.#onCall = onCall;
  }

  /** Reads the bytes [from, to) of the script's text. */
  read(bytes: Uint8Array, from: number, to: number, offset: number): void {
    let start = from;
    let statement = from;
    for (let at = from; at < to; at++) {
      const code = this.#lexer.read(bytes[at]!);
      const before = this.#context;
      const ended = this.#step(code, bytes[at]!);
      if (this.#context === before && !ended) continue;
      // A call's parenthesis belongs to its callee; what ends a statement belongs to it.
      const isIncluded = this.#context === 'call' || (ended && code !== 0x7d);
      const end = isIncluded ? at + 1 : at;
      this.#flush(before, bytes, start, end, offset);
      start = end;
      if (!ended) continue;
      addRange(this.#ranges, offset + statement, offset + end);
      this.#endStatement(before);
      statement = end;
    }
    this.#flush(this.#context, bytes, start, to, offset, true);
    addRange(this.#ranges, offset + statement, offset + to);
  }

  /** Bytes that were taken for something else at first: what they are was told, only the script is read on. */
  pass(bytes: Uint8Array, ranges: readonly ByteRange[]): void {
    for (const byte of bytes) {
      this.#step(this.#lexer.read(byte), byte);
      if (this.#context === 'call') this.#payload.push(Uint8Array.of(byte));
    }
    for (const { start, end } of ranges) addRange(this.#ranges, start, end);
  }

  /** A record ends: what is held is not decided any later. */
  endRecord(): void {
    this.#runs.settle('data', CODE);
  }

  /** The script's text ends. */
  end(): void {
    this.#runs.settle('data', CODE);
    this.#endStatement(this.#context);
  }

  /** One byte; `code` is what the lexer says of it. Returns true when a statement ends with it or before it. */
  #step(code: number, byte: number): boolean {
    switch (this.#context) {
      case 'prefix':
        return this.#stepPrefix(code, byte);
      case 'call':
        this.#depth += bracket(code);
        if (this.#depth === 0) {
          this.#context = 'after';
          this.#newLine = this.#slash = false;
        }
        return false;
      case 'after':
        return this.#stepAfter(code);
      case 'other': {
        const change = bracket(code);
        this.#depth += change;
        if (this.#depth < 0) this.#depth = 0;
        const closed = code === 0x7d && change < 0 && this.#depth === 0;
        return closed || (this.#depth === 0 && (code === 0x3b || code === 0x0a));
      }
    }
  }

  #stepPrefix(code: number, byte: number): boolean {
    if (code === 0x28) {
      const callee = CALLEE.exec(this.#prefix)?.[1];
      const isCall = callee !== undefined && !KEYWORDS.has(callee);
      this.#context = isCall ? 'call' : 'other';
      this.#callee = callee ?? '';
      this.#depth = 1;
      return false;
    }
    if (code === 0x3b || code === 0x7b || code === 0x7d) return true;
    if (code === 0x0a && this.#prefix.trim() !== '' && !this.#prefix.trimEnd().endsWith('&&')) return true;
    if (code === COMMENT_BEGINS) this.#prefix = this.#prefix.slice(0, -1);
    else if (code !== IN_COMMENT) this.#prefix += String.fromCharCode(byte);
    if (this.#prefix.length > LONGEST_PREFIX) {
      this.#context = 'other';
      this.#depth = 0;
    }
    return false;
  }

  #stepAfter(code: number): boolean {
    if (code === 0x3b || code === 0x7d) return true;
    if (code === 0x0a) this.#newLine = true;
    if (code === IN_COMMENT || code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) return false;
    // It may begin a comment; if it does not, the next byte says so.
    const wasSlash = this.#slash;
    this.#slash = code === 0x2f;
    if (code === COMMENT_BEGINS || (this.#slash && !wasSlash)) return false;
    // On a new line another statement may begin; anything else goes on with this one.
    if (this.#newLine && !wasSlash && code !== IN_STRING && isNameStart(code)) return true;
    this.#context = 'other';
    this.#depth = Math.max(0, bracket(code));
    return false;
  }

  /** What the bytes since the last change of context are. */
  #flush(context: Context, bytes: Uint8Array, from: number, to: number, offset: number, held = false): void {
    if (context === 'prefix') {
      this.#runs.hold(bytes, from, to, offset);
      if (held) return;
      const isCall = this.#context === 'call';
      this.#runs.settle(isCall ? 'kind' : 'data', isCall ? CALLED : CODE);
    } else if (context === 'call') {
      this.#payload.push(bytes.subarray(from, to));
      this.#runs.add('data', bytes, from, to, offset, PAYLOAD);
    } else if (context === 'after') this.#runs.add('edge', bytes, from, to, offset, CALL_END);
    else this.#runs.add('data', bytes, from, to, offset, CODE);
  }

  #endStatement(context: Context): void {
    if (context === 'after') {
      const payload = textOf(this.#payload.view);
      this.#onCall({ callee: this.#callee, payload, ranges: this.#ranges });
    } else if (context !== 'prefix' || this.#prefix.trim() !== '') this.others++;
    this.#context = 'prefix';
    this.#prefix = '';
    this.#payload = new KeptBytes();
    this.#ranges = [];
    this.#depth = 0;
  }
}

function bracket(code: number): number {
  if (code === 0x28 || code === 0x5b || code === 0x7b) return 1;
  return code === 0x29 || code === 0x5d || code === 0x7d ? -1 : 0;
}

function isNameStart(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x24 || code === 0x5f;
}

/** What a guest asks about its own scripts when an error is made: V8's words, and the place a call is written. */
import type { Engine, HostAnswer } from '../engine/engine.ts';
import { HOST_CALL } from '../protocol.ts';
import type { Script } from '../syntax.ts';
import { frameAt } from './call-place.ts';
import { explain } from './explain.ts';
import { recursionAt } from './recursion.ts';
import type { Source } from './source.ts';

export class Wording {
  readonly #sources = new Map<string, Source>();

  constructor(files: Record<string, string>, scripts: Map<string, Script>) {
    for (const [file, script] of scripts) this.#sources.set(file, { script, text: files[file] ?? '' });
  }

  answer(engine: Engine, code: number, args: number[]): HostAnswer {
    const text = (index: number): string => (args[index] === undefined ? '' : engine.text(args[index]));
    if (code === HOST_CALL.recursion) return this.#recursion();
    const source = this.#sources.get(text(1));
    if (!source) return undefined;
    const at = { line: engine.number(args[2]!), column: engine.number(args[3]!) };
    if (code === HOST_CALL.frame) {
      const place = frameAt(source, at, text(4));
      return place && `${place.line}:${place.column}`;
    }
    const explained = explain(source, { at, message: text(4), native: text(5), callee: text(6) });
    return explained && JSON.stringify(explained);
  }

  #recursion(): string | undefined {
    const at = recursionAt(this.#sources);
    return at && JSON.stringify(at);
  }
}

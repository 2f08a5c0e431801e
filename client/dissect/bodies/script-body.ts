import type { ContentLog } from '../stream/content-log.ts';
import type { FieldCollector } from '../stream/field-collector.ts';
import type { BodyReader } from './body-reader.ts';
import { RoleRuns } from './role-runs.ts';
import { ScriptScanner, type ScriptCall } from './script-scanner.ts';

/**
 * A script as a body. It is JSONP when it is one call and nothing else: `callback({"id":3});`, also behind
 * a comment or a guard. Only at its end is that known.
 */
export class ScriptBodyReader implements BodyReader {
  readonly #contents: ContentLog;
  readonly #runs: RoleRuns;
  readonly #scanner: ScriptScanner;
  readonly #calls: ScriptCall[] = [];
  #broken = false;
  #isStart = true;

  constructor(contents: ContentLog, fields: FieldCollector | null) {
    this.#contents = contents;
    this.#runs = new RoleRuns(fields);
    this.#scanner = new ScriptScanner(this.#runs, (call) => this.#calls.push(call));
  }

  get isFresh(): boolean {
    return this.#isStart;
  }

  read(bytes: Uint8Array, offset: number): number {
    this.#isStart = false;
    this.#scanner.read(bytes, 0, bytes.length, offset);
    return this.#runs.take();
  }

  gap(): void {
    this.#isStart = false;
    this.#broken = true;
  }

  endRecord(): void {
    this.#scanner.endRecord();
  }

  end(complete: boolean): void {
    this.#scanner.end();
    const [call] = this.#calls;
    if (!call || !complete || this.#broken || this.#calls.length > 1 || this.#scanner.others > 0) return;
    this.#contents.open({ kind: 'script-call', complete: true, inHtml: false, ...call }).finish(true);
  }
}

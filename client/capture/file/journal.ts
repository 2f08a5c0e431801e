/** Writes what a capture is told into the recording of the run that it is about. */
import type { TelemetryEvent } from '#protocol/telemetry';
import type { RunFileHeader, RunFileLine } from './format.ts';
import type { Recorder } from './recorder.ts';

export class Journal {
  readonly #recorder: Pick<Recorder, 'begin' | 'add'>;
  readonly #header: () => RunFileHeader;
  /** Of a run that has not yet got past the parser: if it does not, the last one's recording stays. */
  #coming: { line: RunFileLine; t: number }[] | null = null;
  /** What is told is about a run that did not. */
  #isMuted = false;

  constructor(recorder: Pick<Recorder, 'begin' | 'add'>, header: () => RunFileHeader) {
    this.#recorder = recorder;
    this.#header = header;
  }

  /**
   * @param shown number of the run that is shown after these events.
   * @param isUnparsed the run that they are about, at last, did not get past the parser.
   */
  telemetry(events: TelemetryEvent[], shown: number | undefined, isUnparsed: boolean): void {
    const begins = events.findLastIndex(({ type }) => type === 'run');
    if (begins >= 0) {
      this.#telemetry(events.slice(0, begins));
      this.#coming = [];
      this.#isMuted = false;
    }
    this.#telemetry(begins < 0 ? events : events.slice(begins));
    if (isUnparsed) {
      this.#coming = null;
      this.#isMuted = true;
    } else if (this.#coming) this.#decide(shown);
  }

  add(line: RunFileLine, t: number): void {
    if (this.#isMuted) return;
    if (this.#coming) this.#coming.push({ line, t });
    else this.#recorder.add(line, t);
  }

  #telemetry(telemetry: TelemetryEvent[]): void {
    if (telemetry.length > 0) this.add({ telemetry }, telemetry.at(-1)!.t);
  }

  #decide(shown: number | undefined): void {
    const [first] = this.#coming?.flatMap(({ line }) => ('telemetry' in line ? line.telemetry : [])) ?? [];
    if (first?.type !== 'run' || first.run !== shown) return;
    const lines = this.#coming!;
    this.#coming = null;
    this.#recorder.begin(this.#header());
    for (const { line, t } of lines) this.#recorder.add(line, t);
  }
}

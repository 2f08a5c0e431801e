/** Stretches of a run without a record. */
import type { Gap } from './run.ts';

/** Losses that overlap, or follow one another within this time, are drawn as one, ms. */
const ONE_GAP_MS = 20;

export class Gaps {
  #gaps: Gap[] = [];

  snapshot(): Gap[] {
    return this.#gaps;
  }

  /** Telemetry stopped arriving. */
  lost(t: number): void {
    if (this.#open('telemetry-lost')) return;
    this.#gaps = [...this.#gaps, { from: t, to: null, reason: 'telemetry-lost' }];
  }

  /** It arrives again. When everything was told after all there was no gap. */
  recovered(t: number, complete: boolean): void {
    const gap = this.#open('telemetry-lost');
    if (!gap) return;
    if (complete) this.#gaps = this.#gaps.filter((other) => other !== gap);
    else this.#replace(gap, { ...gap, to: t });
  }

  dropped(from: number, to: number, events: number): void {
    const last = this.#gaps.at(-1);
    if (
      last?.reason === 'events-dropped' &&
      last.to !== null &&
      isNear(last.to, from) &&
      isNear(to, last.from)
    ) {
      const both = { from: Math.min(last.from, from), to: Math.max(last.to, to) };
      return this.#replace(last, { ...last, ...both, events: (last.events ?? 0) + events });
    }
    this.#gaps = [...this.#gaps, { from, to, reason: 'events-dropped', events }];
  }

  /** Bytes of a connection crossed without being recorded; later ones prolong the gap. */
  bytesMissing(connection: number, t: number): void {
    if (this.#open('bytes-not-recorded', connection)) return;
    this.#gaps = [...this.#gaps, { from: t, to: null, reason: 'bytes-not-recorded', connection }];
  }

  connectionEnded(connection: number, t: number): void {
    const gap = this.#open('bytes-not-recorded', connection);
    if (gap) this.#replace(gap, { ...gap, to: t });
  }

  /** Everything before `horizon` was forgotten to stay within the limits. */
  forgotten(horizon: number, events: number): void {
    const later = this.#gaps.filter((gap) => gap.to === null || gap.to > horizon);
    this.#gaps = [{ from: 0, to: horizon, reason: 'events-dropped', events }, ...later];
  }

  /** The run is over, and so is every gap. */
  close(t: number): void {
    if (this.#gaps.every(({ to }) => to !== null)) return;
    this.#gaps = this.#gaps.map((gap) => (gap.to === null ? { ...gap, to: t } : gap));
  }

  #open(reason: Gap['reason'], connection?: number): Gap | undefined {
    return this.#gaps.find(
      (gap) => gap.to === null && gap.reason === reason && gap.connection === connection,
    );
  }

  #replace(gap: Gap, by: Gap): void {
    this.#gaps = this.#gaps.map((other) => (other === gap ? by : other));
  }
}

/** Whether what begins there does so before, or soon after, that end. */
function isNear(end: number, begin: number): boolean {
  return begin - end <= ONE_GAP_MS;
}

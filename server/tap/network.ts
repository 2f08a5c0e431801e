/**
 * The emulated network of one lab: its conditions, and what all its connections share.
 */
import type { Conditions, Direction } from '../telemetry/protocol.ts';
import { IN_FLIGHT_BYTES, LEAST_IN_FLIGHT_BYTES, QUEUED_MS } from './limits.ts';
import { SharedLine } from './shared-line.ts';

export class Network {
  /** The browser's line. */
  readonly lines: Record<Direction, SharedLine>;
  readonly #listeners = new Set<() => void>();
  #conditions: Conditions;

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
    const bandwidth = (): number | null => this.#conditions.bandwidth;
    this.lines = { up: new SharedLine(bandwidth), down: new SharedLine(bandwidth) };
  }

  get conditions(): Conditions {
    return this.#conditions;
  }

  set conditions(conditions: Conditions) {
    const bandwidth = this.#conditions.bandwidth;
    this.#conditions = conditions;
    if (conditions.bandwidth !== bandwidth) for (const line of Object.values(this.lines)) line.changed();
    for (const listener of [...this.#listeners]) listener();
  }

  /** @returns stops listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Nothing delays anything: what is put in comes out. */
  get immediate(): boolean {
    const { bandwidth, latencyMs, jitterMs } = this.#conditions;
    return bandwidth === null && latencyMs === 0 && jitterMs === 0;
  }

  /** One way through half of the network, or (`whole`) all of it, for the next bytes, ms. */
  delayMs(whole: boolean): number {
    const { latencyMs, jitterMs } = this.#conditions;
    return (latencyMs + (jitterMs > 0 ? Math.random() * jitterMs : 0)) / (whole ? 1 : 2);
  }

  /** Bytes one direction of a connection may have under way before its sender is held back. */
  get window(): number {
    const { bandwidth, latencyMs } = this.#conditions;
    if (bandwidth === null) return IN_FLIGHT_BYTES;
    const fitting = (bandwidth * (2 * latencyMs + QUEUED_MS)) / 1000;
    return Math.min(IN_FLIGHT_BYTES, Math.max(LEAST_IN_FLIGHT_BYTES, fitting));
  }
}

/** This tab's connection to one lab: its telemetry, and its clock. */
import type { ReportedError } from '#protocol/errors';
import type { TelemetryEvent } from '#protocol/telemetry';
import { RefusedError, type LabApi, type LabKey } from './api.ts';
import { Clock, DRIFT_PER_MS, type ClockOffset } from './clock.ts';
import { CLOCK_BURST, CLOCK_BURST_EVERY_MS, CLOCK_SETTLED, SERVER_PING_EVERY_MS } from './limits.ts';
import { createLink, type Transport } from './link.ts';

export interface SessionEvents {
  onEvents(events: TelemetryEvent[]): void;
  /** The lab clock is known better. */
  onClock(): void;
  onOpen(transport: Transport): void;
  onLost(): void;
  onStillLost(): void;
  /** The lab does not exist any more; `reason` is the server's. */
  onGone(reason: ReportedError): void;
}

export interface Session {
  readonly key: LabKey;
  /** Lab time of run `run` now, ms; undefined while its clock is unknown. */
  labTime(run: number): number | undefined;
  /** From the app's clock to the lab's. */
  clock(run: number): { estimate: ClockOffset; settled: boolean } | null;
  reconnect(): void;
  close(): void;
}

export function connect(api: LabApi, key: LabKey, events: SessionEvents): Session {
  const clock = new Clock(DRIFT_PER_MS);
  /** Every run has a clock of its own, that begins at 0. */
  let clockRun = 0;
  let burst = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const link = createLink({
    url: (after, websocket) => api.wireUrl(key, after, websocket),
    readClock: () => api.clock(key),
    async probe() {
      try {
        await api.clock(key);
        return 'there';
      } catch (error) {
        return error instanceof RefusedError ? error.reported : 'unreachable';
      }
    },
    onEvents(batch) {
      events.onEvents(batch);
      for (const event of batch) if (event.type === 'run') calibrate(event.run);
    },
    onClock(run, sample) {
      if (run !== clockRun) return;
      clock.add(sample);
      events.onClock();
    },
    onOpen(transport) {
      events.onOpen(transport);
      calibrate(clockRun);
    },
    onLost: events.onLost,
    onStillLost: events.onStillLost,
    onGone(reason) {
      clearTimeout(timer);
      events.onGone(reason);
    },
  });

  function calibrate(run: number): void {
    if (run !== clockRun) clock.reset();
    clockRun = run;
    burst = CLOCK_BURST;
    clearTimeout(timer);
    tick();
  }

  function tick(): void {
    link.ping();
    timer = setTimeout(tick, burst-- > 0 ? CLOCK_BURST_EVERY_MS : SERVER_PING_EVERY_MS);
  }

  function estimate(run: number): ClockOffset | null {
    return run === clockRun ? clock.estimate(performance.now()) : null;
  }

  return {
    key,
    labTime(run) {
      const offset = estimate(run)?.offset;
      return offset === undefined ? undefined : performance.now() + offset;
    },
    clock(run) {
      const known = estimate(run);
      return known && { estimate: known, settled: clock.samples >= CLOCK_SETTLED };
    },
    reconnect: () => link.reconnect(),
    close() {
      clearTimeout(timer);
      link.close();
    },
  };
}

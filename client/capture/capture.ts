import type { TelemetryEvent } from '#protocol/telemetry';
import type { DissectItem, DissectorWorker, DissectUpdate } from '../dissect/client.ts';
import type { PageEvent } from '../stage/protocol.ts';
import type { Journal } from './file/journal.ts';
import { scheduleFrame } from './frame.ts';
import { NOTHING_MISSED_MS, RUN_LIMITS, type RunLimits } from './limits.ts';
import { RunModel } from './model.ts';
import type { Run, WireMessage } from './run.ts';

/** What reads bytes and answers, at once or later, with records. */
export type Dissector = Pick<DissectorWorker, 'push' | 'reset' | 'close'> &
  Partial<Pick<DissectorWorker, 'settled'>>;

export interface CaptureOptions {
  createDissector(onUpdates: (updates: DissectUpdate[]) => void): Dissector;
  onRun(run: Run): void;
  /** Calls `flush` once, soon; returns what calls it off. */
  schedule?(flush: () => void): () => void;
  limits?: Partial<RunLimits>;
  /** Keeps what is told, for a file. */
  journal?: Journal;
}

export interface Capture {
  telemetry(events: TelemetryEvent[]): void;
  /** Events of a page of run `run`, `t` in lab time; `page` is its name where there is more than one. */
  page(run: number, events: PageEvent[], page?: string | null): void;
  clock(errorMs: number): void;
  /** Telemetry stopped at lab time `t`, or came back. */
  lost(t: number): void;
  recovered(t: number): void;
  /** The lab does not exist any more. */
  abandon(t: number): void;
  clearConsole(): void;
  /** Hands out the snapshot that is due, now instead of with the next frame. */
  flush(): void;
  bytesOf(message: WireMessage): Uint8Array;
  close(): void;
}

export function createCapture(options: CaptureOptions): Capture {
  const schedule = options.schedule ?? scheduleFrame;
  const limits = { ...RUN_LIMITS, ...options.limits };
  const { journal } = options;
  let shown: RunModel | null = null;
  /** A run that has begun, and has not yet got past the parser: if it does not, the last one stays. */
  let coming: RunModel | null = null;
  /** What is told now is about a run that did not get past the parser. */
  let unparsed = false;
  let callOff: (() => void) | undefined;
  let lastSeq = 0;
  /** Set while it is not known whether anything was missed after telemetry came back. */
  let recoveredAt: number | null = null;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  const dissector = options.createDissector((updates) => {
    for (const update of updates) shown?.dissected(update);
    changed();
  });

  function changed(): void {
    callOff ??= schedule(flush);
  }

  function flush(): void {
    callOff?.();
    callOff = undefined;
    if (shown) options.onRun(shown.snapshot());
  }

  function begin(event: Extract<TelemetryEvent, { type: 'run' }>): void {
    unparsed = false;
    coming = new RunModel(event, limits);
    if (!shown) promote();
  }

  function promote(): void {
    shown = coming;
    coming = null;
    dissector.reset();
  }

  /** Applies one event; adds what is to be dissected. */
  function apply(event: TelemetryEvent, items: DissectItem[]): void {
    noteHole(event);
    if (event.type === 'run') begin(event);
    if (coming && isUnparsed(event)) {
      coming = null;
      unparsed = true;
    }
    if (unparsed) return;
    if (coming && showsLife(event)) promote();
    const bytes = (coming ?? shown)?.telemetry(event);
    if (event.type === 'connection-end') {
      const { connection } = event;
      items.push({ connection, direction: 'up', end: true }, { connection, direction: 'down', end: true });
    }
    if (event.type !== 'bytes') return;
    const { connection, direction, offset, length } = event;
    items.push(
      bytes ? { connection, direction, offset, bytes } : { connection, direction, offset, gap: length },
    );
  }

  /** Events are numbered without holes: a missing number is a loss, also when nobody says so. */
  function noteHole(event: TelemetryEvent): void {
    const model = coming ?? shown;
    const missing = event.seq - lastSeq - 1;
    const complete = missing <= 0 && event.type !== 'gap';
    lastSeq = Math.max(lastSeq, event.seq);
    if (model && recoveredAt !== null) model.gaps.recovered(recoveredAt, complete);
    else if (model && missing > 0 && event.type !== 'gap') model.gaps.dropped(model.end, event.t, missing);
    recoveredAt = null;
  }

  return {
    telemetry(events) {
      // What was seen before a reconnect may come again.
      const fresh = events.filter(({ seq }) => seq > lastSeq);
      const items: DissectItem[] = [];
      for (const event of fresh) if (event.seq > lastSeq) apply(event, items);
      journal?.telemetry(fresh, shown?.number, unparsed);
      if (items.length > 0) dissector.push(items);
      changed();
    },
    page(run, events, page = null) {
      const model = [coming, shown].find((candidate) => candidate?.number === run);
      if (!model) return;
      const last = events.at(-1);
      if (last) journal?.add({ pageEvents: events, run, page }, last.t);
      // The page may go on for a moment after its run is over.
      for (const event of events) if (model.live || event.t <= model.end) model.page(event, page);
      changed();
    },
    clock(errorMs) {
      const model = coming ?? shown;
      if (!model?.clock(errorMs)) return;
      journal?.add({ clockErrorMs: errorMs }, model.end);
      changed();
    },
    lost(t) {
      journal?.add({ lost: t }, t);
      recoveredAt = null;
      shown?.gaps.lost(t);
      changed();
    },
    recovered(t) {
      journal?.add({ recovered: t }, t);
      recoveredAt = t;
      clearTimeout(quiet);
      quiet = setTimeout(() => {
        if (recoveredAt !== null) (coming ?? shown)?.gaps.recovered(recoveredAt, true);
        recoveredAt = null;
        changed();
      }, NOTHING_MISSED_MS);
    },
    abandon(t) {
      journal?.add({ abandoned: t }, t);
      shown?.abandon(t);
      changed();
    },
    clearConsole() {
      shown?.clearConsole();
      changed();
    },
    flush() {
      if (callOff) flush();
    },
    bytesOf: (message) => shown?.bytesOf(message) ?? new Uint8Array(),
    close() {
      callOff?.();
      callOff = undefined;
      clearTimeout(quiet);
      dissector.close();
      shown = coming = null;
    },
  };
}

/** Says that the files do not parse: nothing of the run has happened, and it is over. */
function isUnparsed(event: TelemetryEvent): boolean {
  return (event.type === 'state' || event.type === 'thrown') && event.error?.code === 'SYNTAX_ERROR';
}

/** Every event but those with which each run opens. */
function showsLife(event: TelemetryEvent): boolean {
  if (event.type === 'state') return event.state !== 'starting';
  return event.type !== 'run' && event.type !== 'conditions';
}

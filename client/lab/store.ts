import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { ReportedError } from '#protocol/errors';
import { UNIMPAIRED } from '#protocol/telemetry';
import {
  base64Of,
  createCapture,
  Journal,
  readRun,
  RUN_FILE_EXTENSION,
  RUN_FILE_FORMAT,
  RUN_FILE_VERSION,
  RunFileError,
  type Capture,
  type CaptureOptions,
  type Dissector,
  type Recorder,
  type RunFileHeader,
} from '../capture/index.ts';
import type { Run } from '../capture/run.ts';
import { RefusedError, UnreachableError, type LabApi } from './api.ts';
import type { LabSnapshot, LabStore } from './contract.ts';
import { OPENING_SHOWN_EVERY_MS } from './limits.ts';
import { createPageLink, type PageAttachment, type PageLinkOptions } from './page-link.ts';
import type { Session, SessionEvents } from './session.ts';
import type { PageCommand } from '../stage/protocol.ts';

type Spec = Parameters<LabStore['start']>[0];

export interface LabServices {
  api: LabApi;
  createDissector: CaptureOptions['createDissector'];
  connect(api: LabApi, key: { id: string; token: string }, events: SessionEvents): Session;
  schedule?: CaptureOptions['schedule'];
  /** Keeps runs for their files; without it they cannot be saved. */
  createRecorder?(): Recorder;
}

export interface Lab {
  useLab: UseBoundStore<StoreApi<LabStore>>;
  /** A page of the learner begins; `send` reaches it. `page` is its name where there is more than one. */
  attachPage(send: (command: PageCommand) => void, page?: string | null): PageAttachment;
}

const NOTHING: LabSnapshot = {
  phase: 'idle',
  error: null,
  run: null,
  stale: false,
  pageUrl: null,
  profile: null,
  startedAt: null,
  conditions: UNIMPAIRED,
  selection: null,
  pageSilentMs: null,
  lostSince: null,
  opened: null,
  opening: null,
  openProblem: null,
  transport: null,
};

/** A run that was opened from a file. */
interface Viewed {
  capture: Capture;
  file: File;
  reading: AbortController;
}

/** A lab on the server, and what this tab has to do with it. */
interface Open {
  page: Spec['page'];
  room: Spec['room'];
  session: Session;
  capture: Capture;
  recorder: Recorder | undefined;
}

const NO_HEADER: RunFileHeader = {
  format: RUN_FILE_FORMAT,
  version: RUN_FILE_VERSION,
  lesson: null,
  files: {},
};

export function createLab(services: LabServices): Lab {
  const { api } = services;
  let open: Open | null = null;
  let viewed: Viewed | null = null;
  /** What ran last: the file of a run has it. */
  let ran: RunFileHeader = { ...NO_HEADER };
  /** Counts what the learner asked for; an answer to anything but the last is not shown. */
  let asked = 0;
  /** Counts lessons left: a lab that answers later is forgotten. */
  let left = 0;
  let queue: Promise<void> = Promise.resolve();
  /** Run numbers below this one belong to an earlier press of Run. */
  let firstRun = 1;
  /** Number of this lab's run that was told of last. */
  let lastRun = 0;

  const useLab = create<LabStore>()((set, get) => {
    const initial: LabStore = {
      ...NOTHING,

      start(spec) {
        const mine = ++asked;
        const { run } = get();
        viewed?.reading.abort();
        firstRun = open ? lastRun + 1 : 1;
        set({
          opening: null,
          openProblem: null,
          phase: 'starting',
          error: null,
          startedAt: performance.now(),
          conditions: spec.conditions,
          profile: spec.profile ?? null,
          stale: run !== null,
          pageUrl: null,
          pageSilentMs: null,
        });
        queue = queue.then(() => (mine === asked ? begin(spec, mine) : undefined));
        return queue;
      },

      async stop() {
        asked++;
        set({ phase: 'stopped', error: null, pageUrl: null });
        await tell((session) => api.stop(session.key));
      },

      async setConditions(change) {
        set(({ conditions }) => ({ conditions: { ...conditions, ...change } }));
        await tell((session) => api.setConditions(session.key, change));
      },

      cut: (how = {}) => tell((session) => api.cut(session.key, how)),

      async exchange(port, bytes) {
        try {
          if (!open) return { problem: { code: 'PORT_NOT_OPEN', message: '', params: { port } } };
          return await api.exchange(open.session.key, { port, base64: base64Of(bytes) });
        } catch (error) {
          if (error instanceof RefusedError) return { problem: error.reported };
          if (error instanceof UnreachableError) return { problem: null };
          throw error;
        }
      },

      reconnect: () => open?.session.reconnect(),

      leave() {
        asked++;
        left++;
        closeViewed();
        drop(true);
        set(NOTHING);
      },

      select: (selection) => set({ selection }),

      clearConsole: () => shownCapture()?.clearConsole(),

      saveRun,
      captureUrl: () => (open && !viewed && get().run ? api.captureUrl(open.session.key) : null),
      openRun,
      stopOpening: () => viewed?.reading.abort(),

      labNow() {
        const { run } = get();
        if (!run) return 0;
        if (!run.live) return run.end;
        return Math.max(run.end, open?.session.labTime(run.number) ?? 0);
      },

      bytesOf: (message) => shownCapture()?.bytesOf(message) ?? new Uint8Array(),
    };
    return initial;
  });

  const { setState: set, getState: get } = useLab;

  function shownCapture(): Capture | undefined {
    return viewed?.capture ?? open?.capture;
  }

  function closeViewed(): void {
    viewed?.reading.abort();
    viewed?.capture.close();
    viewed = null;
  }

  async function saveRun(): Promise<File | null> {
    if (viewed) return viewed.file;
    const { run } = get();
    const file = run && (await open?.recorder?.file());
    if (!run || !file) return null;
    const time = new Date(run.startedAt).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
    return new File([file], `${ran.lesson ?? 'run'}-${time}${RUN_FILE_EXTENSION}`, { type: file.type });
  }

  async function openRun(file: File): Promise<void> {
    asked++;
    const { phase } = get();
    const reading = new AbortController();
    viewed?.reading.abort();
    set({ opening: 0, openProblem: null });
    try {
      let mine: Viewed | null = null;
      let dissector: Dissector | undefined;
      const { header, truncated } = await readRun(file, {
        signal: reading.signal,
        settled: (most) => dissector?.settled?.(most) ?? Promise.resolve(),
        onProgress: (opening) => mine === viewed && mine !== null && set({ opening }),
        onHeader(header) {
          // Only now is it known that there is something to show instead.
          if (phase === 'running' || phase === 'starting') void tell((session) => api.stop(session.key));
          closeViewed();
          const capture = createCapture({
            createDissector: (onUpdates) => (dissector = services.createDissector(onUpdates)),
            schedule: services.schedule ?? scheduleSometimes,
            onRun: (run) => viewed?.capture === capture && set({ run, conditions: run.conditions }),
          });
          mine = viewed = { capture, file, reading };
          set({
            ...{ phase: 'stopped', error: null, run: null, stale: false, pageUrl: null, selection: null },
            ...{ startedAt: null, lostSince: null, pageSilentMs: null },
            opened: { name: file.name, header, truncated: false },
          });
          return capture;
        },
      });
      if (viewed === mine) set({ opened: { name: file.name, header, truncated }, opening: null });
    } catch (error) {
      set({ opening: null, openProblem: error instanceof RunFileError ? error.problem : 'unreadable' });
    }
  }

  async function begin(spec: Spec, mine: number): Promise<void> {
    const leftBefore = left;
    ran = { ...NO_HEADER, lesson: spec.lesson ?? null, files: spec.files };
    try {
      const view = await (open?.page === spec.page && open.room?.ports === spec.room?.ports
        ? runAgain(open, spec)
        : makeLab(spec, leftBefore));
      if (left !== leftBefore) return;
      if (mine !== asked) {
        // Stopped, or started again, while the first turn ran.
        if (get().phase === 'stopped') await tell((session) => api.stop(session.key));
        return;
      }
      firstRun = view.run;
      set({ pageUrl: view.page?.url ?? null });
      if (!viewed) follow(get().run);
    } catch (error) {
      if (mine !== asked || left !== leftBefore) return;
      if (error instanceof RefusedError) set({ phase: 'failed', error: error.reported });
      else if (error instanceof UnreachableError) set({ phase: 'unreachable' });
      else {
        console.error(error);
        set({ phase: 'failed', error: { code: 'INTERNAL', message: String(error) } });
      }
    }
  }

  async function runAgain({ session }: Open, spec: Spec) {
    try {
      return await api.run(session.key, {
        files: spec.files,
        conditions: spec.conditions,
        profile: spec.profile ?? null,
      });
    } catch (error) {
      if (!isLabGone(error)) throw error;
      return await makeLab(spec, left);
    }
  }

  async function makeLab({ files, page, conditions, profile = null, room }: Spec, leftBefore: number) {
    const view = await api.create({ files, page, conditions, profile, room });
    const key = { id: view.id, token: view.token };
    if (left !== leftBefore) {
      await api.forget(key).catch(ignore);
      return view;
    }
    drop(true);
    lastRun = 0;
    firstRun = view.run;
    const recorder = services.createRecorder?.();
    const capture = createCapture({
      createDissector: services.createDissector,
      schedule: services.schedule,
      onRun: (run) => open?.capture === capture && follow(run),
      journal: recorder && new Journal(recorder, () => ran),
    });
    const session = services.connect(api, key, sessionEvents(capture));
    open = { page, room, session, capture, recorder };
    return view;
  }

  /** Shows a newer state of the run, and what it means for the lab. */
  function follow(run: Run | null): void {
    if (!run) return;
    lastRun = run.number;
    const before = get();
    if (viewed) {
      // The last run of this lab goes on being told of; a new one takes the place of the file's.
      if (run.number < firstRun || before.phase !== 'starting') return;
      closeViewed();
      set({ opened: null });
    }
    const isNew = run.number !== before.run?.number || run.startedAt !== before.run.startedAt;
    set({ run, ...(isNew && { selection: null }) });
    if (run.number < firstRun) return;
    const change: Partial<LabSnapshot> = { stale: false };
    if (before.phase === 'starting' || before.phase === 'running') {
      change.phase = PHASES[run.state];
      change.error = run.error ?? null;
      if (!run.live) change.pageUrl = null;
      else if (run.state === 'listening') change.pageUrl = before.pageUrl ?? lateUrl(run);
    }
    set(change);
  }

  /** Address of the page when the server code began to listen only after its first turn. */
  function lateUrl(run: Run): string | null {
    const [port] = run.ports;
    if (!port || open?.page === 'cross-origin') return null;
    return open?.page === 'server' ? `${port.url}/` : `${port.url}/.lab/${run.number}/`;
  }

  function sessionEvents(capture: Capture): SessionEvents {
    const now = (): number => get().labNow();
    return {
      onEvents: (events) => capture.telemetry(events),
      onClock: () => pageLink.settle(),
      onOpen(transport) {
        const { lostSince, run, phase } = get();
        set({ transport, lostSince: null });
        if (lostSince === null) return;
        capture.recovered(now());
        if (phase === 'unreachable') {
          set({ phase: run ? PHASES[run.state] : 'idle', error: run?.error ?? null });
        }
      },
      onLost() {
        capture.flush();
        // The end of a run is known: there is nothing to lose until the next one.
        set({ transport: null });
        if (get().run?.live === false) return;
        set({ lostSince: now() });
        capture.lost(now());
      },
      onStillLost() {
        if (get().run?.live !== false) set({ phase: 'unreachable', lostSince: get().lostSince ?? now() });
      },
      onGone(reason) {
        capture.abandon(get().lostSince ?? now());
        capture.flush();
        if (open?.capture === capture) gone(reason);
      },
    };
  }

  /** The server has forgotten the lab: what was recorded stays, the next Run makes another. */
  function gone(reason: ReportedError): void {
    const { phase } = get();
    set({
      pageUrl: null,
      lostSince: null,
      ...((phase === 'running' || phase === 'unreachable') && { phase: 'failed', error: reason }),
    });
  }

  async function tell(call: (session: Session) => Promise<unknown>): Promise<void> {
    if (!open) return;
    try {
      await call(open.session);
    } catch (error) {
      if (error instanceof UnreachableError) set({ phase: 'unreachable' });
      else if (!(error instanceof RefusedError)) throw error;
      else if (!isLabGone(error)) set({ error: error.reported });
    }
  }

  function drop(forget: boolean): void {
    if (!open) return;
    open.session.close();
    open.capture.close();
    open.recorder?.close();
    if (forget) api.forget(open.session.key).catch(ignore);
    open = null;
    set({ lostSince: null, transport: null });
  }

  const pageLinkOptions: PageLinkOptions = {
    labClock: () => open?.session.clock(get().run?.number ?? 0) ?? null,
    onEvents: (run, events, page) => open?.capture.page(run, events, page),
    onClockError: (errorMs) => open?.capture.clock(errorMs),
    onSilent: (pageSilentMs) => set({ pageSilentMs }),
  };
  const pageLink = createPageLink(pageLinkOptions);
  return { useLab, attachPage: pageLink.attach };
}

/** While a file is read it is shown how far it has come, but the reading goes first. */
function scheduleSometimes(flush: () => void): () => void {
  const timer = setTimeout(flush, OPENING_SHOWN_EVERY_MS);
  return () => clearTimeout(timer);
}

const PHASES = {
  starting: 'starting',
  listening: 'running',
  running: 'running',
  stopped: 'stopped',
  failed: 'failed',
} as const;

function isLabGone(error: unknown): boolean {
  return (
    error instanceof RefusedError &&
    (error.reported.code === 'LAB_NOT_FOUND' || error.reported.code === 'TOKEN_REFUSED')
  );
}

/** Nobody waits for the answer: the server ends idle labs by itself. */
function ignore(): void {}

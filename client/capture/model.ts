/**
 * One run being recorded: applies events one by one, and hands out snapshots that share whatever did
 * not change.
 */
import {
  UNIMPAIRED,
  type ConnectionEvent,
  type Direction,
  type LabState,
  type TelemetryEvent,
} from '#protocol/telemetry';
import type { DissectUpdate } from '../dissect/client.ts';
import type { NetworkEvent, PageEvent } from '../stage/protocol.ts';
import { Names, Positions } from './columns/interned.ts';
import { rowOfPage, rowOfServerConsole, rowOfServerError } from './console-rows.ts';
import { Deliveries } from './deliveries.ts';
import type { ServerMoment } from './exchanges.ts';
import { Gaps } from './gaps.ts';
import { LaneLog } from './lane-log.ts';
import { wordOfPage, wordOfServer } from './lanes.ts';
import { Ledger, type Entry } from './ledger.ts';
import { FORGET_SHARE, HANDLER_TURN_MS, type RunLimits } from './limits.ts';
import type { PageCall } from './page/page-call.ts';
import { PageCalls } from './page/page-calls.ts';
import type { ConsoleRow, Run, WireMessage } from './run.ts';
import { Subject } from './subject.ts';
import { idOf } from './table/message-table.ts';
import { Wire } from './wire.ts';

/** States in which code runs. */
const LIVE: ReadonlySet<LabState> = new Set(['starting', 'listening', 'running']);

type Head = Pick<
  Run,
  | 'number'
  | 'startedAt'
  | 'profile'
  | 'state'
  | 'error'
  | 'ports'
  | 'conditions'
  | 'plannedCut'
  | 'live'
  | 'clock'
>;

type RunStart = Pick<Extract<TelemetryEvent, { type: 'run' }>, 'run' | 'startedAt' | 'profile'>;

export class RunModel {
  readonly gaps = new Gaps();
  #head: Head;
  /** Lab time of the newest thing recorded. It goes on with every event, where the head hardly changes. */
  #end = 0;
  readonly #wire = new Wire({
    onRequest: (message) => this.#matched(this.#calls.requested(message)),
    onPointed: (subject) => this.#pointed(subject),
  });
  readonly #limits: RunLimits;
  readonly #calls = new PageCalls();
  readonly #deliveries = new Deliveries();
  readonly #positions = new Positions();
  readonly #pages = new Names();
  readonly #jsEvents = new LaneLog('j', this.#positions, this.#pages);
  readonly #serverEvents = new LaneLog('s', this.#positions, this.#pages);
  readonly #rows = new Ledger<ConsoleRow>((row) => row.t);
  #ids = 0;
  /** What the handler was called with that was called last, until another callback of the server code is known. */
  #turn: ServerMoment | null = null;
  #lastThrown = '';
  #forgotten = 0;
  #forgottenRows = 0;

  constructor({ run: number, startedAt, profile }: RunStart, limits: RunLimits) {
    this.#limits = limits;
    this.#head = {
      number,
      startedAt,
      profile,
      state: 'starting',
      ports: [],
      conditions: UNIMPAIRED,
      live: true,
      clock: { errorMs: Infinity },
    };
  }

  get number(): number {
    return this.#head.number;
  }

  get live(): boolean {
    return this.#head.live;
  }

  get end(): number {
    return this.#end;
  }

  /** Applies one event. Returns the bytes of a `bytes` event when it has any. */
  telemetry(event: TelemetryEvent): Uint8Array | null {
    // The network can be changed, and connections close, after the run is over.
    if (this.live) this.#reach(event.t);
    const word = wordOfServer(event);
    const lane = word && this.#serverEvents.add(word);
    switch (event.type) {
      case 'state':
        this.#setState(event.state, event);
        break;
      case 'port':
        this.#set({ ports: [...this.#head.ports, { port: event.port, url: event.url }] });
        break;
      case 'conditions':
        this.#set({ conditions: event.conditions });
        break;
      case 'cut-planned':
        this.#set({ plannedCut: event.due === null ? undefined : { mode: event.mode, due: event.due } });
        break;
      case 'connection':
        this.#wire.opened(event, this.#openedByHand(event));
        break;
      case 'bytes':
        if (event.base64 === undefined) this.gaps.bytesMissing(event.connection, event.t);
        return this.#wire.bytes(event);
      case 'arrived':
        this.#wire.arrived(event);
        break;
      case 'at-proxy':
      case 'left-proxy':
        this.#wire.atProxy(event);
        break;
      case 'silence':
        this.#wire.silent(event);
        break;
      case 'connection-end':
        this.#wire.ended(event);
        this.gaps.connectionEnded(event.connection, event.t);
        break;
      case 'call':
        this.#wire.called(event);
        break;
      case 'request':
        this.#turn = this.#wire.requested(event);
        this.#turn.subject.words.push(lane!);
        this.#aim(this.#turn.subject);
        break;
      case 'handed':
        this.#turn = this.#wire.handed(event);
        break;
      case 'console':
        this.#printedOnServer(event.t, lane!, this.#row(rowOfServerConsole(event)));
        break;
      case 'mark':
        this.#deliveries.createdOnServer(event);
        break;
      case 'timer':
        this.#turn = null;
        break;
      case 'thrown':
        this.#lastThrown = event.error.message;
        this.#printedOnServer(event.t, lane!, this.#row(rowOfServerError(event.t, event.error)));
        break;
      case 'gap':
        this.gaps.dropped(event.from, event.t, event.events);
        break;
      case 'run':
        break;
    }
    return null;
  }

  /** Applies one event of a page; its `t` is lab time already. */
  page(event: PageEvent, page: string | null): void {
    this.#reach(event.t);
    if (event.type === 'ready') this.#calls.newDocument(page);
    if (event.type === 'dropped') this.gaps.dropped(event.from, event.t, event.events);
    const word = wordOfPage(event);
    const lane = word && this.#jsEvents.add(page === null ? word : { ...word, page });
    const row = rowOfPage(event);
    const entry = row && this.#row(row);
    if (event.type === 'network') return this.#network(event, page, lane!);
    if (event.type === 'mark' && !this.#deliveries.handledInPage(event)) return;
    const call = 'call' in event && event.call !== undefined ? this.#calls.get(event.call, page) : undefined;
    if (!call) return;
    const { subject } = call;
    if (lane !== null) subject.words.push(lane);
    if (entry) subject.rows.push(entry);
    if (event.type === 'mark') subject.deliveries.push(event.name);
    this.#aim(subject);
  }

  /** The word for a connection that no page has, in the lane where the calls of pages are. */
  #openedByHand({ t, by }: ConnectionEvent): Subject | undefined {
    if (!by) return undefined;
    const subject = new Subject();
    subject.words.push(this.#jsEvents.add({ t, text: by, kind: 'call', bad: false }));
    return subject;
  }

  dissected(update: DissectUpdate): void {
    this.#wire.dissected(update);
  }

  /**
   * Page events that follow are placed to within `errorMs`; the run's bound is that of the worst placed.
   * Returns false when that says nothing new.
   */
  clock(errorMs: number): boolean {
    const before = this.#head.clock.errorMs;
    if (Number.isFinite(before) && before >= errorMs) return false;
    this.#calls.errorMs = errorMs;
    this.#set({ clock: { errorMs } });
    return true;
  }

  /** The lab is gone: nothing more will be told. */
  abandon(t: number): void {
    this.#reach(t);
    this.#set({ live: false });
    this.gaps.close(this.#end);
  }

  clearConsole(): void {
    this.#forgottenRows = 0;
    this.#rows.retain(() => false);
  }

  bytesOf(message: WireMessage): Uint8Array {
    return this.#wire.bytesOf(message);
  }

  /** The recorded bytes of a stretch of a connection. */
  read(connection: number, direction: Direction, start: number, end: number): Uint8Array {
    return this.#wire.read(connection, direction, start, end);
  }

  snapshot(): Run {
    this.#wire.compose();
    this.#bound();
    return {
      ...this.#head,
      end: this.#end,
      connections: this.#wire.connections.snapshot(),
      messages: this.#wire.list(),
      totals: this.#wire.totals.snapshot,
      jsEvents: this.#jsEvents.list(),
      serverEvents: this.#serverEvents.list(),
      deliveries: this.#deliveries.ledger.snapshot(),
      console: this.#rows.snapshot(),
      consoleForgotten: this.#forgottenRows,
      gaps: this.gaps.snapshot(),
    };
  }

  #network(event: NetworkEvent, page: string | null, lane: number): void {
    let call = this.#calls.get(event.call, page);
    if (call) call.happened(event);
    else if (begins(event)) call = this.#calls.called(event, page);
    // What began it was not told: nobody knows what this is about.
    if (!call) return;
    const forgotten = call.takeForgotten();
    if (forgotten) this.gaps.dropped(forgotten.from, forgotten.to, forgotten.events);
    this.#calls.happened(call);
    call.subject.words.push(lane);
    this.#aim(call.subject);
    this.#matched(call);
  }

  /** A call of a page and a request on the wire have found each other, or there is more to say of either. */
  #matched(call: PageCall | null): void {
    if (call && call.exchanges.length > 0) this.#wire.progressed(call);
  }

  /** Tells what waits with a subject which message it is about, when that is known. */
  #aim(subject: Subject): void {
    if (subject.message) this.#pointed(subject);
  }

  #pointed(subject: Subject): void {
    const { message, words, rows, deliveries } = subject;
    if (!message) return;
    const id = idOf(message);
    const lane = words.length > 0 && subject.side === 'server' ? this.#serverEvents : this.#jsEvents;
    for (const word of words) lane.point(word, message);
    for (const row of rows) this.#rows.change(row, { message: id });
    for (const name of deliveries) this.#deliveries.carried(name, id);
    if (deliveries.length > 0) this.#wire.carried(subject, id);
    subject.words = [];
    subject.rows = [];
    subject.deliveries = [];
  }

  #printedOnServer(t: number, lane: number, row: Entry<ConsoleRow>): void {
    if (!this.#turn || t - this.#turn.t > HANDLER_TURN_MS) return;
    this.#turn.subject.words.push(lane);
    this.#turn.subject.rows.push(row);
    this.#aim(this.#turn.subject);
  }

  #row(row: Omit<ConsoleRow, 'id'>): Entry<ConsoleRow> {
    return this.#rows.add({ id: `r${++this.#ids}`, ...row });
  }

  #setState(state: LabState, { t, error }: { t: number; error?: Run['error'] }): void {
    this.#set({ state, error, live: LIVE.has(state) });
    if (!this.#head.live) {
      this.#wire.stop(t);
      this.gaps.close(t);
    }
    // Nothing was thrown in code when a limit ends the run; the Console has to say it all the same.
    if (error && error.message !== this.#lastThrown) this.#row(rowOfServerError(t, error));
  }

  #reach(t: number): void {
    this.#end = Math.max(this.#end, t);
  }

  #set(change: Partial<Head>): void {
    this.#head = { ...this.#head, ...change };
  }

  /** Keeps within the limits: whatever is too much moves the horizon for everything. */
  #bound(): void {
    const share = FORGET_SHARE;
    const { table } = this.#wire;
    let horizon = -Infinity;
    const isOver =
      table.length > this.#limits.messages ||
      this.#wire.whole > this.#limits.wholeMessages ||
      (table.length > 1 && this.#wire.byteLength > this.#limits.wireBytes);
    if (isOver) horizon = table.sentOf(table.rowAt(Math.floor((table.length - 1) * share)));
    for (const lane of [this.#jsEvents, this.#serverEvents]) {
      if (lane.length > this.#limits.laneEvents) horizon = Math.max(horizon, lane.timeAt(share));
    }
    this.#boundRows();
    if (horizon === -Infinity) return;
    this.#forgotten +=
      this.#wire.forget(horizon) +
      this.#deliveries.forget(horizon) +
      this.#jsEvents.forget(horizon) +
      this.#serverEvents.forget(horizon) +
      this.#rows.retain(({ t }) => t >= horizon);
    this.#calls.forget(horizon);
    this.gaps.forgotten(horizon, this.#forgotten);
  }

  /** The Console and the deliveries forget on their own: their figures stay. */
  #boundRows(): void {
    const share = FORGET_SHARE;
    if (this.#rows.length > this.#limits.consoleRows) {
      const from = this.#rows.timeAt(share);
      this.#forgottenRows += this.#rows.retain(({ t }) => t >= from);
    }
    const { ledger } = this.#deliveries;
    if (ledger.length > this.#limits.deliveries) this.#deliveries.forget(ledger.timeAt(share));
  }
}

/** Names with which what is called begins. */
const BEGINNINGS: ReadonlySet<NetworkEvent['name']> = new Set<NetworkEvent['name']>([
  'fetch',
  'send',
  'WebSocket',
  'EventSource',
  'script',
  'iframe',
  'htmlfile',
  'img',
  'sendBeacon',
  'submit',
]);

function begins({ api, name }: NetworkEvent): boolean {
  return BEGINNINGS.has(name) && !(api === 'WebSocket' && name === 'send');
}

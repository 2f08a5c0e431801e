/**
 * One run being recorded: applies events one by one, and hands out snapshots that share whatever did
 * not change.
 */
import { UNIMPAIRED, type Direction, type LabState, type TelemetryEvent } from '#protocol/telemetry';
import type { NetworkEvent, PageEvent } from '../stage/protocol.ts';
import type { WireRecord } from '../dissect/records.ts';
import type { MessageTrack, RequestMoment } from './connections.ts';
import { rowOfPage, rowOfServerConsole, rowOfServerError } from './console-rows.ts';
import { Deliveries } from './deliveries.ts';
import { Gaps } from './gaps.ts';
import { wordOfPage, wordOfServer } from './lanes.ts';
import { Ledger, type Entry } from './ledger.ts';
import * as limits from './limits.ts';
import { PageCalls, type PageCall } from './page-calls.ts';
import type { ConsoleRow, LaneEvent, Run, WireMessage } from './run.ts';
import { Wire } from './wire.ts';

/** States in which code runs. */
const LIVE: ReadonlySet<LabState> = new Set(['starting', 'listening', 'running']);

type Head = Pick<
  Run,
  'number' | 'startedAt' | 'state' | 'error' | 'ports' | 'conditions' | 'end' | 'live' | 'clock'
>;

export class RunModel {
  readonly gaps = new Gaps();
  #head: Head;
  readonly #wire = new Wire({
    onRequest: (message) => this.#matched(this.#calls.requested(message)),
    onJoined: (message) => this.#joined(message),
  });
  readonly #calls = new PageCalls();
  readonly #deliveries = new Deliveries();
  readonly #jsEvents = new Ledger<LaneEvent>((event) => event.t);
  readonly #serverEvents = new Ledger<LaneEvent>((event) => event.t);
  readonly #rows = new Ledger<ConsoleRow>((row) => row.t);
  #ids = 0;
  /** The request whose handler was called last, until another callback of the server code is known. */
  #turn: RequestMoment | null = null;
  #lastThrown = '';
  #forgotten = 0;

  constructor(number: number, startedAt: number) {
    this.#head = {
      number,
      startedAt,
      state: 'starting',
      ports: [],
      conditions: UNIMPAIRED,
      end: 0,
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
    return this.#head.end;
  }

  /** Applies one event. Returns the bytes of a `bytes` event when it has any. */
  telemetry(event: TelemetryEvent): Uint8Array | null {
    // The network can be changed, and connections close, after the run is over.
    if (this.live) this.#reach(event.t);
    const word = wordOfServer(event);
    const lane = word && this.#serverEvents.add({ id: `s${++this.#ids}`, ...word });
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
      case 'connection':
        this.#wire.opened(event);
        break;
      case 'bytes':
        if (event.base64 === undefined) this.gaps.bytesMissing(event.connection, event.t);
        return this.#wire.bytes(event);
      case 'arrived':
        this.#wire.arrived(event);
        break;
      case 'connection-end':
        this.#wire.ended(event);
        this.gaps.connectionEnded(event.connection, event.t);
        break;
      case 'call':
        this.#wire.called(event);
        break;
      case 'request':
        this.#turn = this.#wire.handed(event);
        this.#turn.lane.push(lane!);
        this.#label(this.#turn);
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

  /** Applies one event of the page; its `t` is lab time already. */
  page(event: PageEvent): void {
    this.#reach(event.t);
    if (event.type === 'ready') this.#calls.newDocument();
    if (event.type === 'dropped') this.gaps.dropped(event.from, event.t, event.events);
    const word = wordOfPage(event);
    const lane = word && this.#jsEvents.add({ id: `j${++this.#ids}`, ...word });
    const row = rowOfPage(event);
    const entry = row && this.#row(row);
    if (event.type === 'network') return this.#network(event, lane!);
    if (event.type === 'mark') return this.#handledInPage(event);
    const call =
      event.type === 'console' && event.call !== undefined ? this.#calls.get(event.call) : undefined;
    if (!call) return;
    if (lane) call.answeredLane.push(lane);
    if (entry) call.rows.push(entry);
    this.#labelCall(call);
  }

  record(connection: number, direction: Direction, index: number, record: WireRecord): void {
    this.#wire.record(connection, direction, index, record);
  }

  /** Page events that follow are placed to within `errorMs`; the run's bound is that of the worst placed. */
  clock(errorMs: number): void {
    const before = this.#head.clock.errorMs;
    if (Number.isFinite(before) && before >= errorMs) return;
    this.#calls.errorMs = errorMs;
    this.#set({ clock: { errorMs } });
  }

  /** The lab is gone: nothing more will be told. */
  abandon(t: number): void {
    this.#reach(t);
    this.#set({ live: false });
    this.gaps.close(this.#head.end);
  }

  clearConsole(): void {
    this.#rows.retain(() => false);
  }

  bytesOf(message: WireMessage): Uint8Array {
    return this.#wire.bytesOf(message);
  }

  snapshot(): Run {
    this.#wire.compose();
    this.#bound();
    return {
      ...this.#head,
      connections: this.#wire.connections.snapshot(),
      messages: this.#wire.list(),
      jsEvents: this.#jsEvents.snapshot(),
      serverEvents: this.#serverEvents.snapshot(),
      deliveries: this.#deliveries.ledger.snapshot(),
      console: this.#rows.snapshot(),
      gaps: this.gaps.snapshot(),
    };
  }

  #network(event: NetworkEvent, lane: Entry<LaneEvent>): void {
    if (event.name === 'fetch' || event.name === 'send') {
      const call = this.#calls.called(event);
      call.calledLane.push(lane);
      this.#matched(call.request && call);
      return;
    }
    const call = this.#calls.get(event.call);
    if (!call) return;
    call.answeredLane.push(lane);
    if (call.calledBack(event) && call.response) this.#wire.touch(call.response);
    this.#labelCall(call);
  }

  #handledInPage(event: Extract<PageEvent, { type: 'mark' }>): void {
    if (!this.#deliveries.handledInPage(event) || event.call === undefined) return;
    const call = this.#calls.get(event.call);
    if (!call) return;
    call.deliveries.push(event.name);
    this.#labelCall(call);
  }

  /** A call of the page and a request on the wire have found each other. */
  #matched(call: PageCall | null): void {
    if (!call?.request) return;
    this.#wire.touch(call.request);
    if (call.response) {
      call.response.call = call;
      this.#wire.touch(call.response);
    }
    this.#labelCall(call);
  }

  #joined({ exchange }: MessageTrack): void {
    if (exchange?.moment) this.#label(exchange.moment);
    if (exchange?.request?.call) this.#matched(exchange.request.call);
  }

  /** Tells everything of a call which message it is about, as far as that is known. */
  #labelCall(call: PageCall): void {
    this.#point(this.#jsEvents, call.calledLane, call.request?.id);
    const response = call.response;
    if (!response) return;
    this.#point(this.#jsEvents, call.answeredLane, response.id);
    this.#point(this.#rows, call.rows, response.id);
    if (call.deliveries.length === 0) return;
    response.deliveries = [...response.deliveries, ...call.deliveries];
    for (const name of call.deliveries) this.#deliveries.carried(name, response.id);
    call.deliveries = [];
    this.#wire.touch(response);
  }

  #label(moment: RequestMoment): void {
    this.#point(this.#serverEvents, moment.lane, moment.message?.id);
    this.#point(this.#rows, moment.rows, moment.message?.id);
  }

  /** Sets `message` of entries that wait for it, and lets them go. */
  #point<T extends { message?: string }>(
    ledger: Ledger<T>,
    entries: Entry<T>[],
    message: string | undefined,
  ): void {
    if (message === undefined) return;
    for (const entry of entries.splice(0)) ledger.change(entry, { message } as Partial<T>);
  }

  #printedOnServer(t: number, lane: Entry<LaneEvent>, row: Entry<ConsoleRow>): void {
    if (!this.#turn || t - this.#turn.t > limits.HANDLER_TURN_MS) return;
    this.#turn.lane.push(lane);
    this.#turn.rows.push(row);
    this.#label(this.#turn);
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
    if (t > this.#head.end) this.#set({ end: t });
  }

  #set(change: Partial<Head>): void {
    this.#head = { ...this.#head, ...change };
  }

  /** Keeps within the limits: whatever is too much moves the horizon for everything. */
  #bound(): void {
    const { FORGET_SHARE: share } = limits;
    let horizon = -Infinity;
    const over = (ledger: { length: number; timeAt(share: number): number }, most: number): void => {
      if (ledger.length > most) horizon = Math.max(horizon, ledger.timeAt(share));
    };
    over(this.#wire.messages, limits.MESSAGES);
    over(this.#jsEvents, limits.LANE_EVENTS);
    over(this.#serverEvents, limits.LANE_EVENTS);
    over(this.#rows, limits.CONSOLE_ROWS);
    over(this.#deliveries.ledger, limits.DELIVERIES);
    if (this.#wire.recorded > limits.RECORDED_BYTES && this.#wire.messages.length > 1) {
      horizon = Math.max(horizon, this.#wire.messages.timeAt(share));
    }
    if (horizon === -Infinity) return;
    const recent = ({ t }: { t: number }): boolean => t >= horizon;
    this.#forgotten +=
      this.#wire.forget(horizon) +
      this.#deliveries.forget(horizon) +
      this.#jsEvents.retain(recent) +
      this.#serverEvents.retain(recent) +
      this.#rows.retain(recent);
    this.#calls.forget(horizon);
    this.gaps.forgotten(horizon, this.#forgotten);
  }
}

/**
 * A lab: one learner's run. The only place that knows sandbox, sockets, tap and telemetry at once.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Caller } from '../access/index.ts';
import { monotonicMs } from '../clock.ts';
import { CodedError } from '../errors/index.ts';
import {
  SandboxError,
  type Sandbox,
  type SandboxEnd,
  type SandboxEvent,
  type SandboxHost,
  type SandboxPool,
} from '../sandbox/index.ts';
import type { OpenPort, Sockets } from '../sockets/index.ts';
import { attribute } from '../tap/index.ts';
import { Channel, type KeptBudget, type TelemetrySource } from '../telemetry/index.ts';
import { UNIMPAIRED, type Conditions, type LabState } from '../telemetry/protocol.ts';
import type { Origins } from './addresses.ts';
import { LabPorts } from './lab-ports.ts';
import { KEEP_PORTS_MS } from './limits.ts';
import { PlannedCut } from './planned-cut.ts';
import type {
  ConditionsBody,
  CreateLabBody,
  CutBody,
  CutView,
  ExchangeBody,
  ExchangeView,
  LabView,
  Profile,
} from './protocol.ts';
import { Traffic } from './traffic.ts';
import { Workbench } from './workbench.ts';

/** What a lab has for a server when it is not code of its own. */
export interface RoomServer {
  start(ports: number, host: Pick<SandboxHost, 'listen'>): Promise<Sandbox>;
  /** The clock of the room's events, ms since 1970. */
  now(): number;
}

export interface LabServices {
  pool: Pick<SandboxPool, 'start'>;
  room: RoomServer;
  sockets: Sockets;
  /** Serves `/.lab/…` of this lab on a connection. */
  servePlatform(lab: Lab, socket: Socket): void;
}

export interface LabSpec {
  files: Record<string, string>;
  page: NonNullable<CreateLabBody['page']>;
  conditions: ConditionsBody;
  /** The old browser that its page is made to look like. */
  profile?: Profile | null;
  /** Its server is the room, on so many ports, not `server.js`. */
  room?: CreateLabBody['room'];
}

export class Lab implements TelemetrySource {
  readonly id = randomBytes(6).toString('hex');
  /** 128 bits: cannot be guessed. */
  readonly token = randomBytes(16).toString('base64url');
  readonly channel: Channel;
  files: Record<string, string>;
  profile: Profile | null;
  run = 0;
  state: LabState = 'stopped';
  /** Wall clock at lab time 0, ms since 1970. */
  startedAt = 0;
  /** `seq` of the last event before the present run, or the last one. */
  runBegan = 0;
  caller: Caller;
  /** Monotonic ms of the last sign that somebody wants this lab. */
  lastUsed = monotonicMs();

  readonly #services: LabServices;
  readonly #page: LabSpec['page'];
  readonly #room: LabSpec['room'];
  #conditions: Conditions;
  #origin = monotonicMs();
  #sandbox: Sandbox | undefined;
  #traffic: Traffic | undefined;
  readonly #cut = new PlannedCut({
    now: () => this.now(),
    emit: (event) => this.channel.emit(event),
    cut: ({ mode, connection }) => this.#traffic?.cut(mode, connection ?? undefined),
  });
  readonly #workbench = new Workbench();
  #ports: LabPorts | undefined;
  #pagePort: OpenPort | undefined;
  #disposed = false;

  /** @param kept what all labs may keep of their logs together. */
  constructor(services: LabServices, spec: LabSpec, caller: Caller, kept?: KeptBudget) {
    this.channel = new Channel(kept);
    this.#services = services;
    this.#page = spec.page;
    this.#room = spec.room;
    this.files = spec.files;
    this.profile = spec.profile ?? null;
    this.caller = caller;
    this.#conditions = { ...UNIMPAIRED, ...spec.conditions };
  }

  /** Whether its server is the room. */
  get servesRoom(): boolean {
    return this.#room !== undefined;
  }

  /** Lab time, ms. */
  now(): number {
    return monotonicMs() - this.#origin;
  }

  holdsToken(token: string): boolean {
    const [ours, theirs] = [Buffer.from(this.token), Buffer.from(token)];
    return ours.length === theirs.length && timingSafeEqual(ours, theirs);
  }

  /** Open learner connections. */
  get connections(): number {
    return this.#traffic?.open ?? 0;
  }

  /**
   * Ends the present run and begins the next one with the present files. Resolves once the first turn of
   * the server code has run, also when it threw: then the state is `failed` and telemetry says why.
   * @throws CodedError SYNTAX_ERROR when a file does not parse: then there is no new run.
   */
  async start(): Promise<void> {
    this.#end('stopped');
    const run = ++this.run;
    this.#origin = monotonicMs();
    const traffic = new Traffic({
      emit: (event) => run === this.run && this.channel.emit(event),
      origin: this.#origin,
      conditions: this.#conditions,
      onPlatform: (socket) => this.#services.servePlatform(this, socket),
      isOwn: (socket, connection) => this.#workbench.accepted(socket, connection),
    });
    this.#traffic = traffic;
    const ports = this.#portsOf(traffic);
    this.#ports = ports;
    this.runBegan = this.channel.newest;
    this.startedAt = Date.now();
    this.channel.emit({
      type: 'run',
      t: 0,
      run,
      startedAt: this.startedAt,
      ...(this.profile && { profile: this.profile }),
    });
    this.channel.emit({ type: 'conditions', t: 0, conditions: this.#conditions });
    this.#setState('starting');
    try {
      if (this.#page === 'cross-origin') this.#pagePort = await this.#openPagePort();
      const sandbox = await this.#serve(this.#host(run, traffic, ports));
      if (run !== this.run || this.#disposed) return sandbox.dispose();
      this.#sandbox = sandbox;
      if (this.state === 'starting') this.#setState(ports.open.length > 0 ? 'listening' : 'running');
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      if (run === this.run && this.state === 'starting')
        this.#ended(run, { reason: 'error', error: error.reported });
      if (error.reported.code === 'SYNTAX_ERROR') throw new CodedError('SYNTAX_ERROR', error.reported);
    }
  }

  stop(): void {
    this.#end('stopped');
  }

  /** Cuts open connections, now or at a time of the present run; whatever was planned before is called off. */
  cut({ mode = 'reset', connection, at }: CutBody): CutView {
    if (this.#cut.planned !== null) this.#cut.callOff();
    const running = this.state !== 'stopped' && this.state !== 'failed';
    if (at === null || (at !== undefined && !running)) return { connections: 0, planned: null };
    if (at === undefined || at <= this.now()) {
      return { connections: this.#traffic?.cut(mode, connection) ?? 0, planned: null };
    }
    this.#cut.plan({ mode, connection: connection ?? null, due: at });
    return { connections: 0, planned: at };
  }

  /**
   * Sends bytes to a port of the present run, over a connection of their own, and reads the answer.
   * @throws CodedError PORT_NOT_OPEN, RATE_LIMITED.
   */
  async exchange({ port, base64 }: ExchangeBody): Promise<ExchangeView> {
    const open = this.#ports?.open.find(({ virtual }) => virtual === port);
    if (open === undefined) throw new CodedError('PORT_NOT_OPEN', { params: { port } });
    const { run } = this;
    const { latencyMs, jitterMs } = this.#conditions;
    const answer = await this.#workbench.exchange(
      open,
      Buffer.from(base64, 'base64'),
      2 * (latencyMs + jitterMs),
    );
    return { run, ...answer };
  }

  setConditions(change: ConditionsBody): Conditions {
    this.#conditions = { ...this.#conditions, ...change };
    if (this.#traffic) this.#traffic.conditions = this.#conditions;
    if (this.run > 0) this.channel.emit({ type: 'conditions', t: this.now(), conditions: this.#conditions });
    return this.#conditions;
  }

  /** Ends the run and everything with it; the lab is of no use afterwards. */
  dispose(): void {
    if (this.#disposed) return;
    this.#end('stopped');
    this.#disposed = true;
    this.channel.close();
  }

  /** Real origins of the ports that are open, by the port as the server code knows it. */
  get origins(): Origins {
    const ports = this.#ports?.open ?? [];
    return Object.fromEntries(ports.map((port) => [port.virtual, port.origin(this.caller.hostname)]));
  }

  /** A page that the server code serves is its own; any other is the platform's. */
  get #pagePath(): string {
    return this.#page === 'server' ? '/' : `/.lab/${this.run}/`;
  }

  view(): LabView {
    const { hostname } = this.caller;
    const ports = this.#ports?.open ?? [];
    const pageOrigin = (this.#pagePort ?? ports[0])?.origin(hostname);
    return {
      id: this.id,
      run: this.run,
      state: this.state,
      page: pageOrigin === undefined ? null : { url: pageOrigin + this.#pagePath },
      ports: ports.map((port) => ({ port: port.virtual, url: port.origin(hostname) })),
      room: this.#room === undefined ? null : { at: this.#services.room.now() - this.now() },
    };
  }

  #serve(host: SandboxHost): Promise<Sandbox> {
    if (this.#room !== undefined) return this.#services.room.start(this.#room.ports, host);
    const env = {
      NODE_ENV: 'development',
      ...(this.#pagePort && { PAGE_ORIGIN: this.#pagePort.origin(this.caller.hostname) }),
    };
    return this.#services.pool.start({ files: this.files, env }, host);
  }

  #host(run: number, traffic: Traffic, ports: LabPorts): SandboxHost {
    return {
      listen: async (wanted, onConnection, options) => {
        const { port, isNew, close } = await ports.listen(wanted, onConnection, options);
        if (isNew) {
          const url = port.origin(this.caller.hostname);
          this.channel.emit({ type: 'port', t: this.now(), port: port.virtual, url });
          if (this.state === 'running') this.#setState('listening');
        }
        return { port: port.virtual, close };
      },
      restarting: () => {
        ports.keep();
        traffic.end();
      },
      // Counted from here: on a machine with much to do a program may take longer to begin.
      restarted: () => ports.closeUnservedAfter(KEEP_PORTS_MS),
      attribute: (call, work) => attribute(call, work),
      event: (event) => run === this.run && this.#report(event, traffic),
      ended: (end) => this.#ended(run, end),
    };
  }

  #portsOf(traffic: Traffic): LabPorts {
    return new LabPorts({
      lab: this.id,
      sockets: this.#services.sockets,
      accept: (socket, peeked, port) => {
        this.lastUsed = monotonicMs();
        return traffic.accept(socket, peeked, port);
      },
      onPlatform: (socket) => this.#services.servePlatform(this, socket),
    });
  }

  #openPagePort(): Promise<OpenPort> {
    return this.#services.sockets.open(this.id, 0, {
      onLearner: (socket) => socket.destroy(),
      onPlatform: (socket) => this.#services.servePlatform(this, socket),
    });
  }

  #report(event: SandboxEvent, traffic: Traffic): void {
    const t = event.at - this.#origin;
    switch (event.type) {
      case 'console':
        return this.channel.emit({
          type: 'console',
          t,
          level: event.level,
          values: event.values,
          at: event.position,
        });
      case 'mark':
        return this.channel.emit({ type: 'mark', t, name: event.name, at: event.position });
      case 'timer':
        return this.channel.emit({ type: 'timer', t, kind: event.kind, at: event.position });
      case 'thrown':
        // Nothing ran: the API's answer says it, and the last run stays on the wire.
        if (event.error.code === 'SYNTAX_ERROR') return;
        return this.channel.emit({ type: 'thrown', t, error: event.error });
      case 'request': {
        const connection = traffic.numberOf(event.socket);
        if (connection === undefined) return;
        const { method, target, position } = event;
        return this.channel.emit({ type: 'request', t, connection, method, target, at: position });
      }
      case 'handed': {
        const connection = traffic.numberOf(event.socket);
        if (connection === undefined) return;
        const { offset, length, name, position } = event;
        return this.channel.emit({ type: 'handed', t, connection, offset, length, name, at: position });
      }
    }
  }

  #ended(run: number, end: SandboxEnd): void {
    if (run !== this.run || end.reason === 'disposed') return;
    if (end.reason === 'error')
      this.channel.emit({ type: 'state', t: this.now(), state: 'failed', error: end.error });
    this.#end(end.reason === 'error' ? 'failed' : 'stopped', end.reason === 'error');
  }

  /** @param told the `state` event was already emitted, with its error. */
  #end(state: 'stopped' | 'failed', told = false): void {
    const ran = this.state !== 'stopped' && this.state !== 'failed';
    this.#sandbox?.dispose();
    this.#sandbox = undefined;
    this.#ports?.close();
    this.#pagePort?.close();
    this.#ports = undefined;
    this.#pagePort = undefined;
    if (this.#cut.planned !== null) this.#cut.callOff();
    this.#traffic?.end();
    if (!ran) return;
    this.state = state;
    if (!told) this.channel.emit({ type: 'state', t: this.now(), state });
  }

  #setState(state: LabState): void {
    this.state = state;
    this.channel.emit({ type: 'state', t: this.now(), state });
  }
}

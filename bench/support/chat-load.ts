/**
 * The process of those who listen: sockets that speak just as much of a protocol as it takes, and count marks instead
 * of parsing, so that the server is what is measured.
 */
import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';

/** How a receiver connects. */
export type Protocol = 'websocket' | 'stream' | 'held' | 'socket.io websocket' | 'socket.io polling';

export interface ChatLoad {
  port: number;
  orders: number;
  protocol: Protocol;
  path: string;
  receivers: number;
  measure:
    /** Publishes as soon as everyone has the one before, so many at a time, for so many ms. */
    | { kind: 'throughput'; inFlight: number; ms: number }
    /** Publishes in fixed intervals. */
    | { kind: 'delay'; everyMs: number; count: number }
    /** Connects, and waits for the end. */
    | { kind: 'idle' };
}

export interface ChatResult {
  /** Delivered messages a second. */
  perSecond: number;
  /** Bytes on each connection for each message, heads of answers included; nothing of TCP. */
  bytesPerMessage: number;
  /** 99 % of all deliveries took no longer, ms, from the order to publish. */
  p99: number;
}

const MARK = 0x7e;

process.once('message', async (load: ChatLoad) => {
  try {
    process.send!(await run(load));
  } catch (error) {
    process.send!({ error: String(error) });
  }
});
process.on('disconnect', () => process.exit());

async function run({ port, orders, protocol, path, receivers, measure }: ChatLoad): Promise<ChatResult> {
  let delivered = 0;
  let bytes = 0;
  let onDelivered: () => void = () => undefined;
  const join = JOIN[protocol];
  const told = (marks: number, size: number): void => {
    delivered += marks;
    bytes += size;
    if (marks > 0) onDelivered();
  };
  // A few at a time: a backlog that overflows would be measured too.
  for (let at = 0; at < receivers; at += 100) {
    await Promise.all(Array.from({ length: Math.min(100, receivers - at) }, () => join(port, path, told)));
  }
  const order = await Promise.all(Array.from({ length: 8 }, () => connected(orders)));
  const result: ChatResult = { perSecond: 0, bytesPerMessage: 0, p99: 0 };
  if (measure.kind === 'idle') return result;

  const byte = protocol === 'held' || protocol === 'socket.io polling' ? 'h' : 'p';
  if (measure.kind === 'delay') {
    const delays: number[] = [];
    let published = 0;
    let due = 0;
    // Messages arrive in order everywhere, so the n-th delivery of all is one of the oldest that is on its way.
    const sent: number[] = [];
    onDelivered = () => {
      while (delays.length < delivered) {
        delays.push(performance.now() - sent[Math.floor(delays.length / receivers)]!);
      }
    };
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (published === measure.count) {
          if (delivered < published * receivers) return;
          clearInterval(timer);
          return resolve();
        }
        sent[published++] = performance.now();
        order[due++ % order.length]!.write(byte);
      }, measure.everyMs);
    });
    delays.sort((a, b) => a - b);
    result.p99 = delays[Math.floor(delays.length * 0.99)]!;
    return result;
  }

  const { inFlight, ms } = measure;
  let published = 0;
  /** When everyone had the first: until then some were still being connected. */
  let from: { at: number; delivered: number; bytes: number } | undefined;
  const publish = (): void => {
    order[published++ % inFlight]!.write(byte);
  };
  await new Promise<void>((resolve) => {
    onDelivered = () => {
      const now = performance.now();
      if (delivered >= receivers * inFlight) from ??= { at: now, delivered, bytes };
      if (from !== undefined && now - from.at > ms && delivered > from.delivered) return resolve();
      while (published * receivers - delivered <= (inFlight - 1) * receivers) publish();
    };
    for (let i = 0; i < inFlight; i++) publish();
  });
  onDelivered = () => undefined;
  const { at, ...start } = from!;
  const count = delivered - start.delivered;
  result.perSecond = count / ((performance.now() - at) / 1_000);
  result.bytesPerMessage = (bytes - start.bytes) / count;
  return result;
}

type Told = (marks: number, bytes: number) => void;
type Join = (port: number, path: string, told: Told) => Promise<void>;

const JOIN: Record<Protocol, Join> = {
  async websocket(port, path, told) {
    const socket = await upgraded(port, path);
    count(socket, told);
  },
  async stream(port, path, told) {
    const socket = await connected(port);
    socket.write(head('GET', path));
    await answer(socket, '\r\n\r\n');
    count(socket, told);
  },
  async held(port, path, told) {
    const socket = await connected(port);
    let cursor = '';
    const ask = (): void => void socket.write(head('GET', cursor === '' ? path : `${path}?after=${cursor}`));
    ask();
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.endsWith('}')) return;
      // The answer may be in pieces; its end is that of its JSON.
      const at = text.indexOf('"cursor":"');
      if (at >= 0) cursor = text.slice(at + 10, text.indexOf('"', at + 10));
      const marks = text.split('~').length - 1;
      const size = text.length;
      text = '';
      ask();
      told(marks, size);
    });
  },
  async 'socket.io websocket'(port, _path, told) {
    const socket = await upgraded(port, '/socket.io/?EIO=4&transport=websocket');
    socket.write(masked('40'));
    await answer(socket, '40{');
    count(socket, told);
  },
  async 'socket.io polling'(port, _path, told) {
    const socket = await connected(port);
    const path = '/socket.io/?EIO=4&transport=polling';
    socket.write(head('GET', path));
    const opened = await answer(socket, '"sid":"', '}');
    const sid = /"sid":"([^"]+)"/.exec(opened)![1]!;
    socket.write(head('POST', `${path}&sid=${sid}`, '40'));
    await answer(socket, '\r\n\r\nok');
    const ask = (): void => void socket.write(head('GET', `${path}&sid=${sid}`));
    ask();
    await answer(socket, '40{', '}');
    ask();
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.endsWith(']')) return;
      const marks = text.split('~').length - 1;
      const size = text.length;
      text = '';
      ask();
      told(marks, size);
    });
  },
};

function count(socket: Socket, told: Told): void {
  socket.on('data', (chunk: Buffer) => {
    let marks = 0;
    for (let at = chunk.indexOf(MARK); at >= 0; at = chunk.indexOf(MARK, at + 1)) marks++;
    told(marks, chunk.length);
  });
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.on('error', reject);
  });
}

/** What came until `mark`, and behind it `end`, was there. */
function answer(socket: Socket, mark: string, end = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const at = text.indexOf(mark);
      if (at < 0 || text.indexOf(end, at) < 0) return;
      socket.off('data', read);
      if (/^HTTP\/1\.1 (?!200|101)/.test(text)) reject(new Error(text.slice(0, 200)));
      resolve(text);
    };
    socket.on('data', read);
  });
}

async function upgraded(port: number, path: string): Promise<Socket> {
  const socket = await connected(port);
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  await answer(socket, '\r\n\r\n');
  return socket;
}

function head(method: string, path: string, body = ''): string {
  const length = body === '' ? '' : `Content-Type: text/plain\r\nContent-Length: ${body.length}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${length}\r\n${body}`;
}

/** A short text frame as browsers send it. */
function masked(text: string): Buffer {
  const mask = randomBytes(4);
  const body = Buffer.from(text).map((byte, index) => byte ^ mask[index % 4]!);
  return Buffer.concat([Buffer.from([0x81, 0x80 | body.length]), mask, body]);
}

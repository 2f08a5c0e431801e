/** Records conversations through the lab API: telemetry on one side, the pcapng file on the other. */
import type { CutBody } from '../../server/labs/protocol.ts';
import type { ConnectionEvent, TelemetryEvent } from '../../server/telemetry/protocol.ts';
import { createLab, openWire } from '../support/lab.ts';
import type { App } from '../support/server.ts';
import type { Conversation } from './conversation.ts';

/** A conversation takes less than a second on an idle machine. */
const LONGEST_TALK_MS = 30_000;

export interface RecordedRun {
  name: string;
  events: TelemetryEvent[];
  pcapng: Buffer;
}

export async function record(app: App, conversation: Conversation): Promise<RecordedRun> {
  const { name, program, conditions, talk } = conversation;
  const files = { 'server.js': program, 'client.js': '', 'index.html': '' };
  const lab = await createLab(app.url, { files, conditions });
  const wire = await openWire(app.url, lab);
  try {
    const cut = (body: CutBody): Promise<Response> => lab.call('POST', '/cut', body);
    await inTime(name, talk(lab.origin, { cut }));
    await allEnded(wire.events);
    const pcapng = Buffer.from(await (await lab.call('GET', '/capture.pcapng')).arrayBuffer());
    return { name, events: [...wire.events], pcapng };
  } finally {
    wire.close();
    await lab.call('DELETE', '');
  }
}

/** Rejects, naming the run, when a conversation does not come to its end. */
async function inTime(name: string, talk: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`"${name}" does not end.`)), LONGEST_TALK_MS);
  });
  await Promise.race([talk, late]).finally(() => clearTimeout(timer));
}

/** Waits until telemetry has told the end of every connection. */
async function allEnded(events: TelemetryEvent[]): Promise<void> {
  const count = (type: TelemetryEvent['type']): number =>
    events.filter((event) => event.type === type).length;
  for (let tries = 0; count('connection') === 0 || count('connection-end') < count('connection'); tries++) {
    if (tries > 2000) throw new Error('A connection did not end.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What crossed one connection, as the browser's end of it saw it. */
export interface Crossed {
  connection: ConnectionEvent;
  /** In the order of the wire. */
  pieces: { direction: 'up' | 'down'; bytes: Buffer }[];
}

export function crossed(events: TelemetryEvent[]): Crossed[] {
  const all = new Map<number, Crossed & { down: Buffer; given: number }>();
  for (const event of events) {
    if (event.type === 'connection')
      all.set(event.connection, { connection: event, pieces: [], down: Buffer.alloc(0), given: 0 });
    if (event.type === 'bytes') {
      const known = all.get(event.connection)!;
      const bytes = Buffer.from(event.base64!, 'base64');
      if (event.direction === 'up') known.pieces.push({ direction: 'up', bytes });
      else known.down = Buffer.concat([known.down, bytes]);
    }
    if (event.type === 'arrived' && event.direction === 'down') {
      const known = all.get(event.connection)!;
      known.pieces.push({ direction: 'down', bytes: known.down.subarray(known.given, event.end) });
      known.given = event.end;
    }
  }
  return [...all.values()];
}

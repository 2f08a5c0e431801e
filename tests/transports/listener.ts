/**
 * A client of each technique, as little as it takes: reads the answer's bytes by the technique's own rules, goes on
 * with the cursor, comes back after a cut. Independent of the browser's transports, so that the two check each other.
 */
import { Agent, get } from 'node:http';
import { createParser } from 'eventsource-parser';
import { WebSocket } from 'ws';
import type { PollView, RoomEvent, Technique } from '../../server/chat/protocol.ts';

export type Ended = 'in order' | 'broken';

export interface Listener {
  technique: Technique;
  events: RoomEvent[];
  /** How each of its requests ended so far; of a WebSocket the close code. */
  endings: (Ended | number)[];
  /** Breaks what is open, as a network does. */
  cut(): void;
  close(): void;
}

const CALLBACK = 'told';

/** Query of each technique beside `after`. */
const QUERY: Partial<Record<Technique, string>> = {
  jsonp: `&callback=${CALLBACK}`,
  htmlfile: `&callback=${CALLBACK}`,
  'forever-iframe': `&callback=${CALLBACK}`,
};

/** What of a text so far are events, and how much of it is read. */
type Read = (text: string) => { events: RoomEvent[]; read: number };

const readLines: Read = (text) => {
  const read = text.lastIndexOf('\n') + 1;
  const lines = text
    .slice(0, read)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return { events: lines.map((line) => JSON.parse(line) as RoomEvent), read };
};

const readScripts: Read = (text) => {
  const events: RoomEvent[] = [];
  const script = new RegExp(`<script>parent\\.${CALLBACK}\\((.*?)\\)</script>\\n`, 'g');
  let read = 0;
  for (const { 0: all, 1: json = '', index } of text.matchAll(script)) {
    if (json !== '') events.push(JSON.parse(json) as RoomEvent);
    read = index + all.length;
  }
  return { events, read };
};

const readPoll: Read = (text) => {
  const json = text.startsWith('/**/') ? text.slice(`/**/${CALLBACK}(`.length, -');\n'.length) : text;
  return { events: (JSON.parse(json) as PollView).events, read: text.length };
};

const readEventStream: Read = (text) => {
  const events: RoomEvent[] = [];
  const read = text.lastIndexOf('\n\n') + 2;
  const parser = createParser({
    onEvent({ event, id, data }) {
      if (event === 'heartbeat') return;
      const parsed = JSON.parse(data) as RoomEvent;
      if (parsed.id !== id) throw new Error(`The event ${parsed.id} came with the id ${id}.`);
      events.push(parsed);
    },
  });
  parser.feed(text.slice(0, Math.max(0, read)));
  return { events, read: Math.max(0, read) };
};

const READ: Record<Exclude<Technique, 'websocket'>, { read: Read; whole: boolean }> = {
  polling: { read: readPoll, whole: true },
  'long-polling': { read: readPoll, whole: true },
  cors: { read: readPoll, whole: true },
  jsonp: { read: readPoll, whole: true },
  'xhr-streaming': { read: readLines, whole: false },
  xdomainrequest: { read: readLines, whole: false },
  'forever-iframe': { read: readScripts, whole: false },
  htmlfile: { read: readScripts, whole: false },
  sse: { read: readEventStream, whole: false },
};

/** Between two polls; small, so that a test of a thousand messages takes seconds. */
const POLL_MS = 5;

/**
 * @param after cursor to begin after; all that is kept when absent.
 * @param key of the member who listens.
 */
export function listen(technique: Technique, room: string, after?: string, key?: string): Listener {
  const query = key === undefined ? '' : `&key=${key}`;
  return technique === 'websocket'
    ? overWebSocket(room, query, after)
    : overHttp(technique, room, query + (QUERY[technique] ?? ''), after);
}

function overHttp(
  technique: Exclude<Technique, 'websocket'>,
  room: string,
  more: string,
  after?: string,
): Listener {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { read, whole } = READ[technique];
  const events: RoomEvent[] = [];
  const endings: Ended[] = [];
  let cursor = after;
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  let current: { destroy(): void } | undefined;

  function next(ending: Ended): void {
    endings.push(ending);
    if (!over) timer = setTimeout(ask, POLL_MS);
  }

  function ask(): void {
    let ended = false;
    const end = (ending: Ended): void => {
      if (!ended) next(ending);
      ended = true;
    };
    const request = get(`${room}/${technique}?${queryOf(cursor)}${more}`, { agent }, (response) => {
      if (response.statusCode !== 200) {
        // A server that is about to stop says so; anything else is a fault of the test.
        if (response.statusCode !== 503) throw new Error(`${technique}: ${response.statusCode}`);
        over = true;
        return void response.resume();
      }
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (!whole) text = text.slice(take(text));
      });
      response.on('end', () => {
        if (whole) take(text);
        end('in order');
      });
      response.on('error', () => end('broken'));
    });
    current = request;
    request.on('error', () => end('broken'));
  }

  function take(text: string): number {
    const { events: more, read: length } = read(text);
    events.push(...more);
    cursor = more[more.length - 1]?.id ?? cursor;
    return length;
  }

  ask();
  return {
    technique,
    events,
    endings,
    cut: () => current?.destroy(),
    close() {
      over = true;
      clearTimeout(timer);
      agent.destroy();
      current?.destroy();
    },
  };
}

function overWebSocket(room: string, more: string, after?: string): Listener {
  const events: RoomEvent[] = [];
  const endings: number[] = [];
  let cursor = after;
  let over = false;
  let socket!: WebSocket;
  let timer: NodeJS.Timeout | undefined;

  function open(): void {
    socket = new WebSocket(`${room.replace('http', 'ws')}/websocket?${queryOf(cursor)}${more}`);
    socket.on('message', (data) => {
      const event = JSON.parse(String(data)) as RoomEvent | { type: 'heartbeat' };
      if (event.type === 'heartbeat') return;
      events.push(event);
      cursor = event.id;
    });
    // A cut is the test's own doing; the close that follows is what counts.
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      endings.push(code);
      if (!over) timer = setTimeout(open, POLL_MS);
    });
  }

  open();
  return {
    technique: 'websocket',
    events,
    endings,
    cut: () => socket.terminate(),
    close() {
      over = true;
      clearTimeout(timer);
      socket.terminate();
    },
  };
}

function queryOf(cursor: string | undefined): string {
  return cursor === undefined ? 't=' : `after=${cursor}`;
}

/** The lab on whose origins the transports of this tab live, so that their traffic is on the wire. */
import { attachPage, until, useLab } from '../../lab/index.ts';
import { bridge } from '../../stage/index.ts';
import { connectInFrame } from '../frame-connection.ts';
import { lanesOf, portsFor } from '../lanes.ts';
import { createRoomApi, RoomError } from '../room-api.ts';
import { createTalk } from './talk.ts';
import type { TalkPage } from './talk-context.ts';

/** The room of the page at `/chat`. */
export const ROOM = 'lobby';
/** Of the lab: for two pages with two transports each, the last one and the one that takes its place. */
const PORTS = 8;

/** After this long without a lab the server counts as unreachable, ms. */
const OPENS_WITHIN_MS = 15_000;

interface OpenLab {
  run: number;
  ports: readonly { port: number; url: string }[];
}

/**
 * One talk for each page; they share the lab, so that one wire shows them all.
 *
 * @param names of pages side by side, or null for the only one.
 */
export function openPages(names: readonly (string | null)[]): TalkPage[] {
  const lab = labOpener();
  const share = PORTS / names.length;
  return names.map((name, index) => {
    /** Counts transports of this page. */
    let places = 0;
    const talk = createTalk({
      api: createRoomApi(ROOM),
      room: ROOM,
      async place(technique) {
        const { run, ports } = await lab();
        // Other ports each time: on those of before the browser may have connections open, and their ends would mix.
        const from = index * share + ((portsFor(1) * places++) % share);
        const [lane] = lanesOf([technique], { run, ports: ports.slice(from, from + portsFor(1)) });
        return { pageUrl: lane!.pageUrl, origin: lane!.origin };
      },
      connect: (options, events) =>
        connectInFrame(
          {
            ...options,
            container: document.body,
            onFrame: (frame) =>
              bridge({
                ...{ frame, url: options.pageUrl, host: window, origins: () => ({}) },
                attach: (send) => attachPage(send, name),
              }).end,
          },
          events,
        ),
    });
    return { name, talk };
  });
}

/** Hands out the running lab, and makes one when there is none: one also when two pages join at once. */
function labOpener(): () => Promise<OpenLab> {
  let opening: Promise<OpenLab> | undefined;
  return () => {
    opening ??= runningLab().finally(() => (opening = undefined));
    return opening;
  };
}

/** The lab with its ports. @throws RoomError UNREACHABLE, or the server's code. */
async function runningLab(): Promise<OpenLab> {
  const { phase, start, conditions } = useLab.getState();
  if (phase !== 'running') {
    await start({ files: {}, page: 'same-origin', conditions, room: { ports: PORTS } });
  }
  const found = await until(
    useLab,
    ({ phase, error, run }) => {
      if (phase === 'failed' || phase === 'unreachable')
        return { refusal: new RoomError(error?.code ?? 'UNREACHABLE', error?.message ?? '', error?.params) };
      return run && run.ports.length >= PORTS ? { lab: { run: run.number, ports: run.ports } } : undefined;
    },
    OPENS_WITHIN_MS,
  );
  if (!found) throw new RoomError('UNREACHABLE', 'The lab did not open its ports.');
  if ('refusal' in found) throw found.refusal;
  return found.lab;
}

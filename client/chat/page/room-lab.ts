/** The lab on whose origins this page's transport lives, so that its traffic is on the wire. */
import { attachPage, useLab } from '../../lab/index.ts';
import { bridge } from '../../stage/index.ts';
import { connectInFrame } from '../frame-connection.ts';
import { lanesOf, portsFor } from '../lanes.ts';
import { createRoomApi, RoomError } from '../room-api.ts';
import { createTalk } from './talk.ts';

const ROOM = 'lobby';
/** Of its lab. */
const PORTS = 8;
/** Counts transports. */
let places = 0;

/** After this long without a lab the server counts as unreachable, ms. */
const OPENS_WITHIN_MS = 15_000;

export const useTalk = createTalk({
  api: createRoomApi(ROOM),
  room: ROOM,
  async place(technique) {
    const { run, ports } = await runningLab();
    // Other ports each time: on those of before the browser may have connections open, and their ends would mix.
    const from = (portsFor(1) * places++) % ports.length;
    const [lane] = lanesOf([technique], { run, ports: ports.slice(from, from + portsFor(1)) });
    return { pageUrl: lane!.pageUrl, origin: lane!.origin };
  },
  connect(options, events) {
    const { pageUrl } = options;
    const container = document.body;
    return connectInFrame(
      {
        ...options,
        container,
        onFrame(frame) {
          const joined = bridge({
            ...{ frame, url: pageUrl, attach: attachPage, host: window },
            origins: () => ({}),
          });
          return joined.end;
        },
      },
      events,
    );
  },
});

/** The lab with its ports, made when there is none. @throws RoomError UNREACHABLE, or the server's code. */
async function runningLab(): Promise<{ run: number; ports: readonly { port: number; url: string }[] }> {
  const { phase, start, conditions } = useLab.getState();
  if (phase !== 'running') {
    await start({ files: {}, page: 'same-origin', conditions, room: { ports: PORTS } });
  }
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const { phase, error, run } = useLab.getState();
      if (phase === 'failed' || phase === 'unreachable') {
        reject(new RoomError(error?.code ?? 'UNREACHABLE', error?.message ?? '', error?.params));
        return true;
      }
      if (!run || run.ports.length < PORTS) return false;
      resolve({ run: run.number, ports: run.ports });
      return true;
    };
    if (look()) return;
    const timer = setTimeout(() => {
      stop();
      reject(new RoomError('UNREACHABLE', 'The lab did not open its ports.'));
    }, OPENS_WITHIN_MS);
    const stop = useLab.subscribe(() => {
      if (!look()) return;
      clearTimeout(timer);
      stop();
    });
  });
}

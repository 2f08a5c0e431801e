/**
 * A lab whose server is the room, for one race: its ports, its network, and the record of what crosses.
 *
 * Own and short-lived: the lab of the lessons (`client/lab`) is not touched.
 */
import type { CutBody } from '#protocol/labs';
import type { Conditions } from '#protocol/telemetry';
import { createCapture, type Dissector } from '../../capture/index.ts';
import type { Run, WireMessage } from '../../capture/run.ts';
import { createDissectorWorker } from '../../dissect/client.ts';
import { connectLab, createLabApi } from '../../lab/index.ts';

export interface RoomLab {
  run: number;
  ports: { port: number; url: string }[];
  /** Lab time 0 on the room's clock. */
  roomZero: number;
  /** What was recorded; null before the first event came. */
  recorded(): Run | null;
  bytesOf(message: WireMessage): Uint8Array;
  /** Lab time of a moment of this page's clock; undefined while the lab's clock is not known. */
  labTime(performanceNow: number): number | undefined;
  cut(how?: CutBody): Promise<void>;
  /** Resolves when what has crossed by now is recorded and read. */
  settled(): Promise<void>;
  close(): void;
}

/** The telemetry of what has just happened is under way for so long at most, ms. */
const TELEMETRY_MS = 250;

/** @throws RefusedError, UnreachableError. @param onLost nothing is recorded any more. */
export async function openRoomLab(
  ports: number,
  conditions: Partial<Conditions>,
  onLost: () => void,
): Promise<RoomLab> {
  const api = createLabApi();
  const {
    id,
    token,
    run,
    ports: opened,
    room,
  } = await api.create({ files: {}, conditions, room: { ports } });
  const key = { id, token };
  let recorded: Run | null = null;
  let dissector: Dissector | undefined;
  const capture = createCapture({
    createDissector: (onUpdates) => (dissector = createDissectorWorker(onUpdates)),
    onRun: (snapshot) => (recorded = snapshot),
  });
  const session = connectLab(api, key, {
    onEvents: (events) => capture.telemetry(events),
    onClock() {},
    onOpen() {},
    onLost,
    onStillLost: onLost,
    onGone: onLost,
  });
  let isOpen = true;
  return {
    run,
    ports: opened,
    roomZero: room!.at,
    recorded: () => recorded,
    bytesOf: (message) => capture.bytesOf(message),
    labTime(now) {
      const offset = session.clock(run)?.estimate.offset;
      return offset === undefined ? undefined : now + offset;
    },
    async cut(how = {}) {
      if (isOpen) await api.cut(key, how);
    },
    async settled() {
      await new Promise((resolve) => setTimeout(resolve, TELEMETRY_MS));
      await dissector?.settled?.(0);
      capture.flush();
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      session.close();
      capture.close();
      api.forget(key).catch(() => undefined); // The server ends idle labs by itself.
    },
  };
}

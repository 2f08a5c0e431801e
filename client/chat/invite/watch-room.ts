/** How many are in a room, for as long as somebody looks; told by the room itself, over server-sent events. */
import type { MemberView, RoomEvent, RoomView } from '#protocol/chat';
import { membersAfter } from '../members.ts';
import { createRoomApi, RoomError } from '../room-api.ts';

/** Until the next attempt when the room could not be looked at, ms. */
const RETRY_MS = 2_000;

/** @param onCount null while it is not known. @returns ends it. */
export function watchRoom(room: string, onCount: (count: number | null) => void): () => void {
  const api = createRoomApi(room);
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  async function look(): Promise<void> {
    try {
      const view = await api.look();
      if (!isOver) source = listen(view);
    } catch (error) {
      if (!(error instanceof RoomError)) throw error;
      if (!isOver) again();
    }
  }

  function again(): void {
    source?.close();
    onCount(null);
    timer = setTimeout(() => void look(), RETRY_MS);
  }

  /** From the view's cursor on, who comes and goes is told. */
  function listen({ members, cursor }: RoomView): EventSource {
    let here: readonly MemberView[] = members;
    onCount(here.length);
    const events = new EventSource(`/api/chat/${room}/sse?after=${cursor}`);
    events.onmessage = ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as RoomEvent;
      if (event.type === 'gap') return again();
      here = membersAfter(here, event);
      onCount(here.length);
    };
    // A room that has begun anew has other members: looked at, not resumed.
    events.onerror = again;
    return events;
  }

  void look();
  return () => {
    isOver = true;
    clearTimeout(timer);
    source?.close();
  };
}

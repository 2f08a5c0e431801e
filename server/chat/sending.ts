/** What every request that sends has in common. */
import type { Rooms } from './rooms.ts';
import type { SendBody, SentView } from './protocol.ts';

/** @throws CodedError ROOM_LIMIT, SERVER_STOPPING, MEMBER_UNKNOWN. */
export function send(rooms: Rooms, name: string, body: SendBody): SentView {
  const { room } = rooms.open(name);
  return room.send(room.member(body.key), body);
}

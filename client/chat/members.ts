import type { MemberView, RoomEvent } from '#protocol/chat';

/** Who is in the room after an event that comes after these were. */
export function membersAfter(members: readonly MemberView[], event: RoomEvent): readonly MemberView[] {
  if (event.type === 'joined') return [...members.filter(({ id }) => id !== event.member.id), event.member];
  if (event.type === 'left') return members.filter(({ id }) => id !== event.member.id);
  return members;
}

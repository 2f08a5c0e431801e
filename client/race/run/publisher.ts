/** Publishes messages at their times, one after the other, and knows when the room has published them. */
import { RoomError, type RoomApi } from '../../chat/index.ts';

/** Who says nothing for 30 s has left the room, and everyone would be told so, ms. */
const PRESENT_EVERY_MS = 10_000;

export interface PublishedMessage {
  text: string;
  /** ms since everyone was connected. */
  planned: number;
  /** Its cursor in the room; null until it is published. */
  id: string | null;
  /** Lab time at which the room said that it had published it; the event itself knows better. */
  said: number | null;
}

/** @param now lab time. */
export function createPublisher(api: RoomApi, now: () => number) {
  const messages: PublishedMessage[] = [];
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let key = '';
  let seq = 0;
  let last = '';
  let presence: ReturnType<typeof setInterval> | undefined;
  /** The room takes an earlier number for something that it has published already: one after the other. */
  let sending: Promise<void> = Promise.resolve();

  async function publish(message: PublishedMessage): Promise<void> {
    last = message.text;
    seq++;
    const sent = await send();
    message.id = sent.id;
    message.said = now();
  }

  async function send() {
    try {
      return await api.send({ key, seq, text: last });
    } catch (error) {
      if (!(error instanceof RoomError && error.code === 'MEMBER_UNKNOWN')) throw error;
      await join();
      return await api.send({ key, seq, text: last });
    }
  }

  async function join(): Promise<void> {
    key = (await api.join('race')).key;
  }

  /** What was said already, by its number, is published once: the room only hears that we are there. */
  function isPresent(): void {
    if (seq > 0) sending = sending.then(async () => void (await send())).catch(ignore);
  }

  return {
    messages: messages as readonly PublishedMessage[],
    /** Whether everything that was planned is published. */
    get isDone(): boolean {
      return messages.every(({ id }) => id !== null);
    },
    /** Time of the last message, ms since everyone was connected. */
    get last(): number {
      return Math.max(0, ...messages.map((message) => message.planned));
    },
    /** @returns the room's newest cursor: listeners go on after it. */
    async join(): Promise<string> {
      presence = setInterval(isPresent, PRESENT_EVERY_MS);
      await join();
      // The joining itself is published by now, and is no part of the race.
      return (await api.look()).cursor;
    },
    /** @param wait ms from now. */
    plan(text: string, at: number, wait: number): void {
      const message: PublishedMessage = { text, planned: at, id: null, said: null };
      messages.push(message);
      const timer = setTimeout(() => {
        timers.delete(timer);
        sending = sending.then(() => publish(message)).catch(ignore);
      }, wait);
      timers.add(timer);
    },
    stop(): void {
      clearInterval(presence);
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
    leave(): void {
      if (key !== '') api.leave(key).catch(ignore);
    },
  };
}

/** What was not published stays so, and is seen. */
function ignore(): void {}

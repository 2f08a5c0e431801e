import { describe, expect, it } from 'vitest';
import { HEARTBEAT_MS as ROOM_HEARTBEAT_MS, HOLD_S, RETRY_MS } from '../../../server/chat/limits.ts';
import { scriptFraming } from '../../../server/chat/script-framing.ts';
import { lines } from '../../../server/chat/transports/xhr-streaming.ts';
import { HEARTBEAT_BYTES, HEARTBEAT_MS, HOLD_MS, RECONNECT_MS } from './silence.ts';

/** As a chunk (RFC 9112 §7.1). */
const chunk = (bytes: number) => bytes + bytes.toString(16).length + 4;

describe('what is known of the room’s silence', () => {
  it('is what the room does', () => {
    expect(HOLD_MS).toBe(HOLD_S * 1_000);
    expect(HEARTBEAT_MS).toBe(ROOM_HEARTBEAT_MS);
    expect(RECONNECT_MS.browser).toBe(RETRY_MS);
  });

  it('has the bytes of its signs of life', () => {
    expect(HEARTBEAT_BYTES['xhr-streaming']).toBe(chunk(lines.heartbeat.length));
    expect(HEARTBEAT_BYTES['forever-iframe']).toBe(chunk(scriptFraming('chat1').heartbeat.length));
  });
});

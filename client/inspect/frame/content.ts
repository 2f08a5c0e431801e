import type { WireMessage } from '../../capture/run.ts';
import type { WebSocketMessageContent } from '../../dissect/records.ts';

/** The message that a frame is of, or what the control frame says; null when its opcode means nothing. */
export function contentOf({ contents }: WireMessage): WebSocketMessageContent | null {
  return contents.find((content) => content.kind === 'websocket-message') ?? null;
}

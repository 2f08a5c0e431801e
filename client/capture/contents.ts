import type { ContentRecord } from '../dissect/records.ts';
import type { WireMessage } from './run.ts';

/**
 * What of a message's contents is complete with this message's bytes and handed to code: dispatched events,
 * calls, WebSocket messages, but no control frames (RFC 6455 §5.5). What goes over several chunks or frames
 * is listed in all of them, and counts in the last.
 */
export function contentsEndingIn({
  contents,
  record,
}: Pick<WireMessage, 'contents' | 'record'>): ContentRecord[] {
  if (contents.length === 0) return contents;
  return contents.filter((content) => {
    const end = content.ranges.at(-1)?.end ?? 0;
    return content.complete && end > record.start && end <= record.end && isHanded(content);
  });
}

/** Whether code is handed it once it is complete. */
export function isHanded(content: ContentRecord): boolean {
  if (content.kind === 'sse-event') return content.dispatched;
  return content.kind === 'script-call' || content.opcode < 8;
}

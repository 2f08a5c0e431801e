import { CONTINUATION, isControl, isReserved } from './opcodes.ts';
import type { FrameHeader } from './frame-header.ts';

/** What a frame's header has to be judged by. */
export interface FrameSetting {
  direction: 'up' | 'down';
  /** RFC 7692 was agreed on. */
  deflate: boolean;
  /** A message is not complete yet. */
  inMessage: boolean;
  /** This side has sent its Close. */
  closed: boolean;
}

const RSV1 = 4;

/** What breaks the protocol in a frame's header: `report` is called with a key of `inspect:malformed.` and an offset. */
export function judgeHeader(
  header: FrameHeader,
  setting: FrameSetting,
  report: (reason: string, offset: number) => void,
): void {
  const { fin, rsv, opcode, maskingKey, payloadLength } = header;
  const control = isControl(opcode);
  const isFirst = !control && opcode !== CONTINUATION;
  // RFC 7692 §6: RSV1 belongs to the first frame of a message, and to no control frame.
  const allowed = setting.deflate && isFirst ? RSV1 : 0;
  if ((rsv & ~allowed) !== 0) report(setting.deflate && rsv === RSV1 ? 'wsRsv1' : 'wsReservedBits', 0);
  if (isReserved(opcode)) report('wsOpcode', 0);
  if (control && !fin) report('wsControlFragmented', 0);
  if (opcode === CONTINUATION && !setting.inMessage) report('wsContinuation', 0);
  if (isFirst && setting.inMessage && !isReserved(opcode)) report('wsInterrupted', 0);
  if (setting.closed && !control) report('wsAfterClose', 0);
  if (setting.direction === 'up' && maskingKey === null) report('wsUnmasked', 1);
  if (setting.direction === 'down' && maskingKey !== null) report('wsMasked', 1);
  if (control && payloadLength > 125) report('wsControlLength', 1);
  if (!header.isMinimal) report('wsLengthForm', 2);
  if (!header.isPositive) report('wsLengthBit', 2);
}

/** RFC 6455 §7.4: may this code be sent in a Close? 1005, 1006 and 1015 only ever say what happened locally. */
function isCloseCode(code: number): boolean {
  if (code >= 3000 && code < 5000) return true;
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006;
}

/** §5.5.1: what is wrong with the payload of a Close. */
export function judgeClose(size: number, code: number | null): 'wsCloseLength' | 'wsCloseCode' | null {
  if (size === 0) return null;
  if (size === 1 || code === null) return 'wsCloseLength';
  return isCloseCode(code) ? null : 'wsCloseCode';
}

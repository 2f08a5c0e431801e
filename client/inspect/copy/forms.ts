import type { Run, WireMessage } from '../../capture/run.ts';
import { unmask } from '../../dissect/index.ts';
import type { FrameRecord } from '../../dissect/records.ts';
import { contentOf } from '../frame/content.ts';
import { hexCopy, textCopy, unrecordedRanges } from '../recorded.ts';
import { curlOf } from './curl.ts';
import { bytesLiteral, scriptOfFrame, scriptOfRequest } from './javascript.ts';
import { eventTypesOf, requestOf } from './request.ts';

/** As what a message can be copied. */
export type CopyForm = 'hex' | 'text' | 'curl' | 'javascript';

/** What copying needs to know. */
export interface CopySource {
  run: Run;
  message: WireMessage;
  bytesOf: (message: WireMessage) => Uint8Array;
  /** Says in words that so many bytes were not recorded. */
  missing: (length: number) => string;
}

/** The forms that make sense for a message: only a request can be made again by `curl`. */
export function formsOf({ record }: WireMessage): CopyForm[] {
  return record.kind === 'request' ? ['hex', 'text', 'curl', 'javascript'] : ['hex', 'text', 'javascript'];
}

/** Makes the text of each form. */
export const FORMS: Record<CopyForm, (source: CopySource) => string> = {
  hex: ({ message, bytesOf }) => hexCopy(bytesOf(message), unrecordedRanges(message)),
  text: ({ message, bytesOf, missing }) =>
    message.record.kind === 'frame'
      ? textOfFrame(message.record, message, bytesOf(message))
      : textCopy(bytesOf(message), unrecordedRanges(message), missing),
  curl({ run, message, bytesOf }) {
    const request = requestOf(run, message, bytesOf);
    return request ? `${curlOf(request)}\n` : '';
  },
  javascript({ run, message, bytesOf }) {
    const bytes = bytesOf(message);
    const { record } = message;
    const request = requestOf(run, message, bytesOf);
    if (request) return scriptOfRequest(request, eventTypesOf(run, message));
    const sent =
      record.kind === 'frame'
        ? scriptOfFrame(
            record,
            payloadOf(record, bytes),
            contentOf(message),
            message.direction === 'up' ? openingOf(run, message, bytesOf) : null,
          )
        : null;
    return sent ?? `const bytes = ${bytesLiteral(bytes)};\n`;
  },
};

/** What a frame says: masked bytes are no text. */
function textOfFrame(record: FrameRecord, message: WireMessage, bytes: Uint8Array): string {
  const content = contentOf(message);
  if (content !== null && content.inflatedSize !== null) return content.text;
  return new TextDecoder().decode(payloadOf(record, bytes).subarray(record.opcode === 8 ? 2 : 0));
}

function payloadOf({ maskingKey, headerLength }: FrameRecord, bytes: Uint8Array): Uint8Array {
  const payload = bytes.subarray(headerLength);
  return maskingKey === null ? payload : unmask(payload, maskingKey, 0).slice();
}

/** The request that opened the socket of a frame: the last one on its connection. */
function openingOf(run: Run, { id, connection }: WireMessage, bytesOf: CopySource['bytesOf']) {
  let place = run.messages.indexOf(id);
  while ((place = run.messages.lastOf(connection, place, 'up')) >= 0) {
    const request = requestOf(run, run.messages.at(place)!, bytesOf);
    if (request) return request;
  }
  return null;
}

import { headerValue } from '../http1/body-note.ts';
import type { HttpMessageRecord } from '../records.ts';
import type { RecordWriter } from '../stream/record-writer.ts';
import type { BodyReader } from './body-reader.ts';
import { EventStreamReader } from './event-stream.ts';
import { FormReader } from './form.ts';
import { HtmlStreamReader } from './html-stream.ts';
import { MultipartReader } from './multipart.ts';
import { ScriptBodyReader } from './script-body.ts';

const SCRIPT = /^(text|application)\/(x-)?(javascript|ecmascript)$/;

/** What a body reader has to know of its message. */
export interface BodySetting {
  message: HttpMessageRecord;
  /** The request that it answers; undefined for a request, or when it is not known. */
  request: HttpMessageRecord | undefined;
  /** False when reading begins somewhere inside the body. */
  isStart: boolean;
}

/** The reader of what the body of this message carries; null when all of it is data. */
export function bodyReaderFor(
  { message, request, isStart }: BodySetting,
  { contents, fields }: RecordWriter,
): BodyReader | null {
  const encoding = headerValue(message, 'content-encoding').toLowerCase();
  // Compressed bodies are shown as what they are: bytes.
  if (encoding !== '' && encoding !== 'identity') return null;
  const contentType = headerValue(message, 'content-type');
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (type === 'text/event-stream') {
    const lastEventId = request ? headerValue(request, 'last-event-id') : '';
    return new EventStreamReader(contents, fields, lastEventId, isStart);
  }
  if (SCRIPT.test(type)) return new ScriptBodyReader(contents, fields);
  // A page that comes as a whole is a page; one that comes bit by bit can be a forever frame.
  if (type === 'text/html' && message.body.framing !== 'content-length')
    return new HtmlStreamReader(contents, fields);
  if (type === 'application/x-www-form-urlencoded') return new FormReader(fields);
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  if (type.startsWith('multipart/') && boundary) {
    return new MultipartReader(fields, boundary[1] ?? boundary[2]!);
  }
  return null;
}

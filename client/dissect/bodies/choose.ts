import type { HttpMessageRecord } from '../records.ts';
import type { RecordWriter } from '../stream/record-writer.ts';
import type { BodyReader } from './body-reader.ts';

/** The reader of what the body of this message carries; null when all of it is data. */
export function bodyReaderFor(_message: HttpMessageRecord, _out: RecordWriter): BodyReader | null {
  return null;
}

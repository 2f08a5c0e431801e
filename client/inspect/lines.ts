import type { Field, HttpMessageRecord, Malformed } from '../dissect/records.ts';

/** One line of a head: its fields, its line end among them. */
export interface HeadLine {
  from: number;
  to: number;
  /** Indexes in the message's fields. */
  fields: number[];
  /** The field whose meaning is the line's. */
  main: number;
  malformed: Malformed[];
}

/** The lines of a message's head; a last line without an end is still coming, or was cut off. */
export function headLines(record: HttpMessageRecord, fields: readonly Field[]): HeadLine[] {
  const lines: HeadLine[] = [];
  let open: HeadLine | null = null;
  for (const [index, field] of fields.entries()) {
    if (field.start >= record.bodyStart) break;
    open ??= { from: field.start, to: field.end, fields: [], main: index, malformed: [] };
    open.fields.push(index);
    open.to = field.end;
    if (field.role !== 'edge') continue;
    lines.push(open);
    open = null;
  }
  if (open) lines.push(open);
  // The status says more than the version in front of it.
  for (const line of lines) {
    const status = line.fields.find((index) => fields[index]!.note.startsWith('inspect:status.'));
    if (status !== undefined) line.main = status;
  }
  for (const note of record.malformed) {
    const line = lines.findLast(({ from }) => from <= note.offset);
    if (line && (note.offset < record.bodyStart || record.bodyStart === record.end - record.start)) {
      line.malformed.push(note);
    }
  }
  return lines;
}

/** Is this the line `GET / HTTP/1.1`? Its meaning is the line's, not that of one field. */
export function isRequestLine(fields: readonly Field[], line: HeadLine): boolean {
  return line.fields.some((index) => fields[index]!.note.startsWith('inspect:method.'));
}

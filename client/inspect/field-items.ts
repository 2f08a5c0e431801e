import type { Field, Malformed } from '../dissect/records.ts';
import type { Range } from './recorded.ts';
import { fieldAt } from './rows.ts';

/** What the list says of a field. */
export type Meaning = Pick<Field, 'role' | 'name' | 'note' | 'params'>;

/** A row of the list of fields: a field, or a note at its place. */
export type FieldItem = { type: 'field'; index: number } | { type: 'note'; index: number; note: Malformed };

/** The fields within a range, each followed by what is malformed in it. */
export function fieldItems(
  fields: readonly Field[],
  malformed: readonly Malformed[],
  { from, to }: Range,
): FieldItem[] {
  const first = fieldAt(fields, from);
  if (first < 0) return [];
  const notes = new Map<number, Malformed[]>();
  for (const note of malformed) {
    if (note.offset < from || note.offset > to) continue;
    const found = fieldAt(fields, note.offset);
    // Noted behind the last byte: what should have come is missing.
    const index = found < 0 ? fields.length - 1 : found;
    notes.set(index, [...(notes.get(index) ?? []), note]);
  }
  const items: FieldItem[] = [];
  for (let index = first; index < fields.length && fields[index]!.start < to; index++) {
    items.push({ type: 'field', index });
    for (const note of notes.get(index) ?? []) items.push({ type: 'note', index, note });
  }
  return items;
}

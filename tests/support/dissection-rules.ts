/** What holds of everything that was dissected, whatever the bytes were. */
import type { DissectDirection } from '../../client/dissect/connection.ts';
import type { Dissection } from './dissection.ts';

/** The first rule that is broken, in words; null when all hold. Fields are read only `withFields`. */
export function brokenRule(dissection: Dissection, withFields: boolean): string | null {
  return brokenIn(dissection, 'up', withFields) ?? brokenIn(dissection, 'down', withFields);
}

function brokenIn(dissection: Dissection, direction: DissectDirection, withFields: boolean): string | null {
  let at = 0;
  const records = dissection.records(direction);
  for (const [index, record] of records.entries()) {
    const name = `${direction} ${index} ${record.kind}`;
    if (record.start !== at) return `${name} begins at ${record.start}, not at ${at}`;
    if (record.end <= record.start) return `${name} is empty`;
    const length = record.end - record.start;
    if (record.data < 0 || record.data > length)
      return `${name} has ${record.data} bytes of data in ${length}`;
    const misplaced = record.malformed.find(({ offset }) => offset < 0 || offset > length);
    if (misplaced) return `${name} has ${misplaced.reason} at ${misplaced.offset}`;
    if ('message' in record && records[record.message]?.protocol !== 'http1') return `${name} has no message`;
    at = record.end;
    if (!withFields) continue;
    let inRecord = 0;
    let data = 0;
    for (const { start, end, role } of dissection.fields(direction, record)) {
      if (start !== inRecord || end <= start) return `${name} has a field [${start}, ${end}) at ${inRecord}`;
      if (role === 'data') data += end - start;
      inRecord = end;
    }
    if (inRecord !== length) return `${name} has fields for ${inRecord} bytes of ${length}`;
    if (data !== record.data) return `${name} has ${record.data} bytes of data, its fields ${data}`;
  }
  if (at !== dissection.length(direction)) return `${direction} has records for ${at} bytes`;
  for (const [index, content] of [...dissection.contents(direction)].entries()) {
    if (!content) return `${direction} has no content ${index}`;
    let last = 0;
    for (const { start, end } of content.ranges) {
      if (start < last || end <= start || end > at)
        return `${direction} content ${index} lies at [${start}, ${end})`;
      last = end;
    }
    if (last === 0) return `${direction} content ${index} lies nowhere`;
  }
  return null;
}

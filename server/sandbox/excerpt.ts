/** The line of an error with a caret under the place, as Node prints it above an uncaught error. */
const LONGEST_LINE = 160;

/** Undefined for a line that is not there or too long to be read. Lines and columns count from 1. */
export function excerptAt(
  source: string,
  { line, column }: { line: number; column: number },
): string | undefined {
  const text = source.split('\n')[line - 1]?.replace(/\r$/, '');
  if (text === undefined || text.trim() === '' || text.length > LONGEST_LINE) return undefined;
  return `${text}\n${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}^`;
}

/** One hostile program and how it must end. */
import type { ErrorCode } from '../../server/errors/protocol.ts';

export interface Attack {
  /** A sentence. */
  title: string;
  code: string | Record<string, string>;
  /** Sent to the program's first port once it listens; more than one on connections of their own. */
  send?: string | string[];
  /**
   * Codes it may end with; `harmless`: it does not end by an error, and prints `alive`; `itself`: it may go on,
   * break or hang, as long as only it does.
   */
  ends: ErrorCode[] | 'harmless' | 'itself';
  /** `params.limit` of the error. */
  limit?: string;
}

export const GET = 'GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n';

/** A server whose handler is `body`. */
export function handler(body: string): string {
  return `require('http').createServer((req, res) => { ${body} }).listen(0);`;
}

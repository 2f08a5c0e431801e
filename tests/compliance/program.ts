/** A program that runs in real Node and in a lab: both must send the same bytes and print the same lines. */
export interface Program {
  /** A sentence in the present: what the program shows. */
  title: string;
  /** `server.js`, unless `files` has it; `http` is there already. */
  code: string;
  files?: Record<string, string>;
  /** Raw bytes for port 8088, one list per connection, one after the other; absent: nothing connects. */
  send?: Step[] | Step[][];
}

/** Text (latin1) is written; the other steps wait for the server's bytes, or end the connection. */
export type Step = string | { until: string } | { half: true } | { reset: true };

/** What is compared. */
export interface Outcome {
  /** Per connection, as latin1, `Date` masked. */
  bytes: string[];
  /** Standard output and errors, line by line. */
  lines: string[];
  /** How the program ended when it did so by itself. */
  exit?: number;
}

const CRLF = '\r\n';
export const get = (target = '/', extra = ''): string =>
  `GET ${target} HTTP/1.1${CRLF}Host: lab${CRLF}${extra}${CRLF}`;
/** A request after which the server closes. */
export const last = (target = '/', extra = ''): string => get(target, `Connection: close${CRLF}${extra}`);
export const post = (body: string, extra = ''): string =>
  `POST /p HTTP/1.1${CRLF}Host: lab${CRLF}Connection: close${CRLF}Content-Length: ${body.length}${CRLF}${extra}${CRLF}${body}`;
export const handler = (body: string): string => `http.createServer((req, res) => { ${body} }).listen(8088);`;
export const asyncHandler = (body: string): string =>
  `http.createServer(async (req, res) => { ${body} }).listen(8088);`;

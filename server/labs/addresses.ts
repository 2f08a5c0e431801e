/**
 * Addresses in a learner's code: `http://localhost:8088/` means this lab, wherever it really listens for 8088, and so
 * do the other names of this computer. A real address of the lab means itself.
 *
 * Shared by the server, for the page's HTML, and by the runtime in the page. Compiled with neither Node nor DOM types.
 */

/** Port that the server code listens on to the real origin, e.g. `{ 8088: 'http://localhost:20011' }`. */
export type Origins = Readonly<Record<number, string>>;

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 };

/** Scheme (absent in `//host/`), host and port, with nothing of a path. */
const ORIGIN = /^\s*((?:https?|wss?):)?\/\/(\[[\da-f:]+\]|[^\s/?#\\:@[\]]+)(?::(\d*))?(?=[/?#\\\s]|$)/i;

/** Elements whose addresses the browser asks for by itself; what a link names is asked for when it is followed. */
const TAG =
  /<(?:script|iframe|frame|img|link|form|embed|object|source|video|audio|track|input|button)\b[^>]*>/gi;
const ATTRIBUTE =
  /(\s(?:src|href|action|formaction|data|poster)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

/**
 * The address that a browser can ask for.
 *
 * @param own Origin of the page, which means itself too.
 */
export function realAddress(url: string, origins: Origins, own?: string): string {
  const [text, scheme, host = '', digits] = ORIGIN.exec(url) ?? [];
  if (text === undefined) return url;
  const protocol = scheme?.toLowerCase() ?? 'http:';
  const port = digits ? Number(digits) : DEFAULT_PORTS[protocol]!;
  const real = Object.hasOwn(origins, port) ? origins[port] : undefined;
  if (real === undefined) return url;
  const all = own === undefined ? Object.values(origins) : [...Object.values(origins), own];
  const name = host.toLowerCase();
  if (!LOOPBACK.includes(name) && !all.some((origin) => hostOf(origin) === name)) return url;
  // A port that one server asked for may be the real one of another: the real one wins.
  if (all.includes(`http://${name}:${port}`) || all.includes(`https://${name}:${port}`)) return url;
  const target = protocol.startsWith('ws') ? real.replace(/^http/, 'ws') : real;
  return target + url.slice(text.length);
}

/** The same HTML with `real` applied to every address that the browser would ask for by itself. */
export function realInHtml(html: string, real: (url: string) => string): string {
  if (!html.includes('//')) return html;
  return html.replace(TAG, (tag) =>
    tag.replace(ATTRIBUTE, (all, before: string, double?: string, single?: string, bare?: string) => {
      const url = double ?? single ?? bare ?? '';
      const mapped = real(url);
      if (mapped === url) return all;
      return before + (double !== undefined ? `"${mapped}"` : single !== undefined ? `'${mapped}'` : mapped);
    }),
  );
}

function hostOf(origin: string): string | undefined {
  return ORIGIN.exec(origin)?.[2];
}

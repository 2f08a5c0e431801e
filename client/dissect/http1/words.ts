/** RFC 9110 §9.3, RFC 5789, and the WebDAV methods are left to `other`. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

/** Status codes with a meaning of their own: RFC 9110 §15, and those registered since. */
export const STATUS_CODES = [
  100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307,
  308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421,
  422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
] as const;

const KNOWN_STATUS = new Set<number>(STATUS_CODES);

export function isKnownMethod(method: string): boolean {
  return METHODS.includes(method);
}

/** i18n key of what a method asks for. */
export function methodNote(method: string): string {
  return `inspect:method.${isKnownMethod(method) ? method : 'other'}`;
}

/** i18n key of what a status says; by class where it has no text of its own (RFC 9110 §15). */
export function statusNote(status: number): string {
  if (KNOWN_STATUS.has(status)) return `inspect:status.${status}`;
  const family = Math.floor(status / 100);
  return `inspect:status.${family >= 1 && family <= 5 ? `${family}xx` : 'other'}`;
}

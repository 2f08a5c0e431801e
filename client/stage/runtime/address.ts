/** The address as the browser will ask for it; as written when it is none. */
export function absolute(url: string, base: string): string {
  try {
    return new URL(url, base).href;
  } catch {
    return url;
  }
}

/** The method as it is sent: fetch and XMLHttpRequest put these in upper case (Fetch §2.2.1), others go as they are written. */
export function normalised(method: string): string {
  return /^(delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method;
}

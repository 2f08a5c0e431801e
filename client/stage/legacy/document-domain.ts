import type { PageWindow } from '../runtime/page-window.ts';

/**
 * Lets `document.domain` be set to the host or to what it ends with, without effect.
 *
 * In a sandboxed frame, which the learner's page is, the browser's own setter throws; elsewhere setting it to what it is
 * already may shut the parent out. Servers of forever frames write `document.domain = document.domain` first of all.
 */
export function openDocumentDomain(page: PageWindow): void {
  const { prototype } = page.Document;
  const SecurityError = page.DOMException;
  const domains = new WeakMap<Document, string>();
  const domainOf = (document: Document): string => domains.get(document) ?? hostOf(page);
  Object.defineProperty(prototype, 'domain', {
    configurable: true,
    enumerable: true,
    get(this: Document) {
      return domainOf(this);
    },
    set(this: Document, value: unknown) {
      const domain = String(value).toLowerCase();
      const present = domainOf(this);
      if (domain === '' || (present !== domain && !present.endsWith(`.${domain}`))) {
        throw new SecurityError(`'${domain}' is not a suffix of '${present}'.`, 'SecurityError');
      }
      domains.set(this, domain);
    },
  });
}

/** Documents made by script have the address of nobody: their host is that of who made them. */
function hostOf(page: Window): string {
  const { hostname } = page.location;
  return hostname === '' && page.parent !== page ? hostOf(page.parent) : hostname;
}

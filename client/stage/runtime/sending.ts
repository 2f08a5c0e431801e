import type { BeaconEvent, FormEvent } from '../protocol.ts';
import { absolute } from './address.ts';
import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';
import { replaceMethod } from './wrap.ts';

/** Tells of what is sent without an answer for code: `sendBeacon`, and forms, whose answer is a document. */
export function watchSending(probe: Probe, page: PageWindow): void {
  const { outbox, sources, now, nextCall } = probe;
  const entriesOf = createEntries(page);

  replaceMethod(page.Navigator.prototype, 'sendBeacon', (original) => {
    return {
      sendBeacon(this: unknown, ...args: unknown[]) {
        const t = now();
        const isQueued = Reflect.apply(original, this, args) as boolean;
        if (isQueued) {
          outbox.emit({
            type: 'network',
            t,
            call: nextCall(),
            api: 'sendBeacon',
            name: 'sendBeacon',
            method: 'POST',
            url: absolute(String(args[0]), page.document.baseURI),
            at: sources.here(),
          } satisfies BeaconEvent);
        }
        return isQueued;
      },
    }.sendBeacon;
  });

  function submitted(form: HTMLFormElement, submitter: HTMLElement | null): void {
    const request = requestOf(form, submitter, page.document, entriesOf);
    if (!request) return;
    outbox.emit({
      type: 'network',
      t: now(),
      call: nextCall(),
      api: 'form',
      name: 'submit',
      ...request,
      at: sources.here(),
    } satisfies FormEvent);
  }

  replaceMethod(page.HTMLFormElement.prototype, 'submit', (original) => {
    return {
      submit(this: HTMLFormElement, ...args: unknown[]) {
        submitted(this, null);
        return Reflect.apply(original, this, args);
      },
    }.submit;
  });
  page.addEventListener('submit', (event) => {
    const { target, submitter, defaultPrevented } = event;
    if (!defaultPrevented && event.isTrusted && target instanceof page.HTMLFormElement) {
      submitted(target, submitter);
    }
  });
}

/** What a form asks for (HTML §4.10.22.3); null when it asks for nothing over the wire. */
function requestOf(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  document: Document,
  entriesOf: Entries,
): { method: string; url: string } | null {
  // A field may have the name of a property.
  const own = (name: string) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
  const method = own('method').toUpperCase();
  if (method === 'DIALOG') return null;
  const { baseURI, URL: address } = document;
  const action = absolute(own('action') || address, baseURI);
  if (!/^https?:/.test(action)) return null;
  if (method === 'POST') return { method, url: action };
  const url = new URL(action);
  url.search = entriesOf(form, submitter);
  return { method: 'GET', url: url.href };
}

/** The form's entries as the query of an address. */
type Entries = (form: HTMLFormElement, submitter: HTMLElement | null) => string;

/** Holds what it needs: an emulated browser may not have it. Entries are made without a `formdata` event for the page. */
function createEntries(page: PageWindow): Entries {
  const { FormData, URLSearchParams } = page;
  const { addEventListener, removeEventListener } = page.EventTarget.prototype;
  const hide = (event: Event): void => event.stopImmediatePropagation();
  return (form, submitter) => {
    Reflect.apply(addEventListener, page, ['formdata', hide, true]);
    const entries = [...new FormData(form, submitter)];
    Reflect.apply(removeEventListener, page, ['formdata', hide, true]);
    return new URLSearchParams(
      entries.map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
    ).toString();
  };
}

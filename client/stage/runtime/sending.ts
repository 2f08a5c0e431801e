import type { BeaconEvent, FormEvent } from '../protocol.ts';
import { absolute } from './address.ts';
import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';
import { replaceMethod } from './wrap.ts';

/** Tells of what is sent without an answer for code: `sendBeacon`, and forms, whose answer is a document. */
export function watchSending(probe: Probe, page: PageWindow): void {
  const { outbox, sources, now, nextCall } = probe;

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
    const request = requestOf(form, submitter, page);
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
  page: PageWindow,
): { method: string; url: string } | null {
  // A field may have the name of a property.
  const own = (name: string) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? '';
  const method = own('method').toUpperCase();
  if (method === 'DIALOG') return null;
  const { baseURI, URL: address } = page.document;
  const action = absolute(own('action') || address, baseURI);
  if (!/^https?:/.test(action)) return null;
  if (method === 'POST') return { method, url: action };
  const url = new URL(action);
  url.search = new URLSearchParams(entriesOf(form, submitter, page)).toString();
  return { method: 'GET', url: url.href };
}

/** The form's entries, which are made without a `formdata` event for the page. */
function entriesOf(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  page: PageWindow,
): [string, string][] {
  const hide = (event: Event): void => event.stopImmediatePropagation();
  page.addEventListener('formdata', hide, true);
  const entries = [...new page.FormData(form, submitter)];
  page.removeEventListener('formdata', hide, true);
  return entries.map(([name, value]) => [name, typeof value === 'string' ? value : value.name]);
}

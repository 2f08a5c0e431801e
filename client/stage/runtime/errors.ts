import type { PageWindow } from './page-window.ts';
import type { Probe } from './probe.ts';

/**
 * Tells of errors that nothing caught.
 *
 * @param told Says whether an error was told already, by who threw it.
 */
export function watchErrors(
  { outbox, sources, now }: Probe,
  page: PageWindow,
  told: (error: unknown) => boolean,
): void {
  page.addEventListener('error', (event) => {
    const { error, message, filename, lineno, colno } = event;
    if (told(error)) return;
    const place = sources.at(filename, lineno, colno);
    // A SyntaxError was thrown by no line: only the event knows where it is.
    const at =
      isError(error) && error.name === 'SyntaxError' ? place : (sources.inStack(stackOf(error)) ?? place);
    outbox.emit({ type: 'error', t: now(), message: textOf(error) ?? bare(message), at, rejection: false });
  });
  page.addEventListener('unhandledrejection', ({ reason }) => {
    if (told(reason)) return;
    outbox.emit({
      type: 'error',
      t: now(),
      message: textOf(reason) ?? shown(reason),
      at: sources.inStack(stackOf(reason)),
      rejection: true,
    });
  });
}

/** `TypeError: x is not a function`; undefined when it is no error. */
function textOf(error: unknown): string | undefined {
  return isError(error) ? `${error.name}: ${error.message}` : undefined;
}

function stackOf(error: unknown): unknown {
  return isError(error) ? error.stack : undefined;
}

/** Of any window: `instanceof` would not know the errors of a frame. */
function isError(value: unknown): value is Error | DOMException {
  return ['[object Error]', '[object DOMException]'].includes(Object.prototype.toString.call(value));
}

/** Browsers begin the message with this word, or with none. */
function bare(message: string): string {
  return message.replace(/^Uncaught /, '');
}

function shown(value: unknown): string {
  try {
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  } catch {
    return Object.prototype.toString.call(value);
  }
}

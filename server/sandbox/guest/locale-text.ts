/** `toLocaleString` and its kin: the engine knows no languages, the host does. */
import { HOST_CALL } from '../protocol.ts';
import { askHost } from './bridge.ts';

type Locales = string | string[] | undefined;

/** Asks the host; what it refuses is thrown here as the program's own error. */
export function localeText(
  what: string,
  locales: Locales,
  options: unknown,
  value?: unknown,
  other?: unknown,
): unknown {
  const answer = JSON.parse(
    askHost(
      HOST_CALL.localeText,
      what,
      JSON.stringify([locales ?? undefined, options, value, other], dropNull),
    ) as string,
  ) as { value?: unknown; error?: { name: string; message: string } };
  if (!answer.error) return answer.value;
  const { name, message } = answer.error;
  throw name === 'RangeError' ? new RangeError(message) : new TypeError(message);
}

/** An array has no `undefined` in JSON: locales that are not given are the host's default. */
const dropNull = (key: string, value: unknown): unknown =>
  key === '0' && value === undefined ? 'en-US' : value;

export const numeral = (value: unknown): string =>
  typeof value === 'bigint' ? `${value}n` : Object.is(value, -0) ? '-0' : String(Number(value));

export function installLocaleText(): void {
  const dateText = (kind: string) =>
    function (this: Date, locales?: Locales, options?: object): unknown {
      const time = Date.prototype.getTime.call(this);
      return Number.isNaN(time)
        ? 'Invalid Date'
        : localeText('dateDefault', locales, options ?? {}, time, kind);
    };
  const numberText = function (this: unknown, locales?: Locales, options?: object): unknown {
    return localeText('number', locales, options ?? {}, numeral((this as object).valueOf()));
  };
  define(Date.prototype, {
    toLocaleString: dateText('all'),
    toLocaleDateString: dateText('date'),
    toLocaleTimeString: dateText('time'),
  });
  define(Number.prototype, { toLocaleString: numberText });
  define(BigInt.prototype, { toLocaleString: numberText });
  define(String.prototype, {
    localeCompare(this: unknown, other: unknown, locales?: Locales, options?: object): unknown {
      return localeText('compare', locales, options ?? {}, String(this), String(other));
    },
  });
}

function define(prototype: object, methods: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(value as object, 'name', { value: name });
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

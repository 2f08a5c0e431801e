/** `Intl`, as far as server programs use it: the formats that a lab has, computed by the host. */
import { localeText, numeral } from '../locale-text.ts';

type Locales = string | string[] | undefined;

abstract class Format {
  protected readonly locales: Locales;
  protected readonly options: object;
  constructor(locales: Locales, options: object, check: string) {
    this.locales = locales;
    this.options = options;
    for (const name of ['locales', 'options']) Object.defineProperty(this, name, { enumerable: false });
    localeText(check, locales, options);
  }
  static supportedLocalesOf(locales: Locales): unknown {
    return localeText('canonical', locales, {});
  }
}

class DateTimeFormat extends Format {
  readonly format: (date?: Date | number) => unknown;
  constructor(locales?: Locales, options: object = {}) {
    super(locales, options, 'dateOptions');
    this.format = (date) => localeText('date', this.locales, this.options, timeOf(date));
    Object.defineProperty(this, 'format', { enumerable: false });
  }
  formatToParts(date?: Date | number): unknown {
    return localeText('dateParts', this.locales, this.options, timeOf(date));
  }
  resolvedOptions(): unknown {
    return localeText('dateOptions', this.locales, this.options);
  }
}

function timeOf(date: Date | number | undefined): number {
  const time = date === undefined ? Date.now() : Number(date);
  if (Number.isNaN(time)) throw new RangeError('Invalid time value');
  return time;
}

class NumberFormat extends Format {
  readonly format: (value: unknown) => unknown;
  constructor(locales?: Locales, options: object = {}) {
    super(locales, options, 'numberOptions');
    this.format = (value) => localeText('number', this.locales, this.options, numeral(value));
    Object.defineProperty(this, 'format', { enumerable: false });
  }
  formatToParts(value: unknown): unknown {
    return localeText('numberParts', this.locales, this.options, numeral(value));
  }
  resolvedOptions(): unknown {
    return localeText('numberOptions', this.locales, this.options);
  }
}

class Collator extends Format {
  readonly compare: (a: string, b: string) => unknown;
  constructor(locales?: Locales, options: object = {}) {
    super(locales, options, 'collatorOptions');
    this.compare = (a, b) => localeText('compare', this.locales, this.options, String(a), String(b));
    Object.defineProperty(this, 'compare', { enumerable: false });
  }
  resolvedOptions(): unknown {
    return localeText('collatorOptions', this.locales, this.options);
  }
}

class PluralRules extends Format {
  constructor(locales?: Locales, options: object = {}) {
    super(locales, options, 'canonical');
  }
  select(value: number): unknown {
    return localeText('plural', this.locales, this.options, Number(value));
  }
}

class RelativeTimeFormat extends Format {
  constructor(locales?: Locales, options: object = {}) {
    super(locales, options, 'canonical');
  }
  format(value: number, unit: string): unknown {
    return localeText('relative', this.locales, this.options, Number(value), unit);
  }
}

class ListFormat extends Format {
  constructor(locales?: Locales, options: object = {}) {
    super(locales, options, 'canonical');
  }
  format(list: Iterable<string>): unknown {
    return localeText('list', this.locales, this.options, [...list]);
  }
}

/** Old code leaves `new` out. */
function face<T extends new (locales?: Locales, options?: object) => object>(Class: T, name: string): T {
  const made = function (locales?: Locales, options?: object): object {
    return Reflect.construct(Class, [locales, options], new.target ?? made) as object;
  };
  Object.setPrototypeOf(made, Class);
  Object.defineProperty(made, 'name', { value: name });
  made.prototype = Class.prototype as object;
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
  Object.defineProperty(Class.prototype, 'constructor', { value: made, configurable: true, writable: true });
  return made as unknown as T;
}

export const Intl = {
  DateTimeFormat: face(DateTimeFormat, 'DateTimeFormat'),
  NumberFormat: face(NumberFormat, 'NumberFormat'),
  Collator: face(Collator, 'Collator'),
  PluralRules: face(PluralRules, 'PluralRules'),
  RelativeTimeFormat: face(RelativeTimeFormat, 'RelativeTimeFormat'),
  ListFormat: face(ListFormat, 'ListFormat'),
  getCanonicalLocales: (locales: Locales): unknown => localeText('canonical', locales, {}),
};
Object.defineProperty(Intl, Symbol.toStringTag, { value: 'Intl' });

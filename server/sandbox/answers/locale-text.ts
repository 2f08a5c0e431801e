/** Dates, numbers and texts in the forms of languages: the host's own `Intl`, on plain values only. */

type Options = Record<string, unknown>;
/** `[locales, options, value]`; numbers cross as text, for those JSON does not have. */
type Request = [
  locales: string | string[] | undefined,
  options: Options | undefined,
  value?: unknown,
  other?: unknown,
];

/** Labs show times of one zone, unless the program names another. */
const ZONE = 'UTC';

const answers: Record<string, (request: Request) => unknown> = {
  date: ([locales, options, value]) => new Intl.DateTimeFormat(locales, zoned(options)).format(Number(value)),
  dateDefault: ([locales, options, value, kind]) => {
    const date = new Date(Number(value));
    const given = zoned(options);
    if (kind === 'date') return date.toLocaleDateString(locales, given);
    return kind === 'time' ? date.toLocaleTimeString(locales, given) : date.toLocaleString(locales, given);
  },
  dateParts: ([locales, options, value]) =>
    new Intl.DateTimeFormat(locales, zoned(options)).formatToParts(Number(value)),
  dateOptions: ([locales, options]) => new Intl.DateTimeFormat(locales, zoned(options)).resolvedOptions(),
  number: ([locales, options, value]) => new Intl.NumberFormat(locales, options).format(numeric(value)),
  numberParts: ([locales, options, value]) =>
    new Intl.NumberFormat(locales, options).formatToParts(numeric(value)),
  numberOptions: ([locales, options]) => new Intl.NumberFormat(locales, options).resolvedOptions(),
  compare: ([locales, options, value, other]) =>
    new Intl.Collator(locales, options).compare(String(value), String(other)),
  collatorOptions: ([locales, options]) => new Intl.Collator(locales, options).resolvedOptions(),
  plural: ([locales, options, value]) => new Intl.PluralRules(locales, options).select(Number(value)),
  relative: ([locales, options, value, unit]) =>
    new Intl.RelativeTimeFormat(locales, options).format(Number(value), unit as Intl.RelativeTimeFormatUnit),
  list: ([locales, options, value]) =>
    new Intl.ListFormat(locales, options).format((value as unknown[]).map(String)),
  canonical: ([locales]) => Intl.getCanonicalLocales(locales),
};

export function localeText(what: string, request: string): string {
  const answer = Object.hasOwn(answers, what) ? answers[what] : undefined;
  if (!answer) throw new TypeError('No such form.');
  try {
    return JSON.stringify({ value: answer(JSON.parse(request) as Request) });
  } catch (error) {
    // The guest throws it again, as its own RangeError or TypeError.
    const { name, message } = error as Error;
    return JSON.stringify({ error: { name, message } });
  }
}

const zoned = (options: Options | undefined): Options => ({ timeZone: ZONE, ...options });
const numeric = (value: unknown): number | bigint =>
  typeof value === 'string' && value.endsWith('n') ? BigInt(value.slice(0, -1)) : Number(value);

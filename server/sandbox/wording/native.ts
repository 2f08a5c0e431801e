/** Words of the engine's built-in functions, as V8's built-ins say the same. */

/** `argument`: the text of the call's first argument. */
type Words = string | ((native: string, argument: string) => string);

const WORDS: readonly [engine: RegExp, words: Words, of?: RegExp][] = [
  [/^not a function$/, (_native, argument) => `Promise resolver ${argument} is not a function`, /^Promise$/],
  [
    /^not a function$/,
    'The comparison function must be either a function or undefined',
    /^(?:sort|toSorted)$/,
  ],
  [/^not a function$/, (_native, argument) => `${argument} is not a function`],
  [/^value is not iterable$/, (_native, argument) => `${argument} is not iterable`],
  [
    /^cannot read property 'Symbol\.iterator' of (?:undefined|null)$/,
    (_native, argument) => `${argument} is not iterable`,
  ],
  [/^not an object$/, 'Cannot create proxy with a non-object as target or handler', /^Proxy$/],
  [
    /^not an object$/,
    (_native, argument) => `Iterator value of ${argument} is not an entry object`,
    /^(?:Map|WeakMap|fromEntries)$/,
  ],
  [/^not an object$/, (native) => `Object.${native} called on non-object`, /^define|^setPrototypeOf$/],
  [/^not an object$/, (native) => `Reflect.${native} called on non-object`, /^ownKeys$/],
  [/^not an object$/, (native) => `${native} called on non-object`],
  [/^empty array$/, 'Reduce of empty array with no initial value'],
  [/^circular reference$/, 'Converting circular structure to JSON'],
  [/^object is not extensible$/, 'Cannot add property, object is not extensible'],
  [
    /^'(.*)' is read-only$/,
    (native) => `Cannot assign to a read only property in ${native}(): the object is frozen`,
  ],
  [
    /^regexp must have the 'g' flag$/,
    (native) => `String.prototype.${native} called with a non-global RegExp argument`,
  ],
  [/^invalid value used as WeakMap key$/, 'Invalid value used as weak map key'],
  [/^cannot convert symbol to string$/, 'Cannot convert a Symbol value to a string'],
  [/^cannot convert symbol to number$/, 'Cannot convert a Symbol value to a number'],
  [/^invalid array length$/, 'Invalid array length'],
  [
    /^invalid array index$/,
    (native) => (native === 'ArrayBuffer' ? 'Array buffer allocation failed' : 'Invalid typed array length'),
  ],
  [/^invalid repeat count$/, (_native, argument) => `Invalid count value: ${argument}`],
  [/^invalid string length$/, 'Invalid string length'],
  [/^invalid code point$/, (_native, argument) => `Invalid code point ${argument}`],
  [/^invalid number of digits$/, 'toFixed() digits argument must be between 0 and 100', /^toFixed$/],
  [/^invalid number of digits$/, (native) => `${native}() argument must be between 1 and 100`],
  [/^Date value is NaN$/, 'Invalid time value'],
  [/^bad normalization form$/, 'The normalization form should be one of NFC, NFD, NFKC, NFKD.'],
  [
    /^invalid BigInt literal$/,
    (_native, argument) => `Cannot convert ${argument.replaceAll('"', '')} to a BigInt`,
  ],
  [
    /^cannot convert to BigInt: not an integer$/,
    (_native, argument) =>
      `The number ${argument} cannot be converted to a BigInt because it is not an integer`,
  ],
  [
    /^expecting hex digit$|^malformed UTF-8$|^expecting %$|^invalid hex character|^expecting surrogate pair$|^invalid character$/,
    'URI malformed',
    /URI/,
  ],
];

/** V8's words, or undefined where the engine's are as good. */
export function nativeWords(message: string, native: string, argument: string): string | undefined {
  for (const [engine, words, of] of WORDS) {
    if (!engine.test(message) || (of && !of.test(native))) continue;
    return typeof words === 'string' ? words : words(native, argument);
  }
  return native === 'RegExp' ? `Invalid regular expression: ${message}` : undefined;
}

/** Names and quotes as `util.inspect` writes them. */

/** The constructor's name by the prototype chain; null for an object without one. */
export function constructorOf(
  value: object,
  inspect: (value: unknown, options: object) => string,
): string | null {
  let current: object | null = value;
  let first: object | null | undefined;
  while (current) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(current, 'constructor')?.value;
    if (typeof constructor === 'function' && constructor.name !== '' && isInstance(value, constructor))
      return constructor.name;
    current = Object.getPrototypeOf(current) as object | null;
    first ??= current;
    if (first === undefined) first = current;
  }
  if (first === null || first === undefined) return null;
  return `Object <${inspect(first, { customInspect: false, depth: -1 })}>`;
}

function isInstance(value: object, constructor: unknown): boolean {
  try {
    return value instanceof (constructor as new () => object);
  } catch {
    return false;
  }
}

/** `Symbol.toStringTag`, where it tells something the constructor's name does not. */
export function tagOf(value: object, constructor: string | null): string {
  const tag: unknown = (value as Record<symbol, unknown>)[Symbol.toStringTag];
  // An own one is shown among the properties.
  if (Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag)) return '';
  return typeof tag === 'string' && tag !== '' && tag !== constructor ? tag : '';
}

export function prefixOf(constructor: string | null, tag: string, fallback: string, size = ''): string {
  if (constructor === null) {
    const own = tag !== '' && fallback !== tag ? ` [${tag}]` : '';
    return `[${fallback}${size}: null prototype]${own} `;
  }
  return tag !== '' && tag !== constructor ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

export function classText(value: object, constructor: string | null, tag: string): string {
  const { name } = value as { name?: unknown };
  const named = typeof name === 'string' ? name : '';
  if (/^class[\s{]/.test(Function.prototype.toString.call(value))) {
    let text = named === '' ? '[class (anonymous)' : `[class ${named}`;
    if (constructor !== 'Function' && constructor !== null) text += ` [${constructor}]`;
    const parent = Object.getPrototypeOf(value) as { name?: string } | null;
    if (parent === null) text += ' extends [null prototype]';
    else if (parent.name) text += ` extends ${parent.name}`;
    return `${text}]`;
  }
  const kind = /^(?:Async|Generator|AsyncGenerator)Function$/.test(tag) ? tag : kindOf(value);
  const base = named === '' ? ' (anonymous)' : `: ${named}`;
  const text = `[${kind}${constructor === null ? ' (null prototype)' : ''}${base}]`;
  return tag !== '' && tag !== kind && tag !== constructor ? `${text} [${tag}]` : text;
}

function kindOf(value: object): string {
  const brand = Object.prototype.toString.call(value).slice(8, -1);
  return brand.endsWith('Function') ? brand : 'Function';
}

export function keyText(key: string, stylize: (text: string, style: string) => string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : stylize(quoted(key), 'string');
}

/** In single quotes, unless others need no escape. */
export function quoted(text: string): string {
  const mark = !text.includes("'")
    ? "'"
    : !text.includes('"')
      ? '"'
      : text.includes('`') || text.includes('${')
        ? "'"
        : '`';
  const escaped = text.replace(
    ESCAPED,
    (character) =>
      ESCAPES[character] ??
      (character.length > 0 && character >= '\ud800' && character <= '\udfff'
        ? `\\u${character.charCodeAt(0).toString(16).toUpperCase()}`
        : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`),
  );
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}
// Control characters, the backslash, and halves of surrogate pairs.
const ESCAPED =
  // eslint-disable-next-line no-control-regex -- control characters are what is being escaped
  /[\\\x00-\x1f\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

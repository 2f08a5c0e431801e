/** The tokens that a picture on its own needs, as they are in this theme. */
const TOKENS = [
  'sheet',
  'paper',
  'ink',
  'ink-2',
  'line',
  'line-3',
  'grid-2',
  'browser',
  'server',
  'on-server',
  'data-ink',
  'bad',
] as const;

export type Palette = Record<(typeof TOKENS)[number], string>;

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    TOKENS.map((token) => [token, style.getPropertyValue(`--${token}`).trim()]),
  ) as Palette;
}

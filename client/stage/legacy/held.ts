/** Objects that a global variable leads to, itself or through this many more. */
const STEPS = 2;

/** Whether a global variable of the page, or something that it holds, is what is looked for. */
export function isHeldBy(page: Window, isIt: (value: object) => boolean): boolean {
  let reached: object[] = [page];
  for (let step = 0; step <= STEPS; step++) {
    reached = reached.flatMap(valuesOf);
    if (reached.some(isIt)) return true;
  }
  return false;
}

/** What an object's own variables hold. Not asked: getters, which lead to everything, and a window's frames by number. */
function valuesOf(object: object): object[] {
  const isWindow = (object as Window).window === object;
  return Object.entries(Object.getOwnPropertyDescriptors(object))
    .filter(([name, { enumerable }]) => enumerable && !(isWindow && /^\d+$/.test(name)))
    .map(([, { value }]) => value as unknown)
    .filter((value): value is object => typeof value === 'object' && value !== null);
}

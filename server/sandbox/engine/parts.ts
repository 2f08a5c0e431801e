/** Modules that are no part of the image: guests that import one make it, most never do. */
import { BUILTIN_LOADER } from '../builtin-names.ts';
import type { Image } from './image.ts';

/** Bytecode of one. */
export function partCode(image: Image, name: string): Uint8Array {
  const code = Object.hasOwn(image.parts, name) ? image.parts[name] : undefined;
  if (code === undefined) throw new TypeError('No such module.');
  return code;
}

/** The ES module that stands for it in an `import`. */
export function partFace({ head: { partModules } }: Image, name: string): string {
  const bindings = (Object.hasOwn(partModules, name) ? partModules[name]! : []).map(
    (exported, index) => `const $${index} = $m.${exported}; export { $${index} as ${exported} };`,
  );
  return `import $load from '${BUILTIN_LOADER}'; const $m = $load(${JSON.stringify(name)}); export default $m; ${bindings.join(' ')}`;
}

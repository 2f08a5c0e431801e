/** What a lab does otherwise than Node, by the program's title, and why. */
export const DIFFERENCES: Record<string, string> = {
  'names the argument that is no function':
    "V8 prints the value of the argument. The engine does not tell it, so the expression stands there, as in V8's own words for calls.",
  'says in stacks which method of which class was called':
    'V8 writes the class of `this` before a method, `async` and `new`. The engine knows the function only.',
};

/**
 * Programs whose output Node itself changed after version 20, which the lab imitates: they are compared on
 * Node 20 only.
 */
const OF_NODE_20: ReadonlySet<string> = new Set([
  // Legacy url.parse warns (DEP0169).
  'url, querystring and path',
  // Messages of assert and the layout of util.inspect.
  'asserts with messages that tell',
  'inspects plain objects and arrays',
  'inspects maps, sets and typed arrays',
  'asks objects that inspect themselves',
  // The order of the callbacks of a double end.
  'ends twice with one response',
]);

/** Whether a program can be compared with the Node that runs the tests. */
export function isComparable(title: string): boolean {
  return process.versions.node.startsWith('20.') || !OF_NODE_20.has(title);
}

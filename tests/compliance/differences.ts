/** What a lab does otherwise than Node, by the program's title, and why. */
export const DIFFERENCES: Record<string, string> = {
  'closes after a request that asks for it, pipelined ones unread':
    'The guest answers in a later turn, so the parser meets the surplus request before the response is out.',
  'hears that a client left early':
    'The request is closed by the main thread; the guest does not mark it destroyed as well.',
  'finishes before it closes':
    'The end of the body and the end of the response cross the threads apart, in their own order.',
  'ends twice with one response': 'Callbacks of a second end() run in the order of their turns.',
  'refuses a body longer than promised':
    'strictContentLength is not checked before the bytes are handed over.',
  'counts listening and closing':
    'A port is opened by the main thread, so server.listening is true only when it has been opened.',
  'reads and writes numbers in buffers': 'The buffer package throws its own RangeErrors, which have no code.',
  'parses URLs the old way': 'url.parse() of a lab does not take the authority of mailto: addresses apart.',
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

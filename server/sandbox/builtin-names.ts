/** The modules a lab offers. A test holds this list against the guest's own. */
export const BUILTIN_NAMES: readonly string[] = [
  'assert',
  'assert/strict',
  'buffer',
  'console',
  'crypto',
  'events',
  'fs',
  'fs/promises',
  'http',
  'net',
  'os',
  'path',
  'path/posix',
  'perf_hooks',
  'process',
  'querystring',
  'stream',
  'stream/promises',
  'string_decoder',
  'timers',
  'timers/promises',
  'tty',
  'url',
  'util',
  'util/types',
  'zlib',
];

/** The npm packages a lab offers, as they are published. */
export const PACKAGE_NAMES: readonly string[] = ['eventsource-parser', 'ws'];

/** A primed module that gives built-in modules by name, made when asked for; ES module faces import it. */
export const BUILTIN_LOADER = 'internal:builtin';

/** What the modules of `on-demand/` may import, by file name; `build.mjs` turns their imports into reads of it. */
import * as bridge from './bridge.ts';
import * as buffer from './buffer.ts';
import * as inspectModule from './inspect.ts';
import * as limitError from './limit-error.ts';
import * as localeText from './locale-text.ts';
import * as nodeError from './node-error.ts';
import * as files from './files.ts';
import * as positions from './positions.ts';
import * as processModule from './process.ts';
import * as report from './report.ts';
import * as stream from './stream.ts';
import * as tasks from './tasks.ts';
import * as timers from './timers.ts';

export const core = {
  bridge,
  buffer,
  inspect: inspectModule,
  'limit-error': limitError,
  'locale-text': localeText,
  'node-error': nodeError,
  files,
  positions,
  process: processModule,
  report,
  stream,
  tasks,
  timers,
};

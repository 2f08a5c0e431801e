/** What the modules of `on-demand/` may import, by file name; `build.mjs` turns their imports into reads of it. */
import * as bridge from './bridge.ts';
import * as buffer from './buffer.ts';
import * as events from './events.ts';
import * as files from './files.ts';
import * as httpModule from './http.ts';
import * as inspectModule from './inspect.ts';
import * as limitError from './limit-error.ts';
import * as localeText from './locale-text.ts';
import * as nodeError from './node-error.ts';
import * as positions from './positions.ts';
import * as processModule from './process.ts';
import * as report from './report.ts';
import * as stream from './stream.ts';
import * as tasks from './tasks.ts';
import * as textCoding from './text-coding.ts';
import * as timers from './timers.ts';
import * as url from './url.ts';

export const core = {
  bridge,
  buffer,
  events,
  files,
  http: httpModule,
  inspect: inspectModule,
  'limit-error': limitError,
  'locale-text': localeText,
  'node-error': nodeError,
  positions,
  process: processModule,
  report,
  stream,
  tasks,
  'text-coding': textCoding,
  timers,
  url,
};

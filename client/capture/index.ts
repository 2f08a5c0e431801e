/**
 * Records a run.
 *
 * In: telemetry events, events of the learner's page (in lab time), records of the dissector.
 * Out: immutable `Run` snapshots, at most one per animation frame, and the bytes of a message.
 * Knows nothing of links, clocks, React, or of how a run is drawn.
 */
export { base64Of } from './base64.ts';
export { contentsEndingIn } from './contents.ts';
export { kindOf, ordinalOf, type MessageKind } from './ordinal.ts';
export { laneList, messageList, NO_MESSAGES, NO_WORDS, totalsOf } from './message-list.ts';
export { createCapture, type Capture, type CaptureOptions, type Dissector } from './capture.ts';
export {
  RUN_FILE_EXTENSION,
  RUN_FILE_FORMAT,
  RUN_FILE_VERSION,
  RunFileError,
  type RunFileHeader,
  type RunFileProblem,
} from './file/format.ts';
export { onEveryFrame } from './frame.ts';
export { median } from './median.ts';
export { harOf } from './file/har.ts';
export { Journal } from './file/journal.ts';
export { readRun } from './file/read.ts';
export { createRecorder, type Recorder } from './file/recorder.ts';
export { speakerOf } from './speaker.ts';

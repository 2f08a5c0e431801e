/**
 * Every error the API and the lab can report: one table, keyed by code.
 *
 * The browser is sent `{ code, params }`, never prose: the text a learner reads lives in
 * `client/i18n/<language>/errors.json`, where a test demands every code. `text` is for developers
 * (logs, `curl`). `status` is the HTTP status when the error answers an API call.
 */
export const ERRORS = {
  BAD_REQUEST: { status: 400, text: 'The request does not have the documented form.' },
  HOST_REFUSED: { status: 403, text: 'The Host header names no host this server answers to.' },
  ORIGIN_REFUSED: { status: 403, text: 'The API answers only pages of its own origin.' },
  TOKEN_REFUSED: { status: 401, text: 'The lab token is missing or wrong.' },
  NOT_FOUND: { status: 404, text: 'There is nothing at this address.' },
  LAB_NOT_FOUND: { status: 404, text: 'No lab has this id; it may have been idle too long.' },
  LAB_LIMIT: { status: 503, text: 'This server runs as many labs as it is allowed to.' },
  FILES_TOO_LARGE: { status: 413, text: 'The files of the lab are larger than the limit.' },
  FILE_NAME_REFUSED: { status: 400, text: 'A file name is not allowed.' },
  SYNTAX_ERROR: { status: 422, text: 'A file of the lab does not parse.' },
  MODULE_NOT_FOUND: { status: 422, text: 'The code requires a module that a lab does not offer.' },
  SERVER_THREW: { status: 422, text: 'server.js threw an exception nothing caught.' },
  PORT_REFUSED: { status: 422, text: 'A port could not be opened.' },
  PORT_NOT_OPEN: { status: 409, text: 'The code of the lab does not listen on this port now.' },
  LOOP_STOPPED: { status: 422, text: 'The code ran longer than one turn may.' },
  MEMORY_LIMIT: { status: 422, text: 'The code used more memory than a lab may.' },
  LIMIT_REACHED: { status: 422, text: 'A limit of the lab was met.' },
  UPGRADE_REQUIRED: { status: 426, text: 'This address speaks WebSocket only.' },
  RATE_LIMITED: { status: 429, text: 'Too many calls in too short a time.' },
  ROOM_LIMIT: { status: 503, text: 'This server has as many rooms as it is allowed to.' },
  ROOM_FULL: { status: 503, text: 'The room has as many members as it may.' },
  MEMBER_UNKNOWN: {
    status: 401,
    text: 'No member of the room has this key; it may have been silent too long.',
  },
  SERVER_STOPPING: { status: 503, text: 'The server is about to stop.' },
  SANDBOX_LOST: { status: 500, text: 'The thread that ran the lab ended.' },
  INTERNAL: { status: 500, text: 'The server failed; this is our fault.' },
} as const satisfies Record<string, { status: number; text: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** A place in a learner's file. Lines and columns count from 1, as editors show them. */
export interface SourcePosition {
  /** File name as the learner knows it: `server.js`, `client.js`, `index.html`. */
  file: string;
  line: number;
  column: number;
}

/** An error as it crosses from server to browser. */
export interface ReportedError {
  code: ErrorCode;
  /** The engine's own words (`ReferenceError: pasts is not defined`); English, never translated. */
  message: string;
  /** Values for the translated text: limit names and values, ports, module names. */
  params?: Record<string, string | number>;
  at?: SourcePosition;
  /** The line of `at` and, below it, a caret under the column. */
  excerpt?: string;
  /** Guest stack, frames of the learner's files only. */
  stack?: SourcePosition[];
}

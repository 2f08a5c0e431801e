import { ERRORS, type ErrorCode, type ReportedError, type SourcePosition } from './protocol.ts';

/** An error with a code of the table. `message` is for developers and defaults to the table's text. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly params: Record<string, string | number> | undefined;
  readonly at: SourcePosition | undefined;

  constructor(code: ErrorCode, details: Partial<Omit<ReportedError, 'code'>> = {}) {
    super(details.message ?? ERRORS[code].text);
    this.name = 'CodedError';
    this.code = code;
    this.params = details.params;
    this.at = details.at;
  }
}

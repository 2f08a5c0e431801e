import type { PageWindow } from '../runtime/page-window.ts';

/** Message and HRESULT of what JScript threw for a failed call of a COM object. */
type Failure = readonly [message: string, number: number];

export const ACCESS_DENIED: Failure = ['Access is denied.', -2147024891];
export const INVALID_ARGUMENT: Failure = ['Invalid argument.', -2147024809];
export const UNSPECIFIED: Failure = ['Unspecified error.', -2147467259];
export const TYPE_MISMATCH: Failure = ['Type mismatch.', -2147352571];
export const NO_SUCH_OBJECT: Failure = ["Automation server can't create object", -2146827859];
/** E_PENDING: the body is read while it still comes. */
export const NOT_YET_AVAILABLE: Failure = [
  'The data necessary to complete this operation is not yet available.',
  -2147483638,
];
/** What any property of a request that was aborted threw in Internet Explorer 9. */
export const ABORTED: Failure = ['Could not complete the operation due to error c00c023f.', -1072954817];

/** An error as JScript made them, with `number` and `description`. */
export function scriptError(page: PageWindow, [message, number]: Failure): Error {
  return Object.assign(new page.Error(message), { number, description: message });
}

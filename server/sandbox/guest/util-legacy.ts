/** The checks of `util` that Node has deprecated and old programs call. */
import { Buffer } from './buffer.ts';

export const legacyChecks = {
  isBoolean: (value: unknown): boolean => typeof value === 'boolean',
  isBuffer: (value: unknown): boolean => Buffer.isBuffer(value),
  isDate: (value: unknown): boolean => value instanceof Date,
  isError: (value: unknown): boolean => value instanceof Error,
  isFunction: (value: unknown): boolean => typeof value === 'function',
  isNull: (value: unknown): boolean => value === null,
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
  isNumber: (value: unknown): boolean => typeof value === 'number',
  isObject: (value: unknown): boolean => value !== null && typeof value === 'object',
  isPrimitive: (value: unknown): boolean =>
    value === null || (typeof value !== 'object' && typeof value !== 'function'),
  isRegExp: (value: unknown): boolean => value instanceof RegExp,
  isString: (value: unknown): boolean => typeof value === 'string',
  isSymbol: (value: unknown): boolean => typeof value === 'symbol',
  isUndefined: (value: unknown): boolean => value === undefined,
};

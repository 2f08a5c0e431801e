/** The checks of `util` that Node has deprecated and old programs call. */
import { Buffer } from './buffer.ts';

export const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
export const isBuffer = (value: unknown): boolean => Buffer.isBuffer(value);
export const isDate = (value: unknown): boolean => value instanceof Date;
export const isError = (value: unknown): boolean => value instanceof Error;
export const isFunction = (value: unknown): boolean => typeof value === 'function';
export const isNull = (value: unknown): boolean => value === null;
export const isNullOrUndefined = (value: unknown): boolean => value === null || value === undefined;
export const isNumber = (value: unknown): boolean => typeof value === 'number';
export const isObject = (value: unknown): boolean => value !== null && typeof value === 'object';
export const isPrimitive = (value: unknown): boolean =>
  value === null || (typeof value !== 'object' && typeof value !== 'function');
export const isRegExp = (value: unknown): boolean => value instanceof RegExp;
export const isString = (value: unknown): boolean => typeof value === 'string';
export const isSymbol = (value: unknown): boolean => typeof value === 'symbol';
export const isUndefined = (value: unknown): boolean => value === undefined;

import { normalText } from './text.js';
import type { FieldError } from '../events/field-kind.js';

/** Maximum nesting depth; no valid input nests deeper. */
const DEEPEST = 32;

/** Applies a text check to all texts in a JSON value, including field names. */
export function problemsOfTexts(
  value: unknown,
  faultOf: (text: string) => string | undefined,
  path = '',
): FieldError[] {
  // A fast path: nearly all values are valid, and an import checks millions.
  return isFaulty(value, faultOf, 0) ? faultsIn(value, faultOf, path, 0) : NONE;
}

function isFaulty(value: unknown, faultOf: (text: string) => string | undefined, depth: number): boolean {
  if (typeof value === 'string') return faultOf(value) !== undefined;
  if (typeof value !== 'object' || value === null) return false;
  if (depth > DEEPEST) return true;
  if (Array.isArray(value)) return value.some((item) => isFaulty(item, faultOf, depth + 1));
  const given = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(given))
    if (faultOf(name) !== undefined || isFaulty(given[name], faultOf, depth + 1)) return true;
  return false;
}

function faultsIn(
  value: unknown,
  faultOf: (text: string) => string | undefined,
  path: string,
  depth: number,
): FieldError[] {
  if (typeof value === 'string') {
    const fault = faultOf(value);
    return fault === undefined ? [] : [{ field: path, message: fault }];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (depth > DEEPEST) return [{ field: path, message: `must not nest deeper than ${DEEPEST} levels` }];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([name, content]) => {
    // An invalid name is not repeated in the message, because the reader may be unable to display it.
    const fault = isList ? undefined : faultOf(name);
    if (fault !== undefined) return [{ field: path, message: `has a field whose name ${fault}` }];
    const inside = isList ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    return faultsIn(content, faultOf, inside, depth + 1);
  });
}

const NONE: FieldError[] = [];

/** A JSON value with all texts in normal form; the same object if all already are. */
export function withNormalTexts<T>(value: T): T {
  // The result has the same shape as the input.
  return normalIn(value) as T;
}

/** Whether all texts in a value are in normal form. Nearly all are, so nothing is copied to find out. */
function isNormal(value: unknown): boolean {
  if (typeof value === 'string') return normalText(value) === value;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isNormal);
  const given = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(given)) if (!isNormal(given[name])) return false;
  return true;
}

function normalIn(value: unknown): unknown {
  if (typeof value === 'string') return normalText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isNormal(value)) return value;
  if (Array.isArray(value)) return value.map(normalIn);
  const given = value as Readonly<Record<string, unknown>>;
  // Built from entries, because a field may be named __proto__.
  return Object.fromEntries(Object.entries(given).map(([name, content]) => [name, normalIn(content)]));
}

import { normalText } from './text.js';
import type { FieldError } from '../events/field-kind.js';

/** Nothing that anybody has to say nests deeper. */
const DEEPEST = 32;

/** What is wrong with the texts of a JSON value, names of fields included, by a check of single texts. */
export function problemsOfTexts(
  value: unknown,
  faultOf: (text: string) => string | undefined,
  path = '',
): FieldError[] {
  // Nearly always there is nothing, and an import looks at millions of values.
  return isFaulty(value, faultOf, 0) ? faultsIn(value, faultOf, path, 0) : NONE;
}

function isFaulty(value: unknown, faultOf: (text: string) => string | undefined, depth: number): boolean {
  if (typeof value === 'string') return faultOf(value) !== undefined;
  if (typeof value !== 'object' || value === null) return false;
  if (depth > DEEPEST) return true;
  if (Array.isArray(value)) return value.some((item) => isFaulty(item, faultOf, depth + 1));
  const given = value as Readonly<Record<string, unknown>>;
  return Object.keys(given).some(
    (name) => faultOf(name) !== undefined || isFaulty(given[name], faultOf, depth + 1),
  );
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
    // A name that is wrong is not repeated: whoever reads the message may not be able to show it.
    const fault = isList ? undefined : faultOf(name);
    if (fault !== undefined) return [{ field: path, message: `has a field whose name ${fault}` }];
    const inside = isList ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    return faultsIn(content, faultOf, inside, depth + 1);
  });
}

const NONE: FieldError[] = [];

/** A JSON value with each of its texts in the form that it is recorded in; the very same where all of them have it. */
export function withNormalTexts<T>(value: T): T {
  // What comes out has the shape of what went in.
  return normalIn(value) as T;
}

function normalIn(value: unknown): unknown {
  if (typeof value === 'string') return normalText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.every((item) => normalIn(item) === item) ? value : value.map(normalIn);
  }
  const given = value as Readonly<Record<string, unknown>>;
  if (Object.keys(given).every((name) => normalIn(given[name]) === given[name])) return value;
  // Of entries, because a field may have the name __proto__.
  return Object.fromEntries(Object.entries(given).map(([name, content]) => [name, normalIn(content)]));
}

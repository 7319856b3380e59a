import { normalText } from './text.js';
import type { Problem } from './validation.js';

/** Nothing that anybody has to say nests deeper. */
const DEEPEST = 32;

/** What is wrong with the texts of a JSON value, names of fields included, by a check of single texts. */
export function problemsOfTexts(
  value: unknown,
  faultOf: (text: string) => string | undefined,
  path = '',
  depth = 0,
): Problem[] {
  if (typeof value === 'string') {
    const fault = faultOf(value);
    return fault === undefined ? [] : [{ field: path, message: fault }];
  }
  if (typeof value !== 'object' || value === null) return NONE;
  if (depth > DEEPEST) return [{ field: path, message: `must not nest deeper than ${DEEPEST} levels` }];
  const problems: Problem[] = [];
  const isList = Array.isArray(value);
  for (const [name, content] of Object.entries(value)) {
    // A name that is wrong is not repeated: whoever reads the message may not be able to show it.
    const fault = isList ? undefined : faultOf(name);
    if (fault !== undefined) problems.push({ field: path, message: `has a field whose name ${fault}` });
    else if (typeof content === 'string' || typeof content === 'object') {
      const inside = isList ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
      const found = problemsOfTexts(content, faultOf, inside, depth + 1);
      if (found.length > 0) problems.push(...found);
    }
  }
  return problems;
}

const NONE: Problem[] = [];

/** A JSON value with each of its texts in the form that it is recorded in; the very same where all of them have it. */
export function withNormalTexts<T>(value: T): T {
  // What comes out has the shape of what went in.
  return normalIn(value) as T;
}

function normalIn(value: unknown): unknown {
  if (typeof value === 'string') return normalText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(normalIn);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(([name, content]): [string, unknown] => [
    name,
    normalIn(content),
  ]);
  const given = value as Readonly<Record<string, unknown>>;
  return entries.some(([name, content]) => content !== given[name]) ? Object.fromEntries(entries) : value;
}

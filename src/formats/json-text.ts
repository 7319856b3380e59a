import { repeatedName } from '../domain/ledger/repeated-name.js';

/** Maximum nesting depth. The deepest event of the catalogue has a fifth of it. */
const DEEPEST = 32;

/** Maximum number of values: many times those of the largest event, and few enough to list their faults. */
const MOST_VALUES = 20_000;

/**
 * For longer texts, separators are counted before parsing, because the parsed value may take ten times the
 * memory.
 */
const LONG = 64 * 1024;
const MOST_SEPARATORS = 5 * MOST_VALUES;

/** A text is JSON but is not accepted from outside. */
export class UnusableJson extends Error {
  override readonly name = 'UnusableJson';
}

/**
 * Parses a JSON text from outside. Throws SyntaxError when it is not JSON, and UnusableJson when it is nested
 * so deeply that processing would exhaust the stack, has more values than any event, repeats a key in an
 * object, or has a key `__proto__`, which is harmless only until it is copied.
 */
export function parseJson(text: string): unknown {
  if (text.length > LONG && hasTooManySeparators(text)) throw tooManyValues();
  const value: unknown = JSON.parse(text);
  const seen = { values: 0, names: 0 };
  check(value, 1, seen);
  const twice = repeatedName(text, seen.names);
  if (twice !== undefined) throw new UnusableJson(`says ${JSON.stringify(twice)} twice`);
  return value;
}

function check(value: unknown, depth: number, seen: { values: number; names: number }): void {
  if (++seen.values > MOST_VALUES) throw tooManyValues();
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) throw new UnusableJson(`is nested deeper than ${DEEPEST} levels`);
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) check(item, depth + 1, seen);
    return;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(object)) {
    seen.names++;
    if (key === '__proto__') throw new UnusableJson('holds "__proto__", which is not a known field');
    check(object[key], depth + 1, seen);
  }
}

/** Separators inside texts count too: no real event has that many. */
function hasTooManySeparators(text: string): boolean {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === COLON) count++;
  }
  return count > MOST_SEPARATORS;
}

const COMMA = 0x2c;
const COLON = 0x3a;

const tooManyValues = () => new UnusableJson(`holds more than ${MOST_VALUES} values`);

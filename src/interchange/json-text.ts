/** So deep may a value be nested. The deepest event of the catalogue has a fifth of it. */
const DEEPEST = 32;

/** A text is JSON, but not of a kind that is taken from outside. */
export class UnusableJson extends Error {
  override readonly name = 'UnusableJson';
}

/**
 * The value of a JSON text from outside. Throws SyntaxError where it is not JSON, and UnusableJson where it is nested
 * so deep that handling it would exhaust the stack, or has a key `__proto__`, which is harmless only until it is copied.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  check(value, 1);
  return value;
}

function check(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) throw new UnusableJson(`is nested deeper than ${DEEPEST} levels`);
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) check(item, depth + 1);
    return;
  }
  for (const [key, content] of Object.entries(value)) {
    if (key === '__proto__') throw new UnusableJson('holds "__proto__", which is not a known field');
    check(content, depth + 1);
  }
}

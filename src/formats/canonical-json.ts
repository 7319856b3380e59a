import { createRequire } from 'node:module';

// The package is CommonJS and its types describe an ES module's default export.
const canonicalize = createRequire(import.meta.url)('canonicalize') as (value: unknown) => string | undefined;

/** The one JSON text of a value, however its fields are ordered (RFC 8785). */
export function canonicalJson(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('the value has no canonical JSON');
  return text;
}

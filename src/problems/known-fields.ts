import { InvalidRequest } from './request-problems.js';

/**
 * The fields of a body. None where there is no body. Throws InvalidRequest that names every field that is not known,
 * so that a misspelt one is noticed.
 */
export function knownFields<Name extends string>(
  body: unknown,
  known: readonly Name[],
): Readonly<Partial<Record<Name, unknown>>> {
  const given = body ?? {};
  if (typeof given !== 'object' || Array.isArray(given))
    throw new InvalidRequest([{ field: 'body', message: `must be an object of ${known.join(', ')}` }]);
  const unknown = Object.keys(given).filter((name) => !known.some((each) => each === name));
  if (unknown.length > 0)
    throw new InvalidRequest(
      unknown.map((field) => ({
        field,
        message: `is not a known field; known are ${known.join(', ')}`,
      })),
    );
  return given as Readonly<Partial<Record<Name, unknown>>>;
}

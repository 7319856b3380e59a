import { flatFields } from '../design/fields.js';

/**
 * A record as pairs of name and text. For a list of parts (versions, stays, reports), only their number and
 * the last one, which is in force. Event ids are omitted.
 */
export function recordFields(record: object): readonly (readonly [string, string])[] {
  return Object.entries(record).flatMap(([name, value]: [string, unknown]): (readonly [string, string])[] => {
    if (name === 'event' || name === 'events' || name === 'revision') return [];
    if (Array.isArray(value) && value.every(isPart)) {
      const last: object | undefined = value.at(-1);
      return [[name, String(value.length)], ...(last ? within(name, recordFields(last)) : [])];
    }
    if (isPart(value)) return within(name, recordFields(value));
    return [...flatFields({ [name]: value })];
  });
}

const within = (
  name: string,
  fields: readonly (readonly [string, string])[],
): (readonly [string, string])[] => fields.map(([inner, text]) => [`${name}.${inner}`, text] as const);

const isPart = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

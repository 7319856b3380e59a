import { isEventType, type EventType } from '../domain/events/catalogue.js';
import { fieldsOf } from '../domain/events/validation.js';
import { newestVersion, versionsOf } from '../domain/events/versions.js';

/**
 * The columns of an empty table for events of some types: the common columns, and those of the types' data.
 */
export function templateColumns(types: readonly EventType[]): string[] {
  const fields = types.flatMap((type) => {
    const newest = versionsOf(type).find(({ version }) => version === newestVersion(type));
    return newest ? [...fieldsOf(newest.data).keys()] : [];
  });
  return [
    'stream',
    'type',
    'occurredOn',
    ...new Set(fields.map((field) => `data.${field}`)),
    'evidence.url',
    'evidence.publisher',
    'evidence.publishedOn',
    'evidence.grade',
    'evidence.quote',
    'note',
    'confirm',
  ];
}

/** Parses a list of event types separated by commas. Unknown ones are returned separately. */
export function typesFrom(text: string): {
  readonly types: readonly EventType[];
  readonly unknown: readonly string[];
} {
  const names = text.split(',').map((name) => name.trim());
  return { types: names.filter(isEventType), unknown: names.filter((name) => !isEventType(name)) };
}

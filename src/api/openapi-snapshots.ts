import { AS_OF, DAY, listOf, NUMBER, object, TEXT } from './json-schema.js';

/** What `/snapshots` answers. */
export const SNAPSHOTS_SCHEMA = object(
  { asOf: AS_OF, snapshots: listOf(object({ day: DAY, position: NUMBER, events: NUMBER })) },
  { next: TEXT },
);

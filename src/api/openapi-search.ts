import { FOUND_KINDS } from '../domain/search/found-kinds.js';
import { AS_OF, listOf, object, oneOf, TEXT } from './json-schema.js';

const NAME = object(
  { kind: oneOf(FOUND_KINDS), name: TEXT },
  { about: TEXT, automaker: TEXT, target: TEXT, market: TEXT, company: TEXT, event: TEXT },
);

/** What `/search` answers; events are as `/events` tells them. */
export const SEARCH_SCHEMA = object(
  { asOf: AS_OF, q: TEXT, words: listOf(TEXT), names: listOf(NAME), events: listOf({ type: 'object' }) },
  { next: TEXT },
);

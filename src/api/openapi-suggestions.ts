import { SUGGESTION_STATES } from '../access/suggestion-row.js';
import { GRADES } from '../domain/ledger/evidence.js';
import { Suggestion } from '../domain/suggestions/suggestion.js';
import { COUNT, FLAG, INSTANT, jsonBody, listOf, object, oneOf, TEXT, type Schema } from './json-schema.js';
import { schemaOf } from './openapi-events.js';
import type { RouteDescription } from './openapi-recording-routes.js';

const SUGGESTION: Schema = schemaOf(Suggestion);
const KEPT = object(
  { id: TEXT, suggestion: SUGGESTION, createdAt: INSTANT, state: oneOf(SUGGESTION_STATES) },
  {
    decidedAt: INSTANT,
    decidedBy: TEXT,
    reason: { ...TEXT, description: 'Why it was declined' },
    event: { ...TEXT, description: 'The event that it was recorded as' },
  },
);

const RECORDING = object({
  stream: TEXT,
  revision: COUNT,
  position: COUNT,
  events: listOf({ type: 'object' }),
});
const PREVIEW = object({
  dryRun: FLAG,
  stream: TEXT,
  revision: { type: 'integer' },
  accepted: FLAG,
  outcomes: listOf({ type: 'object' }),
  numbers: listOf({ type: 'object' }),
});

/** Routes of what readers propose. */
export const SUGGESTION_ROUTES: Readonly<Record<string, RouteDescription>> = {
  'SuggestionsController.suggest': {
    tag: 'record',
    summary:
      'Propose a source, a correction or an event, without a key: it waits outside the ledger until an analyst has looked at it',
    answer: 'The suggestion; its id, which nobody can guess, tells what became of it',
    status: '201',
    isOpen: true,
    body: jsonBody(SUGGESTION),
    schema: KEPT,
  },
  'SuggestionsController.list': {
    tag: 'record',
    summary: 'Suggestions that wait, were accepted or were declined, oldest first',
    answer: 'Suggestions, how many wait, and `next` where there are more',
    schema: object({ suggestions: listOf(KEPT), waiting: COUNT }, { next: TEXT }),
  },
  'SuggestionsController.one': {
    tag: 'ask',
    summary: 'What became of a suggestion',
    answer: 'The suggestion',
    schema: KEPT,
  },
  'SuggestionsController.accept': {
    tag: 'record',
    summary:
      'Record what a suggestion says, once: a suggested source with a grade, anything else as the event that it comes to; credited in its note. With dryRun say what would happen',
    answer: 'What was recorded, or what would be',
    body: jsonBody(
      object(
        {},
        {
          event: { $ref: '#/components/schemas/Event' },
          grade: oneOf(GRADES),
          dryRun: FLAG,
        },
      ),
    ),
    schema: { oneOf: [RECORDING, PREVIEW] },
  },
  'SuggestionsController.decline': {
    tag: 'record',
    summary: 'Decline a suggestion, with the reason that whoever made it reads',
    answer: 'The suggestion',
    body: jsonBody(object({ reason: { type: 'string', maxLength: 1000 } })),
    schema: KEPT,
  },
};

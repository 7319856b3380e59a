import { GRADES } from '../domain/ledger/evidence.js';
import { Suggestion } from '../domain/suggestions/suggestion.js';
import { FLAG, jsonBody, object, oneOf, type Schema } from './json-schema.js';
import { schemaOf } from './openapi-events.js';
import type { RouteDescription } from './openapi-recording-routes.js';

const SUGGESTION: Schema = schemaOf(Suggestion);
/** The routes for readers' suggestions. */
export const SUGGESTION_ROUTES: Readonly<Record<string, RouteDescription>> = {
  'SuggestionsController.suggest': {
    tag: 'record',
    summary:
      'Propose a source, a correction or an event, without a key: it waits outside the ledger until an analyst has looked at it',
    answer: 'The suggestion; its id, which nobody can guess, tells what became of it',
    statuses: ['201'],
    body: jsonBody(SUGGESTION),
  },
  'SuggestionsController.list': {
    tag: 'record',
    summary: 'Suggestions that wait, were accepted or were declined, oldest first',
    answer: 'Suggestions, how many wait, and `next` where there are more',
  },
  'SuggestionsController.one': {
    tag: 'ask',
    summary: 'What became of a suggestion',
    answer: 'The suggestion',
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
  },
  'SuggestionsController.decline': {
    tag: 'record',
    summary: 'Decline a suggestion, with the reason that whoever made it reads',
    answer: 'The suggestion',
    body: jsonBody(object({ reason: { type: 'string', maxLength: 1000 } })),
  },
};

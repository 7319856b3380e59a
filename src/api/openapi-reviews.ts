import { FINDINGS } from '../access/review-row.js';
import { jsonBody, object, oneOf, TEXT } from './json-schema.js';
import type { RouteDescription } from './openapi-recording-routes.js';

/** The routes for reviews by a second analyst. */
export const REVIEW_ROUTES: Readonly<Record<string, RouteDescription>> = {
  'ReviewsController.list': {
    tag: 'record',
    summary: 'Events that a second analyst is asked to look at, or has looked at, in the order of asking',
    answer: 'Reviews, how many wait, and `next` where there are more',
  },
  'ReviewsController.ask': {
    tag: 'record',
    summary: 'Ask a second analyst to look at an event; it stands in the ledger meanwhile',
    answer: 'The review',
    body: jsonBody(object({ event: TEXT }, { question: { type: 'string', maxLength: 1000 } })),
  },
  'ReviewsController.settle': {
    tag: 'record',
    summary: 'Say what a second look at an event found; whoever recorded it cannot',
    answer: 'The review',
    body: jsonBody(object({ finding: oneOf(FINDINGS) }, { remark: { type: 'string', maxLength: 1000 } })),
  },
  'SingleSourceController.list': {
    tag: 'ask',
    summary: 'Events that one publisher alone states, the last recorded first: what lacks a second source',
    answer: 'Events as the timeline tells them, how many were looked at, and `next` where there are more',
  },
};

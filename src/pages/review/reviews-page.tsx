import type { ComponentChildren, VNode } from 'preact';
import type { Review } from '../../commands/review/reviews.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { EventLine } from '../design/event-list.js';
import { addressOf, usePageContext } from '../page-context.js';
import { reviewInWords } from './review-note.js';

/** The lists that analysts work through. */
export const REVIEW_LISTS = ['waiting', 'reviewed', 'mine', 'one-publisher'] as const;
export type ReviewList = (typeof REVIEW_LISTS)[number];

const LIST_WORDS: Readonly<Record<ReviewList, string>> = {
  waiting: 'Waiting for a second analyst',
  reviewed: 'Looked at',
  mine: 'What you logged',
  'one-publisher': 'Stated by one publisher only',
};

const LEADS: Readonly<Record<ReviewList, string>> = {
  waiting:
    'Events whose authors asked for a second analyst, who is somebody else. They are recorded and count meanwhile.',
  reviewed: 'What a second analyst has looked at, and found.',
  mine: 'What was recorded with your key, the last first.',
  'one-publisher':
    'What one publisher alone states, however many of its pages do: a second source would make it surer.',
};

const NONE: Readonly<Record<ReviewList, string>> = {
  waiting: 'Nothing waits for a second analyst.',
  reviewed: 'No second analyst has looked at anything yet.',
  mine: 'Nothing was logged with your key yet.',
  // Each part of the list examines only a limited number of events; other parts may have matches.
  'one-publisher': 'Of the events looked at here, none rests on one publisher alone.',
};

interface ReviewsPageProps {
  readonly list: ReviewList;
  readonly events: readonly TimelineEntry[];
  /** The reviews of the listed events, by event id. */
  readonly reviews: ReadonlyMap<string, Review>;
  readonly waiting: number;
  /** The query parameters of the next part. */
  readonly next: Readonly<Record<string, string>> | undefined;
}

/** Lists for analysts: pending and finished reviews, own events, and events with only one publisher. */
export function ReviewsPage({ list, events, reviews, waiting, next }: ReviewsPageProps): VNode {
  const { principal } = usePageContext();
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href="/log">Log an event</a>
        </p>
        <h1>{LIST_WORDS[list]}</h1>
        <p class="lead">
          {LEADS[list]}{' '}
          {waiting === 0 ? 'Nothing waits' : waiting === 1 ? 'One event waits' : `${waiting} events wait`} for
          a second look.
        </p>
      </header>
      <nav class="actions" aria-label="Which list">
        {REVIEW_LISTS.map((each) => (
          <a
            key={each}
            class="button second"
            href={addressOf('/reviews', { list: each })}
            aria-current={each === list ? 'page' : undefined}
          >
            {LIST_WORDS[each]}
          </a>
        ))}
      </nav>
      {events.length === 0 ? (
        <p class="quiet">{NONE[list]}</p>
      ) : (
        <ol class="events">
          {events.map((event) => (
            <EventLine key={event.id} event={event}>
              <Rest
                event={event}
                review={reviews.get(event.id)}
                list={list}
                isOwn={event.recordedBy === principal?.name}
              />
            </EventLine>
          ))}
        </ol>
      )}
      {next && (
        <p class="actions">
          <a class="button second" rel="next" href={addressOf('/reviews', { list, ...next })}>
            Next page
          </a>
        </p>
      )}
    </>
  );
}

interface RestProps {
  readonly event: TimelineEntry;
  readonly review: Review | undefined;
  readonly list: ReviewList;
  readonly isOwn: boolean;
}

/** The possible actions for an event in a list. */
function Rest({ event: { id }, review, list, isOwn }: RestProps): ComponentChildren {
  if (list === 'one-publisher')
    return (
      <>
        {' '}
        <a href={`/events/${id}/evidence`}>Add a second source</a>
      </>
    );
  if (!review) return null;
  return (
    <>
      <span class="excerpt">{reviewInWords(review)}</span>{' '}
      {list === 'waiting' && !isOwn && <a href={`/events/${id}#evidence`}>Say what you found</a>}
    </>
  );
}

import type { VNode } from 'preact';
import type { KeptSuggestion } from '../../commands/suggestions/suggestions.js';
import { instantInWords } from '../design/dates.js';
import { useLink } from '../page-context.js';
import { Suggested, suggestedInWords } from './suggested.js';

interface SuggestionPageProps {
  readonly kept: KeptSuggestion;
  /** Set if the reader has just made it. */
  readonly isNew: boolean;
}

/** The state of a suggestion, for its contributor. */
export function SuggestionPage({ kept, isNew }: SuggestionPageProps): VNode {
  const link = useLink();
  const { suggestion, state, decidedAt, reason, event } = kept;
  return (
    <>
      <header class="page-head">
        <h1>{HEADS[state]}</h1>
        <p class="lead">{suggestedInWords(kept)}.</p>
      </header>
      {isNew && state === 'waiting' && (
        <p class="note good" role="status">
          Thank you: it was taken. Keep the address of this page; it tells what becomes of it.
        </p>
      )}
      {state === 'waiting' && <p>Nothing is recorded before an analyst has looked at it.</p>}
      {state === 'declined' && (
        <p class="note warn">
          Declined {decidedAt !== undefined && instantInWords(decidedAt)}: {reason}
        </p>
      )}
      {state === 'accepted' && (
        <p class="note good">
          Accepted {decidedAt !== undefined && instantInWords(decidedAt)}.{' '}
          {event !== undefined && <a href={link(`/events/${event}`)}>What was recorded</a>}
        </p>
      )}
      <Suggested suggestion={suggestion} />
      {suggestion.about !== undefined && (
        <p>
          <a href={link(`/events/${suggestion.about}`)}>The event that it is about</a>
        </p>
      )}
    </>
  );
}

const HEADS: Readonly<Record<KeptSuggestion['state'], string>> = {
  waiting: 'The suggestion waits',
  accepted: 'The suggestion was accepted',
  declined: 'The suggestion was declined',
};

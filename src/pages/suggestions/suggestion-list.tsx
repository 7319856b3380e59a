import type { VNode } from 'preact';
import type { KeptSuggestion, SuggestionPage } from '../../commands/suggestions/suggestions.js';
import { SUGGESTION_STATES, type SuggestionState } from '../../access/suggestion-row.js';
import { withCapital } from '../design/words.js';
import { addressOf, useLink, usePageContext } from '../page-context.js';
import { Suggested, suggestedInWords } from './suggested.js';

interface SuggestionListProps {
  readonly state: SuggestionState;
  readonly page: SuggestionPage;
  /** The subjects of suggestions in words: events by id, automakers by id, goals by `automaker/target`. */
  readonly sentences: ReadonlyMap<string, string>;
  /** Why declining one of them failed. */
  readonly refusal?: { readonly id: string; readonly words: string; readonly typed: string };
}

const STATE_WORDS: Readonly<Record<SuggestionState, string>> = {
  waiting: 'Waiting',
  accepted: 'Accepted',
  declined: 'Declined',
};

/** The suggestions of readers. Each is accepted through its prefilled form, or declined with a reason. */
export function SuggestionList({ state, page, sentences, refusal }: SuggestionListProps): VNode {
  const { suggestions, waiting, next } = page;
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href="/log">Log an event</a>
        </p>
        <h1>What readers suggest</h1>
        <p class="lead">
          {waiting === 0 ? 'None waits.' : waiting === 1 ? 'One waits.' : `${waiting} wait.`} They are no part
          of the ledger before you record them.
        </p>
      </header>
      <nav class="actions" aria-label="Which suggestions">
        {SUGGESTION_STATES.map((each) => (
          <a
            key={each}
            class="button second"
            href={addressOf('/suggestions', { state: each })}
            aria-current={each === state ? 'page' : undefined}
          >
            {STATE_WORDS[each]}
          </a>
        ))}
      </nav>
      {suggestions.length === 0 && <p class="quiet">None is {state}.</p>}
      {suggestions.map((kept) => (
        <Entry
          key={kept.id}
          kept={kept}
          sentences={sentences}
          refusal={refusal?.id === kept.id ? refusal : undefined}
        />
      ))}
      {next !== undefined && (
        <p>
          <a href={addressOf('/suggestions', { state, after: next })}>Later ones</a>
        </p>
      )}
    </>
  );
}

interface EntryProps {
  readonly kept: KeptSuggestion;
  readonly sentences: SuggestionListProps['sentences'];
  readonly refusal: SuggestionListProps['refusal'];
}

function Entry({ kept, sentences, refusal }: EntryProps): VNode {
  const link = useLink();
  const { formToken } = usePageContext();
  const { id, suggestion, state, decidedBy, reason, event } = kept;
  return (
    <article class="section" aria-labelledby={`suggestion-${id}`}>
      <h2 id={`suggestion-${id}`}>{suggestedInWords(kept)}</h2>
      {suggestion.about !== undefined && (
        <p>
          About:{' '}
          <a href={link(`/events/${suggestion.about}`)}>{sentences.get(suggestion.about) ?? 'an event'}</a>
        </p>
      )}
      {suggestion.automaker !== undefined && (
        <p>
          About:{' '}
          <a href={link(pathOf(suggestion.automaker, suggestion.target))}>
            {sentences.get([suggestion.automaker, suggestion.target].filter(Boolean).join('/')) ??
              'what is not in the ledger any more'}
          </a>
        </p>
      )}
      <Suggested suggestion={suggestion} />
      {state !== 'waiting' && (
        <p>
          {withCapital(state)} by {decidedBy}
          {reason !== undefined && `: ${reason}`}
          {event !== undefined && (
            <>
              {': '}
              <a href={link(`/events/${event}`)}>what was recorded</a>
            </>
          )}
        </p>
      )}
      {state === 'waiting' && (
        <>
          <p>
            <a class="button" href={formOf(kept)}>
              Look at it in the form
            </a>
          </p>
          <details open={refusal !== undefined}>
            <summary>Decline it</summary>
            <form action={`/suggestions/${id}/decline`} method="post" class="form">
              <input type="hidden" name="formToken" value={formToken} />
              <div class="field">
                <label for={`reason-${id}`}>Why, for whoever suggested it to read</label>
                {refusal && (
                  <span class="wrong" id={`reason-${id}-wrong`} role="alert">
                    {refusal.words}
                  </span>
                )}
                <textarea
                  id={`reason-${id}`}
                  name="reason"
                  rows={3}
                  maxLength={1000}
                  required
                  aria-invalid={refusal ? 'true' : undefined}
                  aria-describedby={refusal ? `reason-${id}-wrong` : undefined}
                  value={refusal?.typed ?? ''}
                />
              </div>
              <div class="actions">
                <button class="button second" type="submit">
                  Decline
                </button>
              </div>
            </form>
          </details>
        </>
      )}
    </article>
  );
}

const pathOf = (automaker: string, target: string | undefined): string =>
  `/automakers/${automaker}${target === undefined ? '' : `/targets/${target}`}`;

/** The address of the form that turns a suggestion into an event. */
function formOf({ id, suggestion: { kind, about, automaker, market } }: KeptSuggestion): string {
  if (about !== undefined && kind !== 'event')
    return addressOf(`/events/${about}/${kind === 'source' ? 'evidence' : 'correct'}`, { suggestion: id });
  return addressOf('/log', { of: automaker ?? market, suggestion: id });
}

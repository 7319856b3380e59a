import type { VNode } from 'preact';
import type { KeptSuggestion } from '../../commands/suggestions/suggestions.js';
import { definitionOf, EVENT_TYPES, isAmendment } from '../../domain/events/catalogue.js';
import type { FieldError } from '../../domain/events/field-kind.js';
import type { NamedThing } from '../../queries/log/names-to-pick.js';
import { Suggested, suggestedInWords } from '../suggestions/suggested.js';
import { eventTypeInWords } from '../design/words.js';
import { ErrorSummary } from './error-summary.js';

interface ChooserPageProps {
  readonly automakers: readonly NamedThing[];
  /** The typed text, or the name of the automaker from the link. */
  readonly of: string;
  readonly type: string;
  readonly problems: readonly FieldError[];
  /** Number of pending suggestions of readers. */
  readonly waiting: number;
  /** The reader's suggestion that the event records. */
  readonly suggestion?: KeptSuggestion;
}

/**
 * Chooses the type and subject of a new event. Corrections, retractions and further evidence start at their
 * event instead.
 */
export function ChooserPage({
  automakers,
  of,
  type: chosen,
  problems,
  waiting,
  suggestion,
}: ChooserPageProps): VNode {
  const definitions = EVENT_TYPES.map(definitionOf).filter((definition) => !isAmendment(definition));
  const isWrong = problems.some(({ field }) => field === 'of');
  return (
    <>
      <header class="page-head">
        <h1>Log an event</h1>
        <p class="lead">
          Something that happened in the world, with its source. A second report of the same event is more
          evidence: add it on the page of that event.{' '}
          <a href="/log/release">Paste the table of a monthly release</a>, or{' '}
          <a href="/import">import many at once</a>. <a href="/reviews">Second looks and what you logged</a>.
          {!suggestion && waiting > 0 && (
            <>
              {' '}
              <a href="/suggestions">
                {waiting === 1
                  ? 'One suggestion of a reader waits'
                  : `${waiting} suggestions of readers wait`}
              </a>
              .
            </>
          )}
        </p>
      </header>
      <ErrorSummary problems={problems.map(({ field, message }) => ({ to: field, words: message }))} />
      {suggestion && (
        <section class="note" aria-label="What a reader suggests">
          <p>{suggestedInWords(suggestion)}:</p>
          <Suggested suggestion={suggestion.suggestion} />
        </section>
      )}
      <form action="/log" method="get" class="form">
        {suggestion && <input type="hidden" name="suggestion" value={suggestion.id} />}
        <div class="field">
          <label for="of">Whose event is it?</label>
          <span class="hint" id="of-hint">
            An automaker, by its name. For tariffs and rules: a market, such as Norway. For what a company is
            and whose it is: the company.
          </span>
          <input
            type="text"
            id="of"
            name="of"
            list="automakers"
            value={of}
            aria-describedby="of-hint"
            aria-invalid={isWrong ? 'true' : undefined}
            maxLength={200}
            autofocus={problems.length === 0}
          />
          <datalist id="automakers">
            {automakers.map(({ id, names: [name = id] }) => (
              <option key={id} value={name} />
            ))}
          </datalist>
        </div>
        <fieldset>
          <legend>What happened</legend>
          <div class="choices kinds">
            {definitions.map(({ type, summary }, index) => (
              <label key={type}>
                <input
                  type="radio"
                  id={index === 0 ? 'type' : undefined}
                  name="type"
                  value={type}
                  required={index === 0}
                  checked={type === chosen}
                />
                <span>
                  <strong>{eventTypeInWords(type)}</strong> <span class="hint">{summary}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="actions">
          <button class="button" type="submit">
            Go on
          </button>
        </div>
      </form>
    </>
  );
}

import type { VNode } from 'preact';
import type { StrategyChange } from '../../domain/audit/strategy-history.js';
import { dateInWords } from '../design/dates.js';
import { slugInWords } from '../design/words.js';
import { useLink } from '../page-context.js';

/** Each version of a strategy, newest first, with what it took up and dropped. */
export function StrategyStory({ versions }: { versions: readonly StrategyChange[] }): VNode {
  const link = useLink();
  if (versions.length === 0) return <p class="quiet">None was declared by then.</p>;
  const newestFirst = [...versions].reverse();
  return (
    <ol class="events">
      {newestFirst.map(
        ({ event, occurredOn, approach, approachChanged, rationale, elementsAdded, elementsDropped }) => (
          <li key={event}>
            <span class="date quiet">{dateInWords(occurredOn)}</span>
            <span>
              <a href={link(`/events/${event}`)}>{slugInWords(approach)}</a>
              {approachChanged && (
                <>
                  {' '}
                  <span class="tag">approach changed</span>
                </>
              )}
              : {rationale}
              <br />
              <small>
                {elementsAdded.map((element) => (
                  <span key={element}>
                    <ins>{element}</ins>{' '}
                  </span>
                ))}
                {elementsDropped.map((element) => (
                  <span key={element}>
                    <del>{element}</del>{' '}
                  </span>
                ))}
              </small>
            </span>
          </li>
        ),
      )}
    </ol>
  );
}

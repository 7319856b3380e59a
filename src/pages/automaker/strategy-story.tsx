import type { VNode } from 'preact';
import { withoutRetellings, type StrategyChange } from '../../domain/audit/strategy-history.js';
import { dateInWords } from '../design/dates.js';
import { FirstRows } from '../design/first-rows.js';
import { valueInWords, withCapital } from '../design/words.js';
import { useLink } from '../page-context.js';
import { useByThen } from '../design/by-then.js';

const SHOWN = 5;

/** The automaker's strategy statements, newest first; the first five are visible. */
export function StrategyStory(props: { automaker: string; versions: readonly StrategyChange[] }): VNode {
  const { automaker, versions } = props;
  const all = useLink()('/timeline', { automaker, type: 'StrategyDeclared,StrategyRevised' });
  const byThen = useByThen();
  if (versions.length === 0) return <p class="quiet">It declared none that the ledger knows of{byThen}.</p>;
  const newestFirst = withoutRetellings(versions).reverse();
  return (
    <>
      <Versions versions={newestFirst.slice(0, SHOWN)} />
      {newestFirst.length > SHOWN && (
        <details>
          <summary>
            {newestFirst.length - SHOWN === 1
              ? '1 earlier statement'
              : `${newestFirst.length - SHOWN} earlier statements`}
          </summary>
          <FirstRows rows={newestFirst.slice(SHOWN)} all={all}>
            {(shown) => <Versions versions={shown} />}
          </FirstRows>
        </details>
      )}
    </>
  );
}

function Versions({ versions }: { versions: readonly StrategyChange[] }): VNode {
  const link = useLink();
  return (
    <ol class="events">
      {versions.map(({ event, occurredOn, approach, rationale, elements, elementsDropped }) => (
        <li key={event}>
          <span class="date quiet">{dateInWords(occurredOn)}</span>
          <div>
            <a href={link(`/events/${event}`)}>{withCapital(valueInWords(approach))}</a>: {rationale}
            {elements.length > 0 && (
              <details class="small">
                <summary>Its points</summary>
                <p>{elements.join('; ')}</p>
                {elementsDropped.length > 0 && (
                  <p class="quiet">
                    In the statement before, and not in these words here: {elementsDropped.join('; ')}
                  </p>
                )}
              </details>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

import type { VNode } from 'preact';
import type { StrategyChange } from '../../domain/audit/strategy-history.js';
import { approachInWords } from '../../domain/events/strategy-declared.js';
import { dateInWords } from '../design/dates.js';
import { FirstRows } from '../design/first-rows.js';
import { withCapital } from '../design/words.js';
import { useLink } from '../page-context.js';

const SHOWN = 5;

/** The automaker's strategy statements, newest first; the first five are visible. */
export function StrategyStory(props: { automaker: string; versions: readonly StrategyChange[] }): VNode {
  const { automaker, versions } = props;
  const all = useLink()('/timeline', { automaker, type: 'StrategyDeclared,StrategyRevised' });
  if (versions.length === 0) return <p class="quiet">It declared none that the ledger knows of by then.</p>;
  const newestFirst = [...versions].reverse();
  return (
    <>
      <Versions versions={newestFirst.slice(0, SHOWN)} />
      {newestFirst.length > SHOWN && (
        <details>
          <summary>{newestFirst.length - SHOWN} earlier statements</summary>
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
      {versions.map(({ event, occurredOn, approach, rationale, elementsAdded, elementsDropped }) => (
        <li key={event}>
          <span class="date quiet">{dateInWords(occurredOn)}</span>
          <div>
            <a href={link(`/events/${event}`)}>{withCapital(approachInWords(approach))}</a>: {rationale}
            {(elementsAdded.length > 0 || elementsDropped.length > 0) && (
              <details class="small">
                <summary>What came and went</summary>
                {elementsAdded.length > 0 && <p>New: {elementsAdded.join('; ')}</p>}
                {elementsDropped.length > 0 && <p>Not said again: {elementsDropped.join('; ')}</p>}
              </details>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

import type { VNode } from 'preact';
import { periodInWords } from '../../domain/goals/goal-days.js';
import type { MissingFigure } from '../../domain/goals/missing-figures.js';
import { MEASURES } from '../../domain/measures/measures.js';
import type { WorklistAnswer } from '../../queries/coverage/get-coverage.js';
import { Section } from '../design/section.js';
import { Bounded } from '../design/value.js';
import { countedInWords, listInWords, slugInSentence } from '../design/words.js';
import { addressOf, useLink } from '../page-context.js';

/** Maximum number of named intervals that a figure narrows; the API's answer contains all of them. */
const MOST_NAMED = 3;

/** The figures to look for next, because they would narrow most intervals. */
export function Worklist({ worklist, from }: { worklist: WorklistAnswer; from: string }): VNode {
  const { automakersLeftOut: leftOut = 0 } = worklist;
  return (
    <Section
      id="worklist"
      title="What to look for next"
      lead="Figures that the ledger is without, ranked by how much of what is unknown each would take away, whatever its value."
    >
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Missing figure</th>
            <th scope="col">Possible now</th>
            <th scope="col">It would narrow</th>
            <th scope="col">Log it</th>
          </tr>
        </thead>
        <tbody>
          {worklist.missing.map((missing, index) => (
            <Row key={index} missing={missing} from={from} at={`/missing/${index}`} />
          ))}
        </tbody>
      </table>
      {leftOut > 0 && (
        <p class="quiet">
          Looked at were the automakers of which most is recorded; {leftOut.toLocaleString('en-GB')} others
          were not. Choose some of them to see what is missing there.
        </p>
      )}
    </Section>
  );
}

function Row({ missing, from, at }: { missing: MissingFigure; from: string; at: string }): VNode {
  const link = useLink();
  const { automaker, name, measure, perimeter, first, last, lo, hi, isDue, narrows } = missing;
  // A calendar year and the period of a goal may be the same.
  const periods = [...new Set(narrows.map(periodInWords))];
  const named = periods.slice(0, MOST_NAMED);
  return (
    <tr>
      <th scope="row">
        <a href={link(`/automakers/${automaker}`)}>{name}</a>: {countedInWords({ measure, ...perimeter })},{' '}
        {periodInWords({ first, last })}
        {perimeter.basis !== undefined && (
          <small class="quiet"> counted as {slugInSentence(perimeter.basis)}</small>
        )}
      </th>
      <td data-label="Possible now">
        {lo === 0 && hi === undefined ? (
          <span class="quiet">any number</span>
        ) : (
          <Bounded
            value={{ value: lo, lo, ...(hi !== undefined && { hi }) }}
            at={at}
            from={from}
            unit={MEASURES[measure].unit}
          />
        )}
        {isDue && (
          <>
            {' '}
            <span class="tag">due</span>
          </>
        )}
      </td>
      <td data-label="It would narrow">
        {periods.length > named.length
          ? `${named.join(', ')} and ${periods.length - named.length} more`
          : listInWords(named)}
      </td>
      <td>
        <a href={addressOf('/log', { type: 'FigureReported', automaker })}>Log it</a>
      </td>
    </tr>
  );
}

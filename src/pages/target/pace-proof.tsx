import type { VNode } from 'preact';
import type { RequiredPace, PaceRatio } from '../../domain/goals/pace.js';
import type { ProgressAnswer } from '../../queries/automakers/get-progress.js';
import { dayInWords } from '../design/dates.js';
import { Explained } from '../design/explained.js';
import { Value } from '../design/value.js';
import { unitInWords } from '../design/words.js';

/** The observed pace and the required ones for both ends of the deadline, with their inputs. */
export function PaceProof({ progress: { pace, terms } }: { progress: ProgressAnswer }): VNode | null {
  if (!pace) return null;
  const { observed, toEarlyEnd, toLateEnd } = pace;
  const unit = terms.unit === 'percent' ? 'points' : unitInWords(terms.unit);
  return (
    <details>
      <summary>The pace</summary>
      <p class="small">
        <Explained method="pace">How a pace is worked out</Explained>
      </p>
      <section class="table-scroll" tabIndex={0} aria-label="Pace observed and required">
        <table>
          <caption>In {unit} a year; ratio = observed / required, from the middles of the bounds</caption>
          <thead>
            <tr>
              <th scope="col">Pace</th>
              <th scope="col">From, to</th>
              <th scope="col" class="num">
                At least
              </th>
              <th scope="col" class="num">
                At most
              </th>
              <th scope="col" class="num">
                Ratio
              </th>
            </tr>
          </thead>
          <tbody>
            {observed && (
              <tr>
                <th scope="row">Observed</th>
                <td class="date">
                  {dayInWords(observed.from)}, {dayInWords(observed.to)}
                </td>
                <PaceBounds bounds={observed.perYear} at="/pace/observed/perYear" />
                <td />
              </tr>
            )}
            {toEarlyEnd && toEarlyEnd.by !== toLateEnd?.by && (
              <Required words="Required, early end" pace={toEarlyEnd} at="/pace/toEarlyEnd" />
            )}
            {toLateEnd && <Required words="Required, late end" pace={toLateEnd} at="/pace/toLateEnd" />}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function Required({
  words,
  pace: { by, perYear, ratio },
  at,
}: {
  words: string;
  pace: RequiredPace & { readonly ratio?: PaceRatio };
  at: string;
}): VNode {
  return (
    <tr>
      <th scope="row">{words}</th>
      <td class="date">the day of the value, {dayInWords(by)}</td>
      <PaceBounds bounds={perYear} at={`${at}/perYear`} />
      <td class="num">{ratio && <Value value={ratio.middle} at={`${at}/ratio/middle`} isRatio />}</td>
    </tr>
  );
}

function PaceBounds({ bounds, at }: { bounds: RequiredPace['perYear']; at: string }): VNode {
  return (
    <>
      <td class="num">
        <Value value={bounds.lo} at={`${at}/lo`} />
      </td>
      <td class="num">
        <Value value={bounds.hi} at={`${at}/hi`} />
      </td>
    </>
  );
}

import type { VNode } from 'preact';
import type { Confirmation } from '../../domain/ledger/doubts.js';
import { textOf, type FormValues } from '../form-body.js';

const DOUBTS_IN_WORDS: Readonly<Record<Confirmation, string>> = {
  'unlikely-year': 'The year is meant as it is written',
  'far-off': 'The figure is that far off the others',
  'more-than-whole': 'The part is more than the whole that is recorded',
  'decimals-in-count': 'The count has decimals',
  'share-below-one': 'The share is below one percent',
  'unknown-entity': 'It is another brand than the one that is known',
  'unknown-site': 'It is another site than the one that is known',
  'other-market': 'The site or the city is in that market',
  'partner-resembles': 'It is another partner than the one that is known',
  'unlikely-amount': 'It is that much',
  'deadline-passed': 'It was announced for a time that had passed',
  'same-evidence': 'The source is given twice on purpose',
  'repeated-value': 'It is the same number in two places',
  'not-over-yet': 'It is told for days that are to come',
  'order-unclear': 'The order of the dates is as it is written',
  'same-goal': 'It is another goal of the same terms',
  'nothing-changed': 'It is recorded although it changes nothing',
  'long-quote': 'The quote is meant to be that long',
  'unlikely-source': 'The source is named as it is meant',
  'home-market': 'It is in the home market',
  'reached-already': 'The goal was announced although as much was reached before',
  'restates-other': 'It puts that right, although it counts something else',
  'other-measure': 'It is of that measure',
  'same-outlet': 'It is another outlet in that city',
  'published-early': 'The source is that much older than what it tells of',
};

interface DoubtChoicesProps {
  /** The doubts that the author is asked to confirm. */
  readonly doubts: readonly Confirmation[];
  readonly values: FormValues;
}

/** Doubts about unlikely values, each with a checkbox to confirm that the value is meant. */
export function DoubtChoices({ doubts, values }: DoubtChoicesProps): VNode {
  return (
    <>
      {doubts.map((code) => (
        <div key={code} class="choices">
          <label>
            <input
              type="checkbox"
              name={`confirm.${code}`}
              value="yes"
              checked={textOf(values, `confirm.${code}`) === 'yes'}
            />
            {DOUBTS_IN_WORDS[code]}
          </label>
        </div>
      ))}
    </>
  );
}

import type { VNode } from 'preact';
import { LEAST_RECORD, TOLERANCE } from '../../domain/forecast/bands.js';
import { LEAST_ORIGINS, LEAST_POINTS } from '../../domain/forecast/past-errors.js';
import { READING_METHODS, readingsExample } from '../../domain/methods/reading-methods.js';
import { binomialTest } from '../../domain/theses/significance.js';
import { inTwoDigits, VERDICTS, verdictOf } from '../../domain/theses/thesis.js';
import { NAMING } from '../../queries/names.js';
import { Explained } from '../design/explained.js';
import { readingFormula, readingNumberInWords, readingNumberName } from '../design/reading-words.js';
import { nameOfSite } from '../design/site-names.js';
import { Section } from '../design/section.js';
import { ToneBadge } from '../design/status-badge.js';
import { slugInWords, THESIS_LOOKS } from '../design/words.js';
import { Rule, Told } from './rule.js';

export function Readings(): VNode {
  const { told, readings } = readingsExample(NAMING);
  return (
    <Section
      id="readings"
      title="Six readings"
      lead="Six measures of an expansion. What nobody reports is not guessed: each number spans all that it can be."
    >
      <details>
        <summary>The events of the example</summary>
        <Told told={told} />
      </details>
      {readings.map(({ reading, numbers, source }) => (
        <Rule key={reading} id={reading} title={slugInWords(reading)}>
          <p>{READING_METHODS[reading]}</p>
          <ul class="small">
            {numbers.map((number) => (
              <li key={number.name}>
                {readingNumberName(number.name, siteName)}: <strong>{readingNumberInWords(number)}</strong> ={' '}
                {readingFormula(number.formula)}
              </li>
            ))}
            <li class="quiet">After {source}</li>
          </ul>
        </Rule>
      ))}
    </Section>
  );
}

/** The example's plants are in no ledger, so they have no names there. */
const siteName = (site: string): string => nameOfSite(new Map(), '', site);

const THESIS_RULES: Readonly<Record<(typeof VERDICTS)[number], string>> = {
  supported: 'More cases speak for the claim than chance would explain.',
  contradicted: 'More cases speak against the claim than chance would explain.',
  'could-be-chance': 'The cases lean to one side no more than they could by chance.',
  'not-enough-evidence': 'Fewer than three cases are decided.',
  'not-tested': 'What the ledger can measure is not what is claimed, and it is said why.',
};

/** Numbers of cases for and against, as examples of verdicts. */
const CASES: readonly (readonly [number, number])[] = [
  [6, 0],
  [5, 1],
  [0, 7],
  [2, 0],
];

export function Theses(): VNode {
  return (
    <Section
      id="theses"
      title="Theses"
      lead="A claim is tested on cases that each speak for it or against it, by a rule stated with it. If it were as likely wrong as right, cases as uneven as these would come about by chance this often."
    >
      {VERDICTS.map((verdict) => (
        <Rule key={verdict} id={`thesis-${verdict}`} title={<ToneBadge look={THESIS_LOOKS[verdict]} />}>
          <p>{THESIS_RULES[verdict]}</p>
        </Rule>
      ))}
      <ul>
        {CASES.map(([supporting, contradicting]) => {
          const test = binomialTest(supporting, contradicting);
          const verdict = verdictOf(supporting + contradicting, test);
          return (
            <li key={`${supporting} ${contradicting}`}>
              {supporting} for and {contradicting} against: by chance in {inTwoDigits(100 * test.p)} of 100
              ledgers. {THESIS_LOOKS[verdict].words}.
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

export function Forecasts(): VNode {
  return (
    <Section id="forecasts" title="Forecasts">
      <p>
        Six methods side by side, never averaged: mean growth that goes on, a damped trend, theta, exponential
        smoothing and, where a ceiling is stated, two growth curves. Amounts are forecast in logarithms,
        shares in log-odds; monthly figures as sums of twelve, so that the season cancels. Each is judged by
        the forecasts that it would have made from what this ledger had recorded by then or, where that is too
        little, from what had been published by then; the two are never mixed, and the second is named
        pseudo-real-time. It is shown only where it was nearer than to say that nothing changes, by a tenth on
        average. Fewer than {LEAST_POINTS} comparable points, or {LEAST_ORIGINS} past forecasts, give none.
      </p>
      <p>
        Bands come from a method’s own past errors about as far ahead. One is shown only where {LEAST_RECORD}{' '}
        like it were scored and held what came as often as they say, within {100 * TOLERANCE} points of a
        hundred.
      </p>
    </Section>
  );
}

export function Clocks(): VNode {
  return (
    <Section id="clocks" title="Three clocks" lead="Every page can be looked at as of another time.">
      <p>
        <Explained term="true-on">True on</Explained>: what had happened by a day, whenever it was learned.{' '}
        <Explained term="known-on">Known on</Explained>: what this ledger had recorded by then.{' '}
        <Explained term="published-by">Published by</Explained>: what some source had published by then; what
        nobody dated is left out and counted. The three can be combined.
      </p>
    </Section>
  );
}

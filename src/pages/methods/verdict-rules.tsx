import type { VNode } from 'preact';
import type { AmountPace } from '../../domain/goals/amount-progress.js';
import type { Progress } from '../../domain/goals/progress.js';
import { STATUSES, type Status } from '../../domain/goals/status.js';
import { judged, type MadeUp } from '../../domain/methods/made-up-ledger.js';
import { VERDICT_METHODS } from '../../domain/methods/verdict-methods.js';
import { NAMING } from '../../queries/names.js';
import { dayInWords } from '../design/dates.js';
import { Section } from '../design/section.js';
import { StatusMark } from '../design/status-badge.js';
import { numberInWords } from '../design/words.js';
import { Rule, Told } from './rule.js';

const exampleOf = (status: Status): MadeUp & { readonly progress: Progress } => {
  const { facts, on } = VERDICT_METHODS[status];
  return judged(facts, on, NAMING);
};

export function Verdicts(): VNode {
  return (
    <Section
      id="verdicts"
      title="Verdicts"
      lead="How a goal stands, by the figures that bear on it, as of the day of the newest one. Time alone changes no verdict."
    >
      {STATUSES.map((status) => {
        const { told, progress } = exampleOf(status);
        return (
          <Rule key={status} id={status} title={<StatusMark status={status} />}>
            <p>{VERDICT_METHODS[status].rule}</p>
            <p class="small quiet">For example, asked on {dayInWords(VERDICT_METHODS[status].on)}:</p>
            <Told told={told} />
            <p>
              <strong>{progress.summary}</strong> {status === 'not-enough-evidence' && progress.missing[0]}
            </p>
          </Rule>
        );
      })}
      <Rule id="presence" title="To sell in one market">
        <p>
          Achieved by an entry that is logged as done, by the deadline; missed where the entry came late.
          Where nobody logged an entry, nothing is said: not logged is not the same as not there.
        </p>
      </Rule>
    </Section>
  );
}

export function AgeOfVerdicts(): VNode {
  const { facts } = VERDICT_METHODS['acceleration-needed'];
  const later = judged(facts, '2027-08-01', NAMING).progress;
  return (
    <Section
      id="age"
      title="How old a verdict is"
      lead="A verdict is as of its newest figure. Silence never changes it; it ages it."
    >
      <Rule id="current" title="Current">
        <p>The newest figure is no older than twice the time that usually lies between two figures.</p>
      </Rule>
      <Rule id="newer-figures-due" title="Newer figures are due">
        <p>Twice that time, or a year, has gone by without a new figure.</p>
      </Rule>
      <Rule id="no-current-evidence" title="No current evidence">
        <p>
          The newest figure is older than a year: the verdict is told as the last one that there was, and says
          nothing of today. The example of “acceleration needed”, asked on {dayInWords(later.on)}:{' '}
          {later.summary}
        </p>
      </Rule>
    </Section>
  );
}

export function Pace(): VNode {
  const { progress } = exampleOf('on-track');
  const growth = exampleOf('deteriorating').progress.pace?.lastYear;
  const straight = judged(VERDICT_METHODS['on-track'].facts.slice(2), '2026-07-20', NAMING).progress.amount
    ?.pace;
  return (
    <Section
      id="pace"
      title="Pace"
      lead="What was done, as a percentage of what is needed: 100 % is just enough. From 95 % it is on track, from 60 % acceleration is needed, from 0 % progress is limited, below that it deteriorates."
    >
      <Rule id="amounts" title="Amounts of one period">
        <p>
          What is sold so far, over what is left to sell, is held against the same two parts of the year
          before: so the season cancels. The first two months of a period are too few.
        </p>
        {progress.amount?.pace && <SeasonAdjusted amount={progress.amount} pace={progress.amount.pace} />}
        {straight && (
          <p>
            Where the year before is not known, what is sold so far is held against the time that has gone,
            and the season is ignored. The same example without 2025: {percent(straight.middle)}.
          </p>
        )}
      </Rule>
      <Rule id="growth" title="Rates, shares and levels">
        <p>
          Growth over the last year, over the growth that is needed from now to the deadline; and growth since
          the goal was set, over what was needed from then. Amounts and counts grow by the logarithm, shares
          by the logarithm of the odds. Where the two lead to different ratings, the verdict lies between
          them.
        </p>
        {growth && (
          <p>
            In the example of “deteriorating”, from {numberInWords(growth.before.lo)} markets on{' '}
            {dayInWords(growth.from)}, growth was {percent(growth.middle)} of what is needed from{' '}
            {dayInWords(growth.to)} on.
          </p>
        )}
      </Rule>
    </Section>
  );
}

const percent = (ratio: number): string => `${numberInWords(100 * ratio)} %`;

function SeasonAdjusted({
  amount: { percent: done, toGo },
  pace: { middle, before },
}: {
  amount: NonNullable<Progress['amount']>;
  pace: AmountPace;
}): VNode | null {
  if (!before) return null;
  const [same, rest] = [before.same.bounds.lo, before.rest.bounds.lo];
  const soFar = (toGo.lo * done.lo) / (100 - done.lo);
  return (
    <p>
      In the example of “on track”: {numberInWords(soFar)} sold and {numberInWords(toGo.lo)} to go; the year
      before, {numberInWords(same)} and then {numberInWords(rest)}. ({numberInWords(soFar)} ÷{' '}
      {numberInWords(toGo.lo)}) ÷ ({numberInWords(same)} ÷ {numberInWords(rest)}) = {percent(middle)}.
    </p>
  );
}

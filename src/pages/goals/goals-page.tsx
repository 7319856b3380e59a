import type { VNode } from 'preact';
import { roundedNumber } from '../../domain/words/amounts.js';
import type { GoalEntry, TermsAndCompletion } from '../../domain/goals/goal-book.js';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import type { GoalsAnswer } from '../../queries/goals/list-goals.js';
import type { PromisesAnswer } from '../../queries/goals/sum-promises.js';
import { GoalAmount } from '../design/goal-amount.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { NothingLogged } from '../design/nothing-logged.js';
import { PageLinks } from '../design/page-links.js';
import { Section } from '../design/section.js';
import { StatusBadge } from '../design/status-badge.js';
import { Bounded, Value } from '../design/value.js';
import { countedInWords, titleOf } from '../design/words.js';
import { addressOf, useLink, usePageContext } from '../page-context.js';
import { GoalFilters } from './goal-filters.js';
import { MOVE_WORDS } from './move-words.js';
import { PromisedSums } from './promised-sums.js';

interface GoalsPageProps {
  readonly goals: GoalsAnswer;
  readonly promises: PromisesAnswer;
  readonly choice: AutomakerNames;
  /** The API address of the sums. */
  readonly sumsAt: string;
}

export function GoalsPage({ goals: { goals, next, asOf }, promises, choice, sumsAt }: GoalsPageProps): VNode {
  const { path, clocks } = usePageContext();
  const isEmpty = choice.automakers.length === 0;
  return (
    <>
      <header class="page-head">
        <h1>The goal book</h1>
        <p class="lead">
          Every goal that an automaker announced: what it said first, what it says now, how far it is against
          each, and who raised, cut or postponed which.
        </p>
      </header>
      {isEmpty ? <NothingLogged position={asOf.position} /> : <GoalFilters choice={choice} />}
      {!isEmpty && goals.length === 0 && (
        <p class="note">
          No goal fits. <a href={addressOf(path, { ...clocks })}>Show all of them</a>.
        </p>
      )}
      {goals.length > 0 && (
        <Section
          id="goals"
          title="All goals"
          lead="Completion is what the figures come to as a percentage of what was promised, as of the newest figure that bears on it."
        >
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">Goal</th>
                <th scope="col">First said</th>
                <th scope="col">Against that</th>
                <th scope="col">Now</th>
                <th scope="col">Against this</th>
                <th scope="col">Verdict</th>
              </tr>
            </thead>
            <tbody>
              {goals.map((goal, index) => (
                <GoalRow key={`${goal.automaker} ${goal.target}`} goal={goal} at={`/goals/${index}`} />
              ))}
            </tbody>
          </table>
          <PageLinks next={next} />
        </Section>
      )}
      {promises.sums.length > 0 && <PromisedSums promises={promises} sumsAt={sumsAt} />}
    </>
  );
}

function GoalRow({ goal, at }: { goal: GoalEntry; at: string }): VNode {
  const link = useLink();
  const { automaker, name, target, first, current, revisions, direction, slip } = goal;
  const { status, asOf, terms } = current;
  const isChanged = revisions > 0;
  return (
    <tr>
      <th scope="row">
        <a href={link(`/automakers/${automaker}/targets/${target}`)}>
          {name}: {titleOf(terms)}
        </a>
        <br />
        <small class="quiet">{countedInWords(terms)}</small>
      </th>
      <td data-label="First said">
        <Terms said={first} at={`${at}/first`} />
      </td>
      <td data-label="Against that">
        {isChanged && <Completion of={first} at={`${at}/first/completion`} />}
      </td>
      <td data-label="Now">
        {isChanged ? <Terms said={current} at={`${at}/current`} /> : 'unchanged'}
        {direction.length > 0 && (
          <>
            {' '}
            {direction.map((move) => (
              <span key={move}>
                <span class="tag">{MOVE_WORDS[move]}</span>{' '}
              </span>
            ))}
          </>
        )}
        {slip?.rate !== undefined && slip.rate !== 0 && (
          <>
            <br />
            <small class="quiet">
              <Value value={slip.rate} at={`${at}/slip/rate`} isUnsigned /> months{' '}
              {slip.rate < 0 ? 'earlier' : 'later'} per month gone by
            </small>
          </>
        )}
      </td>
      <td data-label="Against this">
        <Completion of={current} at={`${at}/current/completion`} />
      </td>
      <td>
        <StatusBadge status={status} isOld={goal.age === 'no-current-evidence'} />
        <br />
        <small class="quiet">
          {asOf === undefined ? 'no figure bears on it' : `as of ${dayInWords(asOf)}`}
          {goal.age === 'newer-figures-due' && ', newer figures are due'}
        </small>
      </td>
    </tr>
  );
}

function Terms({ said: { terms, saidOn }, at }: { said: TermsAndCompletion; at: string }): VNode {
  const { deadline, period, measure } = terms;
  const by = deadline ?? period;
  return (
    <>
      {measure !== 'market-presence' && (
        <>
          <GoalAmount terms={terms} at={`${at}/terms`} />
          {', '}
        </>
      )}
      {by === undefined ? 'no date' : dateInWords(by)}
      <br />
      <small class="quiet">said {dateInWords(saidOn)}</small>
    </>
  );
}

function Completion({ of: { completion, terms }, at }: { of: TermsAndCompletion; at: string }): VNode {
  if (!completion)
    return <span class="quiet">{terms.measure === 'market-presence' ? 'entered or not' : 'no figure'}</span>;
  const { percent, lo, hi } = completion;
  // Bounds that look the same are shown as one number.
  if (hi !== undefined && lo !== undefined && hi - lo < 0.1)
    return <Value value={percent} at={`${at}/percent`} unit="percent" />;
  if (lo !== undefined && hi !== undefined && roundedNumber(lo, hi, 'percent') === percent)
    return (
      <>
        about <Value value={percent} at={`${at}/percent`} unit="percent" />
      </>
    );
  return (
    <Bounded
      value={{ value: percent, ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) }}
      at={at}
      unit="percent"
    />
  );
}

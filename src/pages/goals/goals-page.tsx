import type { VNode } from 'preact';
import { roundedNumber } from '../../domain/words/amounts.js';
import type { GoalEntry, TermsAndCompletion } from '../../domain/goals/goal-book.js';
import { grouped } from '../../domain/state/grouped.js';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import type { GoalsAnswer } from '../../queries/goals/list-goals.js';
import type { PromisesAnswer } from '../../queries/goals/sum-promises.js';
import { GoalAmount } from '../design/goal-amount.js';
import { dateInWords, dayInWords, whenInWords } from '../design/dates.js';
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
  const { path, clocks, query } = usePageContext();
  const isEmpty = choice.automakers.length === 0;
  const rows = goals.map((goal, index): Row => ({ goal, at: `/goals/${index}` }));
  // What was chosen is shown whole, as is a part of more goals than fit on a page.
  const isGrouped = next === undefined && !CHOICES.some((name) => query[name]) && rows.some(isOfJudged);
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
          title={isGrouped ? 'Goals that can be judged' : 'All goals'}
          lead="Completion is what the figures come to as a percentage of what was promised, as of the newest figure that bears on it."
        >
          <GoalTable rows={isGrouped ? rows.filter(({ goal }) => isJudged(goal)) : rows} />
          <PageLinks next={next} />
        </Section>
      )}
      {isGrouped && <Unjudged rows={rows.filter(({ goal }) => !isJudged(goal))} />}
      {promises.sums.length > 0 && <PromisedSums promises={promises} sumsAt={sumsAt} />}
    </>
  );
}

/** The parameters that choose goals. */
const CHOICES = ['automaker', 'automakers', 'measure', 'market', 'status', 'moved', 'movedSince', 'cursor'];

interface Row {
  readonly goal: GoalEntry;
  readonly at: string;
}

const isJudged = ({ current: { status } }: GoalEntry): boolean =>
  status !== 'not-enough-evidence' && status !== 'not-comparable';
const isOfJudged = ({ goal }: Row): boolean => isJudged(goal);

/** The goals without a verdict, folded by automaker: they are most, and say least. */
function Unjudged({ rows }: { rows: readonly Row[] }): VNode | null {
  if (rows.length === 0) return null;
  return (
    <Section
      id="unjudged"
      title="Goals on which no verdict can be given"
      lead="No figure bears on them, or too few do. Each says on its own page what is missing."
    >
      {[...grouped(rows, ({ goal }) => goal.automaker)].map(([automaker, of]) => (
        <details key={automaker}>
          <summary>
            {of[0]?.goal.name}: {of.length === 1 ? '1 goal' : `${of.length} goals`}
          </summary>
          <GoalTable rows={of} />
        </details>
      ))}
    </Section>
  );
}

function GoalTable({ rows }: { rows: readonly Row[] }): VNode {
  return (
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
        {rows.map(({ goal, at }) => (
          <GoalRow key={`${goal.automaker} ${goal.target}`} goal={goal} at={at} />
        ))}
      </tbody>
    </table>
  );
}

function GoalRow({ goal, at }: Row): VNode {
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
      <small class="quiet">said {whenInWords(saidOn)}</small>
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

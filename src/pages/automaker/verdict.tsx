import type { VNode } from 'preact';
import type { Unit } from '../../domain/measures/measures.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { StatusBadge } from '../design/status-badge.js';
import { Bounded, Value } from '../design/value.js';
import { titleOf, unitInWords, withCapital } from '../design/words.js';
import { useLink } from '../page-context.js';

/** What the distance to a threshold is called: a goal that is passed is not "to go". */
function gapInWords(gap: number, unit: Unit): string {
  const what = unit === 'percent' ? 'Points' : unitInWords(unit);
  return `${withCapital(what)} ${gap < 0 ? 'beyond it' : 'to go'}`;
}

/** The pace of what is needed, by the measure that the status goes by first. */
function PaceFact({ progress: { amount, pace }, at }: { progress: Progress; at: string }): VNode | null {
  const shown = amount?.pace
    ? { ratio: amount.pace, path: '/amount/pace', words: PACE_WORDS[amount.pace.method] }
    : pace?.sinceSet
      ? {
          ratio: pace.sinceSet,
          path: '/pace/sinceSet',
          words: 'growth since it was set, over what was needed from then',
        }
      : pace?.lastYear && {
          ratio: pace.lastYear,
          path: '/pace/lastYear',
          words: 'growth of the last year, over what is needed from there',
        };
  if (!shown) return null;
  return (
    <div>
      <dt>Pace of what is needed</dt>
      <dd>
        <Value value={shown.ratio.middle} at={`${at}${shown.path}/middle`} isRatio />
        <small>{shown.words}</small>
      </dd>
    </div>
  );
}

const PACE_WORDS = {
  'season-adjusted': 'the rest of the year before counted in, so that the season cancels',
  'straight-line': 'on a straight line, the season ignored',
} as const;

interface VerdictProps {
  readonly answer: AutomakerAnswer;
  readonly headline: Progress | undefined;
}

/** How far an automaker is on its telling goal, in the few numbers that decide it, each with its proof a click away. */
export function GoalVerdict({ answer, headline }: VerdictProps): VNode {
  const link = useLink();
  if (!headline) return <p class="lead">It announced no goal that the ledger knows of by then.</p>;
  const {
    target,
    terms,
    value,
    gap,
    deadline,
    amount,
    status,
    split,
    missing,
    staleness,
    statusAsOf,
    summary,
  } = headline;
  const at = `/progress/${answer.progress.indexOf(headline)}`;
  const proof = link(`/automakers/${answer.id}/targets/${target}`);
  return (
    <>
      <p class="lead">
        <a href={proof}>{titleOf(terms)}</a>: {summary} {split?.words}
      </p>
      <p>
        <StatusBadge status={status} isOld={staleness?.age === 'no-current-evidence'} />
        {statusAsOf !== undefined && ` as of ${dayInWords(statusAsOf)}`}
      </p>
      <dl class="facts">
        <div>
          <dt>Now</dt>
          <dd>
            <a href={`${proof}#proof`}>
              {value ? <Bounded value={value} at={`${at}/value`} unit={terms.unit} /> : 'no figure'}
            </a>
            {value && (
              <small>
                {value.first === value.last
                  ? `on ${dayInWords(value.last)}`
                  : `${dayInWords(value.first)} to ${dayInWords(value.last)}`}
              </small>
            )}
          </dd>
        </div>
        <div>
          <dt>Goal</dt>
          <dd>
            <Value value={terms.threshold} at={`${at}/terms/threshold`} unit={terms.unit} />
            <small>{deadline ? `by ${dateInWords(deadline.words)}` : 'no date was given'}</small>
          </dd>
        </div>
        {gap && (
          <div>
            <dt>{gapInWords(gap.value, terms.unit)}</dt>
            <dd>
              {gap.lo === undefined && 'at most '}
              {gap.hi === undefined && 'at least '}
              <Value value={gap.value} at={`${at}/gap/value`} isUnsigned />
              {staleness && (
                <small>
                  newest figure {dayInWords(staleness.newest)}
                  {staleness.stale ? ', newer ones are due' : ''}
                </small>
              )}
            </dd>
          </div>
        )}
        {amount && (
          <div>
            <dt>Time gone</dt>
            <dd>
              <Value value={amount.timeGone} at={`${at}/amount/timeGone`} unit="percent" />
              <small>by {dayInWords(amount.last)}, the day of the newest figure</small>
            </dd>
          </div>
        )}
        <PaceFact progress={headline} at={at} />
      </dl>
      {missing.length > 0 && (
        <details>
          <summary>What keeps this from saying more</summary>
          <ul class="prose">
            {missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

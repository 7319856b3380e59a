import type { ComponentChildren, VNode } from 'preact';
import type { Bounds } from '../../domain/measures/bounds.js';
import type { Unit } from '../../domain/measures/measures.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import { GoalAmount } from '../design/goal-amount.js';
import { dayInWords, deadlineInWords } from '../design/dates.js';
import { periodOfValue } from '../design/time-words.js';
import { StatusBadge } from '../design/status-badge.js';
import { Bounded, Value } from '../design/value.js';
import { numberInWords, titleOf, unitInWords, withCapital } from '../design/words.js';
import { useLink } from '../page-context.js';
import { useByThen } from '../design/by-then.js';

/** The label of the distance to a threshold. Beyond it, or after its deadline, nothing is left "to go". */
function gapInWords(gap: number, unit: Unit, isOver: boolean): string {
  const what = unit === 'percent' ? 'Points' : unitInWords(unit);
  return `${withCapital(what)} ${gap < 0 ? 'beyond it' : isOver ? 'short of it' : 'to go'}`;
}

/**
 * The paces relative to the required one on which the status is based; none if there are too few of them to
 * judge.
 */
function PaceFacts({ progress: { amount, pace, status }, at }: { progress: Progress; at: string }): VNode {
  const isJudged = status !== 'not-enough-evidence' && status !== 'not-comparable';
  return (
    <>
      {isJudged && amount?.pace && (
        <PaceFact ratio={amount.pace} at={`${at}/amount/pace`}>
          {PACE_WORDS[amount.pace.method]}
        </PaceFact>
      )}
      {isJudged && !amount?.pace && pace?.sinceSet && (
        <PaceFact ratio={pace.sinceSet} at={`${at}/pace/sinceSet`}>
          growth since it was set, over what was needed from then
        </PaceFact>
      )}
      {isJudged && !amount?.pace && pace?.lastYear && (
        <PaceFact ratio={pace.lastYear} at={`${at}/pace/lastYear`}>
          growth of the last year, over what is needed from there
        </PaceFact>
      )}
    </>
  );
}

interface PaceFactProps {
  readonly ratio: Bounds & { readonly middle: number };
  readonly at: string;
  readonly children: ComponentChildren;
}

/** A pace with its bounds, because the middle alone would be no one's claim. */
function PaceFact({ ratio: { lo, hi, middle }, at, children }: PaceFactProps): VNode {
  const [low, high] = [lo, hi].map((bound) => numberInWords(100 * bound));
  return (
    <div>
      <dt>Pace of what is needed</dt>
      <dd>
        {low === high || !Number.isFinite(hi) ? (
          <Value value={low === high ? middle : lo} at={`${at}/${low === high ? 'middle' : 'lo'}`} isRatio />
        ) : (
          <>
            <Value value={lo} at={`${at}/lo`} isRatio /> to <Value value={hi} at={`${at}/hi`} isRatio />
          </>
        )}
        <small>{children}</small>
      </dd>
    </div>
  );
}

/** The distance to the threshold or beyond it, with its bounds in ascending order. */
function Gap({ gap: { value, lo, hi }, at }: { gap: NonNullable<Progress['gap']>; at: string }): VNode {
  if (lo === undefined || hi === undefined || numberInWords(lo) === numberInWords(hi))
    return (
      <>
        {lo === undefined && 'at most '}
        {hi === undefined && 'at least '}
        <Value value={value} at={`${at}/value`} isUnsigned />
      </>
    );
  if (lo < 0 && hi > 0)
    return (
      <>
        up to <Value value={value < 0 ? lo : hi} at={`${at}/${value < 0 ? 'lo' : 'hi'}`} isUnsigned />
      </>
    );
  const [near, far] = value < 0 ? (['hi', 'lo'] as const) : (['lo', 'hi'] as const);
  return (
    <>
      <Value value={near === 'lo' ? lo : hi} at={`${at}/${near}`} isUnsigned /> to{' '}
      <Value value={far === 'lo' ? lo : hi} at={`${at}/${far}`} isUnsigned />
    </>
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

/** How far an automaker is on its main goal, in the few decisive numbers, each with a link to its proof. */
export function GoalVerdict({ answer, headline }: VerdictProps): VNode {
  const link = useLink();
  const byThen = useByThen();
  if (!headline) return <p class="lead">It announced no goal that the ledger knows of{byThen}.</p>;
  const {
    target,
    terms,
    value,
    gap,
    deadline,
    on,
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
          <dt>Newest figure</dt>
          <dd>
            <a href={`${proof}#proof`}>
              {value ? <Bounded value={value} at={`${at}/value`} unit={terms.unit} /> : 'none bears on it'}
            </a>
            {value && <small>{periodOfValue(value)}</small>}
          </dd>
        </div>
        <div>
          <dt>Goal</dt>
          <dd>
            <GoalAmount terms={terms} at={`${at}/terms`} />
            <small>{deadline ? deadlineInWords(deadline.words) : 'no date was given'}</small>
          </dd>
        </div>
        {gap && (
          <div>
            <dt>{gapInWords(gap.value, terms.unit, deadline !== undefined && deadline.late < on)}</dt>
            <dd>
              <Gap gap={gap} at={`${at}/gap`} />
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
        <PaceFacts progress={headline} at={at} />
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

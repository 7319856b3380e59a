import type { VNode } from 'preact';
import type { Cause, NumberDifference } from '../../domain/audit/differences.js';
import type { ToldNumber } from '../../domain/audit/shown-numbers.js';
import type { Status } from '../../domain/goals/status.js';
import { isRated } from '../../domain/goals/tally.js';
import { dayInWords } from '../design/dates.js';
import { NumberName, NumberOrText, textInWords, useGoalTitle } from '../design/number-words.js';
import { CAUSE_WORDS } from '../design/words.js';
import { useLink } from '../page-context.js';
import type { AuditQuestion } from './audit-question.js';

interface DifferingNumbersProps {
  readonly numbers: readonly NumberDifference[];
  readonly automaker: string;
  readonly question: AuditQuestion;
  /** JSON pointer to the numbers in the API's answer. */
  readonly at: string;
}

/** Headings for numbers, by the cause of their difference. */
const BECAUSE: Readonly<Record<Cause, string>> = {
  time: 'Because time passed',
  'new fact': 'Because something happened',
  'late fact': 'Because something was learned late',
  evidence: 'Because there is more evidence',
  correction: 'Because an entry was corrected',
  retraction: 'Because an entry was retracted',
  move: 'Because an entry was moved to where it belongs',
};

/**
 * The parts of a goal in its sentence: its verdict and its newest figure, of which only one bound may differ.
 */
const GOAL = /^targets\.([^.]+)\.(?:status|value|value\.lo|value\.hi)$/;

/** Whether a number only changed between absent and 0, which adds no information. */
const isNothing = ({ before, after }: NumberDifference): boolean => (before ?? 0) === (after ?? 0);

/** A number and its index in the API's answer. */
interface Placed {
  readonly each: NumberDifference;
  readonly index: number;
}

/**
 * The effects of each cause in sentences, first for goals, then for other numbers. All numbers, with their
 * names in the API, are in a fold.
 */
export function DifferingNumbers(props: DifferingNumbersProps): VNode | null {
  const { numbers, question } = props;
  if (numbers.length === 0) return null;
  const [then, now] = [dayInWords(question.from.trueOn), dayInWords(question.to.trueOn)];
  const placed = numbers
    .map((each, index): Placed => ({ each, index }))
    .filter(({ each }) => !isNothing(each));
  const goals = [...new Set(placed.flatMap(({ each }) => GOAL.exec(each.number)?.[1] ?? []))];
  const ofGoal = (goal: string, what: string): Placed | undefined =>
    placed.find(({ each }) => each.number === `targets.${goal}.${what}`);
  const figureOf = (goal: string): Placed | undefined =>
    ofGoal(goal, 'value') ?? ofGoal(goal, 'value.lo') ?? ofGoal(goal, 'value.hi');
  // The title of a new goal already contains its threshold and deadline.
  const isNew = (goal: string): boolean => {
    const verdict = ofGoal(goal, 'status');
    return verdict !== undefined && verdict.each.before === undefined;
  };
  const asked = new Set(
    goals.filter(isNew).flatMap((goal) => [`targets.${goal}.threshold`, `targets.${goal}.deadline`]),
  );
  const others = placed.filter(({ each }) => !GOAL.test(each.number) && !asked.has(each.number));
  const causeOf = (goal: string): Cause => {
    const told = ofGoal(goal, 'status') ?? figureOf(goal);
    return told ? mainCause(told.each) : 'time';
  };
  const causes = [...new Set([...goals.map(causeOf), ...others.map(({ each }) => mainCause(each))])];
  return (
    <>
      {causes.map((cause) => (
        <div key={cause}>
          <h3>{BECAUSE[cause]}</h3>
          <ul class="prose">
            {goals
              .filter((goal) => causeOf(goal) === cause)
              .map((goal) => (
                <li key={goal}>
                  <GoalSentence
                    {...props}
                    goal={goal}
                    verdict={ofGoal(goal, 'status')}
                    figure={figureOf(goal)}
                    then={then}
                    now={now}
                  />
                </li>
              ))}
            {others
              .filter(({ each }) => mainCause(each) === cause)
              .map(({ each, index }) => (
                <li key={each.number}>
                  <Sentence {...props} each={each} index={index} then={then} now={now} />
                </li>
              ))}
          </ul>
        </div>
      ))}
      <AllNumbers {...props} />
    </>
  );
}

/**
 * For example, "Half of sales abroad: on 1 Sept 2025 it was on track; on 30 Nov 2026 it is missed. Its newest
 * figure went from 9 to 13.5 % to 10.5 %."
 */
function GoalSentence({
  goal,
  verdict,
  figure,
  automaker,
  then,
  now,
}: DifferingNumbersProps & {
  goal: string;
  verdict: Placed | undefined;
  figure: Placed | undefined;
  then: string;
  now: string;
}): VNode {
  const link = useLink();
  const title = useGoalTitle(automaker, goal);
  return (
    <>
      <a href={link(`/automakers/${automaker}/targets/${goal}`)}>{title}</a>:{' '}
      {verdict && <VerdictChange verdict={verdict.each} then={then} now={now} />}
      {verdict && figure && '. '}
      {figure && <FigureChange figure={figure.each} hasVerdict={verdict !== undefined} />}.
    </>
  );
}

/** A verdict as the end of "on that day …". */
const JUDGED: Readonly<Record<Status, readonly [was: string, is: string]>> = {
  achieved: ['it was achieved', 'it is achieved'],
  'met-when-set': ['it had been met when it was set', 'it had been met when it was set'],
  'on-track': ['it was on track', 'it is on track'],
  'acceleration-needed': ['it needed acceleration', 'it needs acceleration'],
  'between-bands': ['it was between two ratings', 'it is between two ratings'],
  limited: ['its progress was limited', 'its progress is limited'],
  deteriorating: ['it was deteriorating', 'it is deteriorating'],
  missed: ['it was missed', 'it is missed'],
  withdrawn: ['it was withdrawn', 'it is withdrawn'],
  'not-comparable': ['no figure was comparable with it', 'no figure is comparable with it'],
  'not-enough-evidence': [
    'there was not enough evidence to judge it',
    'there is not enough evidence to judge it',
  ],
};

const isStatus = (value: unknown): value is Status =>
  typeof value === 'string' && Object.hasOwn(JUDGED, value);

/** A verdict without current support is not presented as if it were valid now. */
function judged(status: Status, tense: 0 | 1, { asOf, age }: ToldNumber = {}): string {
  const words = JUDGED[status][tense];
  if (asOf === undefined) return words;
  // How fast it nears its goal is only known of the day of its newest figure.
  if (age !== 'no-current-evidence')
    return isRated(status) ? `by its newest figure, of ${dayInWords(asOf)}, ${JUDGED[status][0]}` : words;
  return `there ${tense === 0 ? 'was' : 'is'} no current evidence; as of ${dayInWords(asOf)} ${JUDGED[status][0]}`;
}

function VerdictChange({
  verdict: { before, after, told },
  then,
  now,
}: {
  verdict: NumberDifference;
  then: string;
  now: string;
}): VNode {
  const was = isStatus(before) ? `on ${then} ${judged(before, 0, told?.before)}` : `no such goal on ${then}`;
  return (
    <>
      {was}; on {now} <strong>{isStatus(after) ? judged(after, 1, told?.after) : 'it is not told of'}</strong>
    </>
  );
}

function FigureChange({
  figure: { before, after, told },
  hasVerdict,
}: {
  figure: NumberDifference;
  hasVerdict: boolean;
}): VNode {
  const its = hasVerdict ? 'Its newest figure' : 'its newest figure';
  const was = told?.before?.words ?? textInWords(before);
  const is = told?.after?.words ?? textInWords(after);
  if (told?.before === undefined) return <>{`${its} is ${is}, where there was none`}</>;
  if (told.after === undefined) return <>{`${its} was ${was}; there is none now`}</>;
  return <>{`${its} went from ${was} to ${is}`}</>;
}

/** The last of the causes that changed a number. */
const mainCause = ({ parts }: NumberDifference): Cause => parts.at(-1)?.cause ?? 'time';

function Sentence({
  each: { number, before, after, told },
  automaker,
  index,
  at,
  then,
  now,
}: DifferingNumbersProps & { each: NumberDifference; index: number; then: string; now: string }): VNode {
  const name = <NumberName number={number} automaker={automaker} />;
  const was = told?.before?.words ?? <NumberOrText value={before} at={`${at}/${index}/before`} />;
  const is = told?.after?.words ?? <NumberOrText value={after} at={`${at}/${index}/after`} />;
  if (before === undefined)
    return (
      <>
        {name}: none on {then}, <strong>{is}</strong> on {now}
      </>
    );
  if (after === undefined)
    return (
      <>
        {name}: {was} on {then}, none on {now}
      </>
    );
  return (
    <>
      {name}: {was} on {then}, <strong>{is}</strong> on {now}
    </>
  );
}

function AllNumbers({ numbers, at }: DifferingNumbersProps): VNode {
  return (
    <details>
      <summary>
        {numbers.length === 1 ? '1 number' : `All ${numbers.length} numbers`}, as the API names them
      </summary>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {numbers.map(({ number, before, after, parts }, index) => (
            <tr key={number}>
              <th scope="row">
                <code>{number}</code>
              </th>
              <td data-label="Before">
                <NumberOrText value={before} at={`${at}/${index}/before`} />
              </td>
              <td data-label="After">
                <NumberOrText value={after} at={`${at}/${index}/after`} />
              </td>
              <td>
                {parts.map(({ cause, change }, part) => (
                  <span key={cause}>
                    <span class="tag">{CAUSE_WORDS[cause]}</span>{' '}
                    {change !== undefined && (
                      <>
                        {change > 0 && '+'}
                        <NumberOrText value={change} at={`${at}/${index}/parts/${part}/change`} />{' '}
                      </>
                    )}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

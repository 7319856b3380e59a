import { valueInWords } from '../words/values.js';
import type { Automaker } from '../state/automaker.js';
import { hasRumouredEvents } from '../measures/logged-count.js';
import { perimetersWith, solidFigures } from '../measures/comparability.js';
import { levelSteps } from '../measures/levels.js';
import { DEFAULT_RULE, type ChoosingRule } from '../measures/flows.js';
import { MEASURES } from '../measures/measures.js';
import { readingOf, readingOfLevel, type Reading } from '../measures/readings.js';
import { yearsOfFlow } from '../measures/year-readings.js';
import { daysOf } from '../ledger/edtf.js';
import type { FigureRecord, TargetTerms, TargetVersion } from '../state/records.js';
import { amountCountedOtherwise, amountFinding } from './amounts.js';
import { decidedByWholes, rateDecidedByWholes } from './by-wholes.js';
import { wantedOf, type Finding, type GoalContext } from './finding.js';
import { boundsInWords, onDays } from './goal-days.js';
import { dayInWords } from '../words/dates.js';
import { unitInWords } from '../words/goals.js';
import { readingsOfGoal, type GoalReading, type KindKnown } from './kinds.js';
import { levelFinding } from './level-goals.js';
import { promised } from './one-promise.js';
import { presenceFinding } from './presence-goals.js';
import { isInsideRounding } from './summary.js';
import { yearsFinding } from './years.js';

/** The finding for a goal, and the finding for its alternative reading. */
export interface Judgement {
  readonly known: KindKnown;
  readonly finding: Finding;
  /** If the kind of the goal is not known: the other way to read it. */
  readonly other?: Finding;
}

/** Judges terms by an automaker's figures and events. The day of the question plays no part. */
export function judge(
  of: Automaker,
  stated: TargetTerms,
  said: GoalContext['said'],
  rule: ChoosingRule = DEFAULT_RULE,
): Judgement {
  const { automaker, terms } = promised(of, stated);
  const context = { automaker, figures: solidFigures(automaker.figures), terms, said, rule };
  const { known, readings } = readingsOfGoal(terms, said.first);
  const [first, second] = readings.map((reading) => findingOf(context, reading));
  if (!first) throw new Error(`the goal ${terms.wording} can be read in no way`);
  if (!second) return { known, finding: first };
  // Before the first figure of its year, an amount says nothing, so the pace towards the rate is used until
  // then. But an outcome that holds in only one of the readings does not count.
  if (first.reading) return { known, finding: first, other: second };
  if (!second.isFinal && second.status !== 'met-when-set' && second.reading)
    return { known, finding: second, other: first };
  return { known, finding: first, other: second };
}

function findingOf(context: GoalContext, reading: GoalReading): Finding {
  const finding = inKind(context, reading);
  const { automaker, figures } = context;
  const isAllTold = figures === automaker.figures && !hasRumouredEvents(automaker);
  const withRumours = isAllTold ? finding : withRumour(context, reading, finding);
  const found = withRumours.reading ? withRumours : (proxyFor(context, reading, withRumours) ?? withRumours);
  return isInsideRounding(context.terms, found) && isRangeOf(found.reading, automaker.figures)
    ? { ...found, isRange: true }
    : found;
}

/** Whether a value rests on a figure that its source states as a range. */
function isRangeOf(reading: Reading | undefined, figures: readonly FigureRecord[]): boolean {
  const events = new Set(reading?.inputs.flatMap((input) => input.events));
  return figures.some(({ reports }) =>
    reports.some(({ qualifier, event }) => qualifier === 'between' && events.has(event)),
  );
}

function inKind(context: GoalContext, reading: GoalReading): Finding {
  const { kind, period } = reading;
  switch (kind) {
    case 'amount':
    case 'cumulative':
      if (!period) throw new Error(`a goal of the kind ${kind} has no period`);
      return amountInPeriod(context, kind, period);
    case 'rate': {
      const own = yearsFinding(context, reading);
      return rateDecidedByWholes(context, reading.deadline?.last, own) ?? own;
    }
    case 'share':
      return yearsFinding(context, reading);
    case 'level':
      return levelFinding(context, reading);
    case 'presence':
      return presenceFinding(context, reading);
  }
}

/** Judges by its own figures first, and by its parts and wholes if those do not decide it. */
function amountInPeriod(
  context: GoalContext,
  kind: 'amount' | 'cumulative',
  period: NonNullable<GoalReading['period']>,
): Finding {
  const own = amountFinding(context, kind, period);
  return decidedByWholes(context, period, own) ?? own;
}

/** A rumour alone achieves nothing: its value is mentioned beside the verdict. */
function withRumour(context: GoalContext, reading: GoalReading, finding: Finding): Finding {
  const rumoured = inKind({ ...context, figures: context.automaker.figures, hasRumours: true }, reading);
  const said = rumoured.reading;
  if (!said || (finding.reading && rumoured.status === finding.status && rumoured.asOf === finding.asOf))
    return finding;
  const { unit } = MEASURES[context.terms.measure];
  const what =
    finding.kind === 'presence'
      ? `that the market was entered by ${dayInWords(said.last)}`
      : `${boundsInWords(said.bounds, unit)} ${unitInWords(unit, said.bounds.hi)} ${onDays(said)}`;
  const note = `A rumour says ${what}; a rumour alone achieves nothing.`;
  if (finding.reading) return { ...finding, notes: [...finding.notes, note] };
  return {
    kind: finding.kind,
    ...(finding.period && { period: finding.period }),
    ...(rumoured.asOf !== undefined && { asOf: rumoured.asOf }),
    reading: said,
    isRumour: true,
    status: 'not-enough-evidence',
    isFinal: false,
    notes: [note],
  };
}

/** The newest figures on another basis, if there are no others. They are shown, not compared. */
function proxyFor(context: GoalContext, goal: GoalReading, finding: Finding): Finding | undefined {
  const { kind, period, deadline } = goal;
  const { figures, terms, rule, automaker } = context;
  const wanted = wantedOf(terms);
  const until = deadline?.last ?? '9999-12-31';
  const { nature } = MEASURES[terms.measure];
  const [found] = perimetersWith(figures, [terms.measure], wanted).filter(
    (each) => each.comparability === 'other',
  );
  const ofPeriod =
    period && (kind === 'amount' || kind === 'cumulative')
      ? amountCountedOtherwise(context, kind, period)
      : undefined;
  const reading =
    ofPeriod ??
    (nature === 'flow'
      ? found &&
        yearsOfFlow(figures, terms.measure, found.perimeter, rule).findLast(({ last }) => last <= until)
      : nature === 'share'
        ? readingOf(
            automaker,
            terms.measure,
            { ...wanted, ...(found?.perimeter.basis && { basis: found.perimeter.basis }) },
            until,
            rule,
          )
        : undefined);
  if (!reading) return undefined;
  const isOther = reading.perimeter.basis !== undefined && reading.perimeter.basis !== terms.basis;
  if (!isOther) return undefined;
  return {
    ...finding,
    status: 'not-comparable',
    asOf: reading.last,
    reading,
    isProxy: true,
    notes: [
      `The figures count ${valueInWords(reading.perimeter.basis ?? '')}; the goal counts ${terms.basis === undefined ? 'vehicles sold' : valueInWords(terms.basis)}: they are not compared.`,
    ],
  };
}

/** The days on which a version's terms may first have been stated: same threshold, any deadline. */
export function saidFirst(
  versions: readonly TargetVersion[],
  index = versions.length - 1,
): GoalContext['said'] {
  const terms = versions[index]?.terms;
  let first = index;
  while (first > 0) {
    const before = versions[first - 1]?.terms;
    if (!terms || !before || before.measure !== terms.measure || before.threshold !== terms.threshold) break;
    if (before.entity !== terms.entity || before.market !== terms.market) break;
    first -= 1;
  }
  const said = daysOf(versions[first]?.occurredOn ?? '');
  return { first: said.first, last: said.last };
}

/**
 * The newest value of the goal's measure for any period. Used if no figure is relevant to the goal itself.
 */
export function newestOf(context: Omit<GoalContext, 'said'>): Reading | undefined {
  const { figures, terms, rule, automaker } = context;
  const wanted = wantedOf(terms);
  switch (MEASURES[terms.measure].nature) {
    case 'share':
      return readingOf(automaker, terms.measure, wanted, '9999-12-31', rule);
    case 'flow': {
      const [found] = perimetersWith(figures, [terms.measure], wanted);
      const years = found && yearsOfFlow(figures, terms.measure, found.perimeter, rule);
      return years?.at(-1);
    }
    case 'level': {
      const [found] = perimetersWith(figures, [terms.measure], wanted);
      const step = found && levelSteps(figures, terms.measure, found.perimeter, rule).at(-1);
      return found && step && readingOfLevel(step, terms.measure, found.perimeter);
    }
  }
}

import { jsonBounds } from '../measures/bounds.js';
import { connectedFigures } from '../measures/connected-figures.js';
import { comparability } from '../measures/comparability.js';
import { eventsOfProof } from '../measures/flow-graph.js';
import {
  isFlow,
  perimeterKey,
  perimeterOf,
  scopeKey,
  type Measure,
  type Perimeter,
} from '../measures/measures.js';
import { provenWithinWholes, type ProvenWithinWhole } from '../measures/parts-of-a-whole.js';
import { keyOfFigure } from '../measures/whole-inequalities.js';
import { shareOf } from '../measures/share.js';
import type { Reading, ReadingInput } from '../measures/readings.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import type { Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';
import { wantedOf, type Finding, type GoalContext } from './finding.js';
import { fallsShort, reaches, thresholdOf } from './threshold.js';

interface Days {
  readonly first: Day;
  readonly last: Day;
}

/**
 * What parts and wholes say about the amount of a period, if its own figures do not decide it: markets that
 * add up to the threshold reach it, and a whole below it rules out that any part reaches it. They never
 * override the figures.
 */
export function decidedByWholes(context: GoalContext, period: Days, own: Finding): Finding | undefined {
  if (own.isFinal) return undefined;
  const { terms, figures, rule, said } = context;
  for (const within of boundsOf(context, terms.measure, period)) {
    if (within.inequalities.length === 0) continue;
    const threshold = thresholdOf(terms, figures, within.perimeter, rule);
    const about = { kind: own.kind, period, isFinal: true, notes: [noteOf(within)] };
    if (reaches(within, threshold)) {
      const reachedOn = newestDay(figures, within, period);
      const isOlder = reachedOn < said.first;
      return {
        ...about,
        status: isOlder ? 'met-when-set' : 'achieved',
        asOf: reachedOn,
        reachedOn,
        reading: readingOf(terms.measure, { first: period.first, last: reachedOn }, within),
      };
    }
    const isPart = within.perimeter.basis === 'exports' && terms.basis !== 'exports';
    if (fallsShort(within, threshold) && !threshold.isCeiling && !isPart)
      return {
        ...about,
        status: 'missed',
        asOf: period.last,
        reading: readingOf(terms.measure, period, within),
      };
  }
  return undefined;
}

/** The same for a yearly rate, by calendar years from the one it was set in to its deadline. */
export function rateDecidedByWholes(
  context: GoalContext,
  end: Day | undefined,
  own: Finding,
): Finding | undefined {
  const { figures, said, terms } = context;
  const told = yearsTold(figures, [terms.measure, 'market-units', 'overseas-units', 'total-units']);
  const bearing = told.filter(({ last }) => last >= said.first && (end === undefined || last <= end));
  for (const year of bearing) {
    const found = decidedByWholes(context, year, own);
    const isEnd = year.last === end && found?.status === 'missed';
    if (found && (isEnd || found.status === 'achieved')) return withoutPeriod(found);
  }
  return undefined;
}

const withoutPeriod = ({ period: _, ...finding }: Finding): Finding => finding;

/** A share whose parts are not reported but can be derived: whatever is not sold at home is sold abroad. */
export function shareByWholes(context: GoalContext, days: Days): Reading | undefined {
  const totals = boundsOf(context, 'total-units', days);
  for (const overseas of boundsOf(context, 'overseas-units', days)) {
    const total = totals.find(
      ({ perimeter }) => perimeterKey(perimeter) === perimeterKey(overseas.perimeter),
    );
    if (!total || overseas.inequalities.length + total.inequalities.length === 0) continue;
    // That overseas units do not exceed the total says nothing about a share.
    if (overseas.lo === 0 || !Number.isFinite(overseas.hi) || !Number.isFinite(total.hi)) continue;
    const parts = {
      overseas: { lo: overseas.lo, hi: overseas.hi },
      total: { lo: total.lo, hi: total.hi },
    };
    const bounds = shareOf(parts);
    if (!bounds) continue;
    return {
      bounds,
      ...days,
      formula: '100 × overseas-units / total-units',
      inputs: [inputOf('overseas-units', overseas), inputOf('total-units', total)],
      perimeter: overseas.perimeter,
      conflicts: [],
      parts,
    };
  }
  return undefined;
}

const noteOf = ({ inequalities }: ProvenWithinWhole): string =>
  inequalities.some((each) => each.includes(' = '))
    ? 'No source states it: it follows from what parts and wholes add up to.'
    : 'No source states it: a whole is no less than its parts together.';

/**
 * Beyond this many counted items, parts are not compared with their wholes, because it would take too long.
 * In the shipped ledger, an automaker has at most 62.
 */
export const MOST_COUNTED = 400;

const counts = new PerObjectMemo<readonly FigureRecord[], number>();

/** The number of distinct items that the figures count: measures times perimeters. */
const countedIn = (figures: readonly FigureRecord[]): number =>
  counts.of(figures, '', () => new Set(figures.map(keyOfFigure)).size);

/** Whether parts are set beside their wholes. Else figures of one thing say nothing of another. */
export const partsMayBear = (figures: readonly FigureRecord[]): boolean => countedIn(figures) <= MOST_COUNTED;

const found = new PerObjectMemo<readonly FigureRecord[], readonly ProvenWithinWhole[]>();

/** What is known of a measure in all perimeters comparable with a goal, the goal's own basis first. */
function boundsOf(
  { automaker, figures, terms, rule }: GoalContext,
  measure: Measure,
  { first, last }: Days,
): readonly ProvenWithinWhole[] {
  if (!partsMayBear(figures)) return [];
  const wanted = wantedOf(terms);
  const { homeMarket } = automaker.profile;
  const connected = connectedFigures(figures, wanted.entity);
  return found.of(figures, [measure, perimeterKey(wanted), homeMarket, first, last, rule].join(' '), () =>
    provenWithinWholes(
      { figures: connected, homeMarket },
      first,
      last,
      rule,
      asked(connected, measure, wanted),
    )
      .filter(
        (each) =>
          each.measure === measure &&
          scopeKey(each.perimeter) === scopeKey(wanted) &&
          comparability(measure, wanted.basis, each.perimeter.basis) !== 'other',
      )
      .sort((a, b) => isOther(a.perimeter, wanted) - isOther(b.perimeter, wanted)),
  );
}

const isOther = ({ basis }: Perimeter, wanted: Perimeter): number => (basis === wanted.basis ? 0 : 1);

/** The goal's perimeter on every basis, and by every counter, that occurs among the figures. */
function asked(figures: readonly FigureRecord[], measure: Measure, wanted: Perimeter) {
  const { basis: _, ...scope } = wanted;
  const perimeters = waysOf
    .of(figures, '', () => waysOfCounting(figures))
    .map((way) => perimeterOf({ ...scope, ...way }));
  return [...new Map(perimeters.map((each) => [perimeterKey(each), each])).values()].map((perimeter) => ({
    measure,
    perimeter,
  }));
}

type WayOfCounting = Pick<Perimeter, 'basis' | 'countedBy'>;

const waysOf = new PerObjectMemo<readonly FigureRecord[], readonly WayOfCounting[]>();

/** On which basis, and by whom, the figures count vehicles. */
function waysOfCounting(figures: readonly FigureRecord[]): readonly WayOfCounting[] {
  const ways = new Map(
    figures
      .filter(isFlow)
      .map(({ basis, countedBy }) => [`${basis ?? ''} ${countedBy ?? ''}`, { basis, countedBy }]),
  );
  return Array.from(ways.values(), ({ basis, countedBy }) => ({
    ...(basis !== undefined && { basis }),
    ...(countedBy !== undefined && { countedBy }),
  }));
}

/** The newest day of the figures that prove the lower bound. */
function newestDay(figures: readonly FigureRecord[], { proof }: ProvenWithinWhole, period: Days): Day {
  const told = lastsOf.of(figures, '', () => lastsByEvent(figures));
  return eventsOfProof(proof.lo)
    .flatMap((event) => told.get(event) ?? [])
    .map((last) => (last < period.last ? last : period.last))
    .reduce((newest, last) => (last > newest ? last : newest), period.first);
}

const lastsOf = new PerObjectMemo<readonly FigureRecord[], ReadonlyMap<string, Day>>();

/** The last day that each event reports on. */
function lastsByEvent(figures: readonly FigureRecord[]): ReadonlyMap<string, Day> {
  const lasts = new Map<string, Day>();
  for (const { reports, last } of figures)
    for (const { event } of reports) if (last > (lasts.get(event) ?? '')) lasts.set(event, last);
  return lasts;
}

const inputOf = (name: Measure, { lo, hi, proof, inequalities }: ProvenWithinWhole): ReadingInput => ({
  name,
  bounds: jsonBounds({ lo, hi }),
  events: eventsOfProof([...proof.lo, ...proof.hi]),
  proof,
  ...(inequalities.length > 0 && { inequalities }),
});

function readingOf(measure: Measure, { first, last }: Days, within: ProvenWithinWhole): Reading {
  return {
    bounds: { lo: within.lo, hi: within.hi },
    first,
    last,
    formula: `${measure} from ${first} to ${last}, as its parts and wholes bound it`,
    inputs: [inputOf(measure, within)],
    perimeter: within.perimeter,
    conflicts: [],
  };
}

const years = new PerObjectMemo<readonly FigureRecord[], readonly Days[]>();

/** The calendar years for which some measures have figures, oldest first. */
export const yearsTold = (figures: readonly FigureRecord[], measures: readonly Measure[]): readonly Days[] =>
  years.of(figures, measures.join(' '), () => {
    const told = figures.flatMap(({ measure, last }) =>
      measures.includes(measure) ? [last.slice(0, 4)] : [],
    );
    return [...new Set(told)].sort().map((year) => ({ first: `${year}-01-01`, last: `${year}-12-31` }));
  });

import type { Automaker } from '../state/automaker.js';
import { isFinite, jsonBounds, type Bounds } from './bounds.js';
import { calendarYear, flowModelOf, trailingYear, type FlowReading } from './flow-readings.js';
import type { ChoosingRule, FlowBounds, FlowModel } from './flows.js';
import { perimetersWith } from './comparability.js';
import { levelOn, levelSteps, type LevelReading } from './levels.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import { loggedCount } from './logged-count.js';
import { MEASURES, perimeterKey, perimeterOf, scopeKey, type Measure, type Perimeter } from './measures.js';
import { newestBy } from './newest-by.js';
import { printedShare } from './printed-shares.js';
import { dayNumber, daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';
import { standingFigures } from './standing-figures.js';
import { shareOf, type ShareParts } from './share.js';
import { hasLeftBy, staysIn } from '../state/market-stays.js';

/** The value of a measure as of a day, with its basis in the figures. */
export interface Reading {
  readonly bounds: Bounds;
  /** The days it covers. A level has a single day. */
  readonly first: Day;
  readonly last: Day;
  /**
   * The date of a level, if it is known less precisely than to the day: "2022-09", or "../2025-12-31" for what
   * was counted by then.
   */
  readonly told?: EdtfDate;
  /** How the value follows from the inputs. */
  readonly formula: string;
  readonly inputs: readonly ReadingInput[];
  readonly perimeter: Perimeter;
  /** Events that report something else and were not used. */
  readonly conflicts: readonly string[];
  /** For a share: the two numbers that it divides. */
  readonly parts?: ShareParts;
}

export interface ReadingInput {
  readonly name: string;
  readonly bounds: { readonly lo?: number; readonly hi?: number };
  readonly events: readonly string[];
  /** For a flow: lo and hi as sums of bounds of reported figures, so that anybody can verify them. */
  readonly proof?: FlowBounds['proof'];
  /** For a bound that follows from parts of a whole: the inequalities behind it. */
  readonly inequalities?: readonly string[];
}

/** The newest value of a measure as of a day; undefined if the figures give none. */
export function readingOf(
  automaker: Automaker,
  measure: Measure,
  wanted: Perimeter,
  until: Day,
  rule?: ChoosingRule,
): Reading | undefined {
  switch (MEASURES[measure].nature) {
    case 'share':
      return shareReading(automaker, wanted, until, rule) ?? reportedShare(automaker, wanted, until, rule);
    case 'flow':
      return bestOf(basesOf(automaker, [measure], wanted), (perimeter) =>
        flowReading(flowModelOf(automaker.figures, measure, perimeter, rule), measure, perimeter, until),
      );
    case 'level':
      return measure === 'market-presence'
        ? presence(automaker, wanted, until)
        : (levelReading(automaker, measure, wanted, until, rule) ??
            loggedReading(automaker, measure, wanted, until));
  }
}

function flowReading(
  model: FlowModel,
  measure: Measure,
  perimeter: Perimeter,
  until: Day,
): Reading | undefined {
  const year = trailingYear(model, until);
  return (
    year && {
      ...fromFlow(measure, year),
      perimeter,
      formula: `${measure} from ${year.first} to ${year.last}`,
    }
  );
}

export function fromFlow(name: string, { bounds, first, last, events, proof, conflicts }: FlowReading) {
  return { bounds, first, last, inputs: [{ name, bounds: jsonBounds(bounds), events, proof }], conflicts };
}

/** Overseas by total units over the last twelve months that cover both, in one perimeter. */
function shareReading(
  automaker: Automaker,
  wanted: Perimeter,
  until: Day,
  rule: ChoosingRule | undefined,
): Reading | undefined {
  return bestOf(basesOf(automaker, ['overseas-units', 'total-units'], wanted), (perimeter) => {
    const overseasUnits = flowModelOf(automaker.figures, 'overseas-units', perimeter, rule);
    const totalUnits = flowModelOf(automaker.figures, 'total-units', perimeter, rule);
    const ends = commonEnds.of(automaker.figures, `${perimeterKey(perimeter)} ${rule ?? ''}`, () => {
      const ofTotal = new Set(totalUnits.coveredYearEnds);
      return overseasUnits.coveredYearEnds.filter((end) => ofTotal.has(end));
    });
    const end = newestBy(ends, until, (day) => day);
    const overseas = end === undefined ? undefined : trailingYear(overseasUnits, end);
    const total = overseas && trailingYear(totalUnits, overseas.last);
    return overseas && total && shareOfParts(overseas, total, perimeter);
  });
}

/** The last days of all twelve-month periods for which both parts of a share are covered. */
const commonEnds = new PerObjectMemo<readonly FigureRecord[], readonly Day[]>();

/** The share of two readings of the same period and perimeter; undefined if it has no bounds. */
export function shareOfParts(
  overseas: FlowReading,
  total: FlowReading,
  perimeter: Perimeter,
): Reading | undefined {
  const parts = { overseas: overseas.bounds, total: total.bounds };
  const bounds = shareOf(parts);
  if (!bounds || !isFinite(bounds)) return undefined;
  return {
    bounds,
    first: overseas.first,
    last: overseas.last,
    formula: '100 × overseas-units / total-units',
    inputs: [...fromFlow('overseas-units', overseas).inputs, ...fromFlow('total-units', total).inputs],
    perimeter,
    conflicts: [...overseas.conflicts, ...total.conflicts],
    parts,
  };
}

/**
 * A flow or share over calendar years, oldest first: all years up to a day that the figures of one perimeter
 * cover completely. Empty for a level.
 */
export function calendarYears(
  automaker: Automaker,
  measure: Measure,
  perimeter: Perimeter,
  until: Day,
  rule?: ChoosingRule,
): Reading[] {
  if (MEASURES[measure].nature === 'level') return [];
  const { figures } = automaker;
  const overseas = flowModelOf(
    figures,
    measure === 'overseas-sales-share' ? 'overseas-units' : measure,
    perimeter,
    rule,
  );
  const total =
    measure === 'overseas-sales-share' ? flowModelOf(figures, 'total-units', perimeter, rule) : undefined;
  return overseas.completeYears().flatMap((year): Reading[] => {
    const units = calendarYear(overseas, year);
    if (!units || units.last > until) return [];
    const formula = `${measure} from ${units.first} to ${units.last}`;
    if (!total) return [{ ...fromFlow(measure, units), perimeter, formula }];
    const all = calendarYear(total, year);
    const share = all && shareOfParts(units, all, perimeter);
    return share ? [share] : [];
  });
}

const printedShares = new PerObjectMemo<readonly FigureRecord[], readonly FigureRecord[]>();

/** The newest share that a source printed. Used if the parts of the share are not known. */
function reportedShare(
  { figures }: Automaker,
  wanted: Perimeter,
  until: Day,
  rule: ChoosingRule | undefined,
): Reading | undefined {
  const printed = printedShares.of(figures, scopeKey(wanted), () =>
    standingFigures(figures)
      .filter((figure) => figure.measure === 'overseas-sales-share' && scopeKey(figure) === scopeKey(wanted))
      .sort((a, b) => (a.last === b.last ? (a.first < b.first ? 1 : -1) : a.last < b.last ? -1 : 1)),
  );
  const newest = newestBy(printed, until, ({ last }) => last);
  return newest && printedReading(newest, rule);
}

/** What sources printed for a share over one period. */
export function printedReading(figure: FigureRecord, rule: ChoosingRule | undefined): Reading | undefined {
  const printed = printedShare(figure, rule);
  if (!printed) return undefined;
  const { bounds, events, conflicts } = printed;
  return {
    bounds,
    first: figure.first,
    last: figure.last,
    formula: 'overseas-sales-share as reported; its parts are not known',
    inputs: [{ name: 'overseas-sales-share', bounds: jsonBounds(bounds), events }],
    perimeter: perimeterOf(figure),
    conflicts,
  };
}

function levelReading(
  automaker: Automaker,
  measure: Measure,
  wanted: Perimeter,
  until: Day,
  rule: ChoosingRule | undefined,
): Reading | undefined {
  return bestOf(basesOf(automaker, [measure], wanted), (perimeter) => {
    const step = levelOn(levelSteps(automaker.figures, measure, perimeter, rule), until);
    return step && readingOfLevel(step, measure, perimeter);
  });
}

/** A reported level as a reading. */
export function readingOfLevel(step: LevelReading, measure: Measure, perimeter: Perimeter): Reading {
  const { bounds, asOf, told, events, conflicts } = step;
  return {
    bounds,
    first: asOf,
    last: asOf,
    ...(told !== undefined && { told }),
    formula: `${measure} as reported for ${told ?? asOf}`,
    inputs: [{ name: measure, bounds: jsonBounds(bounds), events }],
    perimeter,
    conflicts,
  };
}

/** If no source reports a level, the individually logged items give its lower bound. */
function loggedReading(
  automaker: Automaker,
  measure: Measure,
  wanted: Perimeter,
  until: Day,
): Reading | undefined {
  const logged = loggedCount(automaker, { measure, ...wanted }, until);
  if (!logged || logged.count === 0) return undefined;
  return {
    ...readingOfLevel(
      {
        bounds: { lo: logged.count, hi: Number.POSITIVE_INFINITY },
        asOf: until,
        events: logged.events,
        conflicts: [],
      },
      measure,
      wanted,
    ),
    formula: `at least the ${measure} that are logged one by one`,
  };
}

/**
 * 1 if the automaker is present in the market (or in a market of the region) on a day, 0 if it left; unknown,
 * 0 to 1, if no entry is logged.
 */
function presence(automaker: Automaker, wanted: Perimeter, on: Day): Reading {
  const began = staysIn(automaker.markets, wanted.market ?? '', wanted.entity).filter(
    ({ entered }) => daysOf(entered.occurredOn).last <= on,
  );
  const stay = began.findLast((each) => !hasLeftBy(each, on)) ?? began.at(-1);
  const left = stay && hasLeftBy(stay, on) ? stay.exited : undefined;
  const bounds = { lo: stay && !left ? 1 : 0, hi: left ? 0 : 1 };
  return {
    bounds,
    first: on,
    last: on,
    formula: '1 if the market was entered and not left, 0 if it was left',
    inputs: [
      {
        name: 'market-presence',
        bounds: jsonBounds(bounds),
        events: stay ? [stay.entered.event, ...(left ? [left.event] : [])] : [],
      },
    ],
    perimeter: wanted,
    conflicts: [],
  };
}

/** The perimeters of the wanted scope in which all the measures have figures, on any basis. */
const basesOf = (
  { figures }: Automaker,
  measures: readonly [Measure, ...Measure[]],
  wanted: Perimeter,
): readonly Perimeter[] => perimetersWith(figures, measures, wanted).map(({ perimeter }) => perimeter);

/**
 * A reading on the wanted basis that is older than another one by more than this says less about the present.
 */
const OUTDATED_DAYS = 366;

/** The reading in the first perimeter that has one, unless one in a later perimeter is much newer. */
function bestOf(
  perimeters: readonly Perimeter[],
  read: (perimeter: Perimeter) => Reading | undefined,
): Reading | undefined {
  const readings = perimeters.flatMap((perimeter) => read(perimeter) ?? []);
  const newest = readings.reduce((latest, { last }) => (last > latest ? last : latest), '');
  return readings.find(({ last }) => dayNumber(newest) - dayNumber(last) <= OUTDATED_DAYS);
}

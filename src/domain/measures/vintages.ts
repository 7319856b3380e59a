import { automakerOf, type Automaker } from '../state/automaker.js';
import { effective, type LoggedEvent } from '../state/logged-event.js';
import { publishedBy } from '../ledger/publication.js';
import { publicDaysOf, publicStates } from '../state/public-states.js';
import type { StreamState } from '../state/stream-state.js';
import type { Day, EdtfDate } from '../ledger/edtf.js';
import type { FigureRecord, FigureReport } from '../state/records.js';
import type { ChoosingRule } from './flows.js';
import { figureDays, perimeterOf, type Measure, type Perimeter } from './measures.js';
import { inOrder, newestPoints, partsOf, type SeriesPoint } from './series.js';

/** A series as it could be computed from what had been published by the end of a day. */
export interface PublicVintage {
  readonly publicOn: Day;
  /** Oldest first. */
  readonly points: readonly SeriesPoint[];
}

/**
 * A question for the vintages of a measure in a scope, on any basis or, if one is given, on that basis only.
 */
export interface VintageQuestion {
  readonly measure: Measure;
  readonly wanted: Perimeter;
  readonly trueOn?: Day;
  /** Figures of later days are not points. Equals `trueOn` if that is given. */
  readonly until: Day;
  readonly rule?: ChoosingRule;
}

/** Upper bound on the public days computed; the newest are kept. */
export const MOST_VINTAGES = 120;

/**
 * The public days on which a series may have changed, oldest first: days on which evidence of a relevant
 * figure was published, and the last day of a period reported before its end.
 */
export function vintageDays(
  known: StreamState,
  { measure, wanted, until }: Pick<VintageQuestion, 'measure' | 'wanted' | 'until'>,
): readonly Day[] {
  const days = new Set<Day>();
  for (const entry of known.loggedEvents()) {
    const figure = figureOf(entry, measure, wanted);
    const told = figure ? publicDaysOf(figure) : [];
    const [first] = told;
    if (!figure || first === undefined) continue;
    for (const day of told) days.add(day);
    const { last } = figureDays(figure.data);
    if (last > first) days.add(last);
  }
  return [...days].filter((day) => day <= until).sort();
}

interface ToldFigure {
  readonly data: Perimeter & { readonly measure: Measure; readonly period?: string; readonly asOf?: string };
  readonly evidence: LoggedEvent['recorded']['evidence'];
}

/** A figure that is relevant to the series; undefined for any other event. */
function figureOf(entry: LoggedEvent, measure: Measure, wanted: Perimeter): ToldFigure | undefined {
  if (entry.recorded.type !== 'FigureReported') return undefined;
  const event = effective(entry);
  if (!event) return undefined;
  // Events of this type have data of this shape, in the current version.
  const data = event.data as ToldFigure['data'];
  const bears =
    partsOf(measure).includes(data.measure) && data.entity === wanted.entity && data.market === wanted.market;
  return bears ? { data, evidence: event.evidence } : undefined;
}

/** The number of figures of a measure without a publication date; no vintage contains them. */
export function undatedFigures(known: StreamState, measure: Measure, wanted: Perimeter): number {
  let count = 0;
  for (const entry of known.loggedEvents()) {
    const figure = figureOf(entry, measure, wanted);
    if (figure && publicDaysOf(figure).length === 0) count += 1;
  }
  return count;
}

/** The automaker as published by the end of each of some days, oldest first. */
export function* publicAutomakers(
  id: string,
  known: StreamState,
  trueOn: Day | undefined,
  days: readonly Day[],
): Generator<{ readonly publicOn: Day; readonly automaker: Automaker }> {
  for (const { publicOn, state } of publicStates(known, trueOn, days)) {
    const automaker = automakerOf(id, state);
    if (automaker) yield { publicOn, automaker };
  }
}

/**
 * The vintages of a series on some public days, oldest first; days without a change are skipped. Each equals
 * the series with that `publicOn`. O(days × points), plus computing the bounds for each day.
 */
export function* publicVintages(
  id: string,
  known: StreamState,
  { measure, wanted, trueOn, until, rule }: VintageQuestion,
  days: readonly Day[],
): Generator<PublicVintage> {
  let before = '';
  for (const { publicOn, automaker } of publicAutomakers(id, known, trueOn, days)) {
    const by = trueOn ?? (publicOn < until ? publicOn : until);
    const points = inOrder(newestPoints(automaker, measure, wanted, by, rule));
    const told = JSON.stringify(points);
    if (told === before || (points.length === 0 && before === '')) continue;
    before = told;
    yield { publicOn, points };
  }
}

/** The value of a period from a public day until the next change. */
export interface Telling {
  readonly publicOn: Day;
  /** Absent if from this day on the figures no longer give the period. */
  readonly value?: number;
  readonly lo?: number;
  readonly hi?: number;
  readonly events: readonly string[];
}

/** A period of a series, with its first value and later changes. */
export interface VintagePeriod {
  readonly first: Day;
  readonly last: Day;
  /** Oldest first; at least one. */
  readonly tellings: readonly Telling[];
}

/** The periods of some vintages, oldest first, each with the days on which its value changed. */
export function periodsOf(vintages: readonly PublicVintage[]): readonly VintagePeriod[] {
  const periods = new Map<string, { first: Day; last: Day; tellings: Telling[] }>();
  for (const { publicOn, points } of vintages) {
    const given = new Map(points.map((point) => [`${point.first}/${point.last}`, point]));
    for (const [key, { first, last, value, lo, hi, events }] of given) {
      const period = periods.get(key) ?? { first, last, tellings: [] };
      periods.set(key, period);
      const newest = period.tellings.at(-1);
      if (newest && newest.value === value && newest.lo === lo && newest.hi === hi) continue;
      period.tellings.push({
        publicOn,
        value,
        ...(lo !== undefined && { lo }),
        ...(hi !== undefined && { hi }),
        events,
      });
    }
    for (const [key, { tellings }] of periods)
      if (!given.has(key) && tellings.at(-1)?.value !== undefined) tellings.push({ publicOn, events: [] });
  }
  return [...periods.values()].sort((a, b) =>
    a.last === b.last ? (a.first < b.first ? -1 : 1) : a.last < b.last ? -1 : 1,
  );
}

/** The value of a period by the end of a public day; undefined before its first publication. */
export const toldBy = ({ tellings }: VintagePeriod, publicOn: Day): Telling | undefined =>
  tellings.findLast((telling) => telling.publicOn <= publicOn);

/** How a report relates to earlier publications of the same figure. */
export const TOLD_AS = ['first', 'again', 'otherwise', 'restated'] as const;
export type ToldAs = (typeof TOLD_AS)[number];

/** One report of a figure, dated by its first publication. */
export interface FigureTelling {
  readonly publicOn: Day;
  /** The date that its source has, where that is no day: "2026" is public by the end of that year. */
  readonly dated?: EdtfDate;
  readonly value: number;
  readonly qualifier?: FigureReport['qualifier'];
  readonly grade: FigureReport['grade'];
  readonly publishers: readonly string[];
  readonly event: string;
  /** `restated`: corrects an earlier report. `otherwise`: differs, but nobody calls the first wrong. */
  readonly as: ToldAs;
}

/** A figure as printed by sources, in the order of publication. */
export interface FigureVintages {
  readonly measure: Measure;
  readonly period?: EdtfDate;
  readonly asOf?: EdtfDate;
  readonly first: Day;
  readonly last: Day;
  readonly perimeter: Perimeter;
  readonly tellings: readonly FigureTelling[];
}

/**
 * The figures behind a series, with their first and later reports, the newest period first. Figures without a
 * publication date are left out.
 */
export function figureVintages(
  figures: readonly FigureRecord[],
  known: StreamState,
  measure: Measure,
  wanted: Perimeter,
): readonly FigureVintages[] {
  const told = new Map<string, FirstPublication>();
  for (const entry of known.loggedEvents()) {
    const figure = figureOf(entry, measure, wanted);
    const [first] = figure ? publicDaysOf(figure) : [];
    if (figure && first !== undefined) told.set(entry.recorded.id, publicationOn(first, figure.evidence));
  }
  return figures
    .flatMap((figure): FigureVintages[] => {
      const { period, asOf, first, last } = figure;
      const tellings = tellingsOf(figure, told);
      if (tellings.length === 0) return [];
      return [
        {
          measure: figure.measure,
          ...(period !== undefined && { period }),
          ...(asOf !== undefined && { asOf }),
          first,
          last,
          perimeter: perimeterOf(figure),
          tellings,
        },
      ];
    })
    .sort((a, b) => (a.last === b.last ? (a.first < b.first ? 1 : -1) : a.last < b.last ? 1 : -1));
}

type FirstPublication = Pick<FigureTelling, 'publicOn' | 'dated'>;

function publicationOn(publicOn: Day, evidence: ToldFigure['evidence']): FirstPublication {
  const dated = evidence.find((item) => publishedBy(item) === publicOn)?.publishedOn;
  return { publicOn, ...(dated !== undefined && dated !== publicOn && { dated }) };
}

function tellingsOf({ reports }: FigureRecord, told: ReadonlyMap<string, FirstPublication>): FigureTelling[] {
  const published = reports.flatMap((report) => {
    const publication = told.get(report.event);
    return publication === undefined ? [] : [{ ...publication, report }];
  });
  published.sort((a, b) =>
    a.publicOn === b.publicOn ? a.report.revision - b.report.revision : a.publicOn < b.publicOn ? -1 : 1,
  );
  const values = new Set<number>();
  return published.map(({ publicOn, dated, report }): FigureTelling => {
    const { value, qualifier, grade, publishers = [], event, restates = [] } = report;
    const as = toldAs(restates, values, value);
    values.add(value);
    return {
      publicOn,
      ...(dated !== undefined && { dated }),
      value,
      ...(qualifier !== undefined && { qualifier }),
      grade,
      publishers,
      event,
      as,
    };
  });
}

function toldAs(restates: readonly string[], before: ReadonlySet<number>, value: number): ToldAs {
  if (restates.length > 0) return 'restated';
  if (before.size === 0) return 'first';
  return before.has(value) ? 'again' : 'otherwise';
}

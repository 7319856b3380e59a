import { dayNumber, daysOf, type EdtfDate } from '../ledger/edtf.js';
import type { Automaker } from '../state/automaker.js';
import { leftOn, loggedStays, type LoggedStay } from '../state/market-stays.js';
import type { EntryMode, MarketRecord } from '../state/records.js';

/** The first logged entry of an automaker into a market, and whether it is still there. */
export interface FirstEntry {
  readonly event: string;
  readonly occurredOn: EdtfDate;
  /** The brand that entered, if it was not the automaker itself. */
  readonly entity?: string;
  readonly entryMode?: EntryMode;
  readonly partner?: string;
  readonly present: boolean;
  /** When it left for good, if it did. */
  readonly leftOn?: EdtfDate;
}

/** A market that two automakers both entered. */
export interface SharedMarket {
  readonly market: string;
  readonly a: FirstEntry;
  readonly b: FirstEntry;
  /** Who certainly came first, given the precision of the dates. */
  readonly first: 'a' | 'b' | 'not known';
  /** The lead in days, at least and at most. Absent if it is not known who was first. */
  readonly leadDays?: { readonly lo: number; readonly hi: number };
  /** Whether both are present on the day of the records. */
  readonly bothNow: boolean;
}

export interface Overlap {
  /** Ordered by the day on which the second one entered, newest first. */
  readonly both: readonly SharedMarket[];
  /** Markets abroad that, according to the ledger, only A entered. `onlyB` likewise. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  /** The markets of `onlyA` for which figures show sales of B, although no entry of B is logged. */
  readonly figuresOfB: readonly string[];
  /** The markets of `onlyB` for which figures show sales of A. */
  readonly figuresOfA: readonly string[];
  /** The markets that A entered by rumours alone. They count nowhere else; `rumouredOfB` likewise. */
  readonly rumouredOfA: readonly string[];
  readonly rumouredOfB: readonly string[];
}

/**
 * The markets abroad that two automakers entered, and who came first. The home markets of both are excluded.
 */
export function overlapOf(a: Automaker, b: Automaker): Overlap {
  const homes = [a.profile.homeMarket, b.profile.homeMarket];
  const [there, byRumour] = [told(false), told(true)];
  const [ofA, ofB] = [entriesOf(a, homes, there), entriesOf(b, homes, there)];
  const [rumouredA, rumouredB] = [entriesOf(a, homes, byRumour), entriesOf(b, homes, byRumour)];
  const both = [...ofA]
    .flatMap(([market, entry]): SharedMarket[] => {
      const other = ofB.get(market);
      return other ? [shared(market, entry, other)] : [];
    })
    .sort((one, two) => (secondOn(one) > secondOn(two) ? -1 : 1));
  const onlyA = [...ofA.keys()].filter((market) => !ofB.has(market)).sort();
  const onlyB = [...ofB.keys()].filter((market) => !ofA.has(market)).sort();
  const [soldByA, soldByB] = [marketsWithSales(a), marketsWithSales(b)];
  return {
    both,
    onlyA,
    onlyB,
    figuresOfB: onlyA.filter((market) => soldByB.has(market)),
    figuresOfA: onlyB.filter((market) => soldByA.has(market)),
    rumouredOfA: [...rumouredA.keys()].filter((market) => !ofA.has(market)).sort(),
    rumouredOfB: [...rumouredB.keys()].filter((market) => !ofB.has(market)).sort(),
  };
}

/** Markets with a report of vehicles sold by the automaker or one of its brands. */
const marketsWithSales = ({ figures }: Automaker): Set<string> =>
  new Set(
    figures.flatMap(({ measure, market, reports }) =>
      measure === 'market-units' && market !== undefined && reports.some(({ value }) => value > 0)
        ? [market]
        : [],
    ),
  );

const secondOn = ({ a, b, market }: SharedMarket): string =>
  `${[daysOf(a.occurredOn).last, daysOf(b.occurredOn).last].sort()[1] ?? ''} ${market}`;

/** Whether only rumours tell of a stay, or more than that. */
const told =
  (byRumour: boolean) =>
  ({ entered }: LoggedStay): boolean =>
    (entered.isRumour === true) === byRumour;

function entriesOf(
  { markets }: Automaker,
  homes: readonly string[],
  counts: (stay: LoggedStay) => boolean,
): Map<string, FirstEntry> {
  return new Map(
    markets
      .filter(({ market }) => !homes.includes(market))
      .flatMap((record) => {
        const entry = firstEntry(record, counts);
        return entry ? [[record.market, entry] as const] : [];
      }),
  );
}

function firstEntry(record: MarketRecord, counts: (stay: LoggedStay) => boolean): FirstEntry | undefined {
  const [first, ...later] = loggedStays(record).filter(counts);
  if (!first) return undefined;
  const stay = later.reduce<LoggedStay>(
    (earliest, each) =>
      daysOf(each.entered.occurredOn).last < daysOf(earliest.entered.occurredOn).last ? each : earliest,
    first,
  );
  const { entered, entity, entryMode, partner } = stay;
  const left = record.present ? undefined : leftOn(record.stays.at(-1) ?? stay);
  return {
    event: entered.event,
    occurredOn: entered.occurredOn,
    ...(entity !== undefined && { entity }),
    ...(entryMode !== undefined && { entryMode }),
    ...(partner !== undefined && { partner }),
    present: record.present,
    ...(left !== undefined && { leftOn: left }),
  };
}

function shared(market: string, a: FirstEntry, b: FirstEntry): SharedMarket {
  const [ofA, ofB] = [daysOf(a.occurredOn), daysOf(b.occurredOn)];
  const first = ofA.last < ofB.first ? 'a' : ofB.last < ofA.first ? 'b' : 'not known';
  const [earlier, later] = first === 'b' ? [ofB, ofA] : [ofA, ofB];
  const days = (from: string, to: string): number => dayNumber(to) - dayNumber(from);
  return {
    market,
    a,
    b,
    first,
    ...(first !== 'not known' && {
      leadDays: { lo: days(earlier.last, later.first), hi: days(earlier.first, later.last) },
    }),
    bothNow: a.present && b.present,
  };
}

/** Counts how many of the shared markets each entered first. */
export function tallyOfFirst(both: readonly SharedMarket[]): {
  readonly a: number;
  readonly b: number;
  readonly unknown: number;
} {
  const count = (who: SharedMarket['first']): number => both.filter(({ first }) => first === who).length;
  return { a: count('a'), b: count('b'), unknown: count('not known') };
}

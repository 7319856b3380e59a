import type { FigureRecord } from '../state/records.js';
import { addDays, addYears, type Day } from '../ledger/edtf.js';
import { byLast } from './by-last.js';
import { comparability, perimetersWith } from './comparability.js';
import { coveredPeriod, flowModelOf, trailingYear } from './flow-readings.js';
import type { ChoosingRule } from './flows.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import { perimeterKey, scopeKey, type Measure, type Perimeter } from './measures.js';
import { sharesOfParts } from './shares-of-parts.js';
import { standingFigures } from './standing-figures.js';
import { fromFlow, printedReading, shareOfParts, type Reading } from './readings.js';

const flows = new PerObjectMemo<readonly FigureRecord[], readonly Reading[]>();

/** A flow over every twelve-month period that the figures of one perimeter cover, oldest first. */
export function yearsOfFlow(
  figures: readonly FigureRecord[],
  measure: Measure,
  perimeter: Perimeter,
  rule?: ChoosingRule,
): readonly Reading[] {
  return flows.of(figures, `${measure} ${perimeterKey(perimeter)} ${rule ?? ''}`, () => {
    const model = flowModelOf(figures, measure, perimeter, rule);
    return model.coveredYearEnds.flatMap((end): Reading[] => {
      const year = trailingYear(model, end);
      return year
        ? [
            {
              ...fromFlow(measure, year),
              perimeter,
              formula: `${measure} from ${year.first} to ${year.last}`,
            },
          ]
        : [];
    });
  });
}

const shares = new PerObjectMemo<readonly FigureRecord[], readonly Reading[]>();

/**
 * A share over every twelve-month period given by figures comparable with a goal, oldest first: overseas
 * units over total units of one perimeter or, if those are not known, the share that a source printed for
 * twelve months, or the result of the shares of its parts. A quarter's share never counts as a year's. A
 * printed share that contradicts the units is listed as a conflict.
 */
export function yearsOfShare(
  figures: readonly FigureRecord[],
  wanted: Perimeter,
  rule?: ChoosingRule,
): readonly Reading[] {
  return shares.of(figures, `${perimeterKey(wanted)} ${rule ?? ''}`, () => {
    const ofUnits = perimetersWith(figures, ['overseas-units', 'total-units'], wanted)
      .filter((found) => found.comparability !== 'other')
      .flatMap(({ perimeter }) => sharesOfUnits(figures, perimeter, rule));
    const printed = printedShares(figures, wanted, rule);
    const byYear = new Map<string, Reading>();
    const parts = printedSharesIn(figures, wanted, rule, ({ first, last }) => isLessThanAYear(first, last));
    const ofParts = sharesOfParts(parts, figures, wanted, rule);
    for (const reading of [...ofUnits, ...printed, ...ofParts]) {
      const key = `${reading.first}/${reading.last}`;
      const known = byYear.get(key);
      byYear.set(key, known ? withOther(known, reading) : reading);
    }
    return [...byYear.values()].sort(byLast);
  });
}

/**
 * A share over a period that is not twelve months, such as a quarter or a half-year: the quotient of the
 * units in the first comparable perimeter that covers it, or the share printed for exactly that period. For
 * twelve months, use `yearsOfShare`.
 */
export function shareOverPeriod(
  figures: readonly FigureRecord[],
  wanted: Perimeter,
  { first, last }: { readonly first: Day; readonly last: Day },
  rule?: ChoosingRule,
): Reading | undefined {
  const ofUnits = perimetersWith(figures, ['overseas-units', 'total-units'], wanted)
    .filter((found) => found.comparability !== 'other')
    .flatMap(({ perimeter }): Reading[] => {
      const overseas = coveredPeriod(flowModelOf(figures, 'overseas-units', perimeter, rule), first, last);
      const total = coveredPeriod(flowModelOf(figures, 'total-units', perimeter, rule), first, last);
      const share = overseas && total && shareOfParts(overseas, total, perimeter);
      return share ? [share] : [];
    });
  const printed = printedSharesIn(
    figures,
    wanted,
    rule,
    (figure) => figure.first === first && figure.last === last,
  );
  const [known, ...others] = [...ofUnits, ...printed];
  return known && others.reduce(withOther, known);
}

/** The known reading; the events of a contradicting one for the same period become conflicts. */
function withOther(known: Reading, other: Reading): Reading {
  const agree = other.bounds.lo <= known.bounds.hi && known.bounds.lo <= other.bounds.hi;
  const events = [...other.inputs.flatMap((input) => input.events), ...other.conflicts];
  const used = new Set(known.inputs.flatMap((input) => input.events));
  const more = agree ? other.conflicts : events;
  return {
    ...known,
    conflicts: [...new Set([...known.conflicts, ...more.filter((event) => !used.has(event))])],
  };
}

function sharesOfUnits(
  figures: readonly FigureRecord[],
  perimeter: Perimeter,
  rule: ChoosingRule | undefined,
): Reading[] {
  const overseas = flowModelOf(figures, 'overseas-units', perimeter, rule);
  const total = flowModelOf(figures, 'total-units', perimeter, rule);
  const ends = new Set(total.coveredYearEnds);
  return overseas.coveredYearEnds.flatMap((end) => {
    const [part, whole] = ends.has(end) ? [trailingYear(overseas, end), trailingYear(total, end)] : [];
    const share = part && whole && shareOfParts(part, whole, perimeter);
    return share ? [share] : [];
  });
}

function printedShares(
  figures: readonly FigureRecord[],
  wanted: Perimeter,
  rule: ChoosingRule | undefined,
): Reading[] {
  return printedSharesIn(figures, wanted, rule, ({ first, last }) => isTwelveMonths(first, last));
}

function printedSharesIn(
  figures: readonly FigureRecord[],
  wanted: Perimeter,
  rule: ChoosingRule | undefined,
  isIn: (figure: FigureRecord) => boolean,
): Reading[] {
  return standingFigures(figures)
    .filter(
      (figure) =>
        figure.measure === 'overseas-sales-share' &&
        scopeKey(figure) === scopeKey(wanted) &&
        comparability(figure.measure, wanted.basis, figure.basis) !== 'other' &&
        isIn(figure),
    )
    .flatMap((figure) => printedReading(figure, rule) ?? []);
}

const isLessThanAYear = (first: Day, last: Day): boolean => last < addDays(addYears(first, 1), -1);

/** Whether two days are the first and last of twelve months. */
export function isTwelveMonths(first: Day, last: Day): boolean {
  // 1 March of a leap year to 28 February: one year before is the 28th or the 29th, whichever existed.
  return first === addDays(addYears(last, -1), 1) || first === addYears(addDays(last, 1), -1);
}

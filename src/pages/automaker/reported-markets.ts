import type { FigureQualifier } from '../../domain/measures/rounding.js';
import type { FigureRecord } from '../../domain/state/records.js';

/** The newest figure of all markets abroad, with its place in the answer of the API. */
export interface ReportedMarkets {
  readonly value: number;
  readonly qualifier?: FigureQualifier;
  /** The date as the source gives it. */
  readonly asOf: string;
  readonly at: string;
}

/**
 * How many markets a source reports, beside those that are logged: what is counted of logged markets says
 * little where a source tells of many more. Rumours do not count.
 */
export function reportedMarkets(figures: readonly FigureRecord[]): ReportedMarkets | undefined {
  return figures
    .flatMap(({ measure, entity, market, asOf, last, reports }, index) => {
      const place = reports.findLastIndex(({ grade }) => grade !== 'rumoured');
      const report = reports[place];
      if (measure !== 'overseas-markets' || entity !== undefined || market !== undefined || !report)
        return [];
      const { value, qualifier } = report;
      return [
        {
          last,
          told: {
            value,
            ...(qualifier !== undefined && { qualifier }),
            asOf: asOf ?? last,
            at: `/figures/${index}/reports/${place}/value`,
          },
        },
      ];
    })
    .reduce<{ readonly last: string; readonly told: ReportedMarkets } | undefined>(
      (newest, each) => (newest && newest.last > each.last ? newest : each),
      undefined,
    )?.told;
}

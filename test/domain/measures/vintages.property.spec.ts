import fc from 'fast-check';
import { automakerOf } from '../../../src/domain/state/automaker.js';
import { foldEvents } from '../../../src/domain/state/evolve.js';
import { publicStates } from '../../../src/domain/state/public-states.js';
import { stateAsOf } from '../../../src/domain/state/state-as-of.js';
import { RECORD_KINDS } from '../../../src/domain/state/records.js';
import { periodsOf, toldBy } from '../../../src/domain/measures/vintages.js';
import { seriesOf } from '../../../src/domain/measures/series.js';
import { source, UNTIL, vintagesOf } from './told-vintages.js';
import { given, idOf, proposal, registered } from '../given-when-then.js';
import { record } from '../recording.js';
import { randomStream } from '../random-history.js';

const day = fc
  .record({ year: fc.integer({ min: 2021, max: 2026 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}-15`)
  .filter((text) => text <= UNTIL);
const dates = fc.array(fc.option(day, { nil: undefined, freq: 4 }), { minLength: 60, maxLength: 60 });

/** Figures for months, quarters and years of one measure, with random dates; some are restated by others. */
const reported = fc
  .array(
    fc.record({
      value: fc.integer({ min: 1, max: 90_000 }),
      period: fc.constantFrom(
        '2023',
        '2024',
        '2025',
        '2025-01/2025-06',
        '2025-07/2025-12',
        '2025-03',
        '2024-07/2025-06',
      ),
      restates: fc.option(fc.nat(30), { nil: undefined, freq: 2 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((figures) =>
    figures.map(({ value, period, restates }, index) => ({
      data: {
        measure: 'overseas-units',
        // All values differ, because a repeated figure would be refused.
        value: value * 14 + index,
        period,
        // The id of an earlier figure; the first event is the registration.
        ...(restates !== undefined && index > 0 && { restates: [idOf(1 + (restates % index))] }),
      },
    })),
  );

describe('vintages, whatever is published when', () => {
  it('are, on every day, the series with that day as publicOn', () => {
    fc.assert(
      fc.property(reported, dates, fc.array(day, { minLength: 1, maxLength: 4 }), (figures, on, asked) => {
        const { state } = given(
          registered,
          ...figures.map(({ data }, index) =>
            proposal('FigureReported', '2026-11-20', data, {
              evidence: [
                ...source(on[index]).evidence,
                ...(index % 3 === 0 ? source(on[index + 30], 'Other').evidence : []),
              ],
            }),
          ),
        );
        const vintages = vintagesOf(state);
        const periods = periodsOf(vintages);
        for (const publicOn of [...asked, ...vintages.map((vintage) => vintage.publicOn)]) {
          const automaker = automakerOf('xpeng', stateAsOf(state, { publicOn }));
          const series = automaker ? seriesOf(automaker, 'overseas-units', {}, publicOn) : [];
          expect(vintages.findLast((each) => each.publicOn <= publicOn)?.points ?? []).toEqual(series);
          const column = periods.flatMap((period) => {
            const { value, lo, hi } = toldBy(period, publicOn) ?? {};
            return value === undefined ? [] : [[period.first, period.last, value, lo, hi]];
          });
          expect(column).toEqual(
            series.map(({ first, last, value, lo, hi }) => [first, last, value, lo, hi]),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stand on states that are those of each public day, for any history', () => {
    fc.assert(
      fc.property(
        randomStream,
        dates,
        fc.array(day, { minLength: 1, maxLength: 5 }),
        fc.option(day),
        (drawn, on, asked, trueOn) => {
          const told = drawn.proposals.map((each, index) =>
            each.type === 'EvidenceAdded'
              ? { ...each, data: { ...each.data, evidence: source(on[index % 60]).evidence } }
              : each.type.startsWith('Event')
                ? each
                : { ...each, ...source(on[index % 60]) },
          );
          const { events } = record(drawn.stream, told, { evenContradictions: true });
          const all = foldEvents(drawn.stream, events);
          const days = [...new Set(asked)].sort();
          const states = [...publicStates(all, trueOn ?? undefined, days)];
          expect(states.map(({ publicOn }) => publicOn)).toEqual(days);
          for (const { publicOn, state } of states) {
            const afresh = stateAsOf(all, { publicOn, ...(trueOn !== null && { trueOn }) });
            for (const kind of RECORD_KINDS)
              expect([...state.entries(kind)]).toEqual([...afresh.entries(kind)]);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

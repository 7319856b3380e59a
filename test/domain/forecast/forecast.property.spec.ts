import fc from 'fast-check';
import type { Entry } from './growing-ledger.js';
import { forecastAsOf, goal, levels, opening, quarterEnd, recordedFrom } from './growing-ledger.js';
import { proposal } from '../given-when-then.js';

const series = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 18, maxLength: 26 });

/** Yearly overseas and total units, as used for a share target, recorded `lag` days after each year. */
const shares = (units: readonly (readonly [number, number])[], lag: number): Entry[] =>
  units.flatMap(([overseas, home], index) => {
    const period = String(1990 + index);
    const recordedAt = new Date(
      Date.parse(`${1991 + index}-01-01T09:00:00Z`) + lag * 86_400_000,
    ).toISOString();
    return [
      { measure: 'overseas-units', value: overseas },
      { measure: 'total-units', value: overseas + home },
    ].map(({ measure, value }) => ({
      recordedAt,
      what: proposal('FigureReported', period, { measure, value, period, plusMinus: 0, basis: 'deliveries' }),
    }));
  });

describe('a forecast of the past', () => {
  it('is the same to the byte, whatever is recorded later: new, late, corrected or retracted', () => {
    fc.assert(
      fc.property(
        series,
        fc.nat(16),
        fc.nat(1000),
        fc.constantFrom(0, 1, 2),
        (values, cut, planted, kind) => {
          const told = [...opening(), ...levels(values)];
          const upTo = 14 + (cut % (values.length - 13));
          const knownOn = told[upTo + 1]?.recordedAt ?? '';
          const clocks = { trueOn: knownOn.slice(0, 10), knownOn };
          const later = '2024-06-30T09:00:00.000Z';
          const about = `00000000-0000-4000-8000-${String(2 + (planted % upTo)).padStart(12, '0')}`;
          const plants: Entry[] = [
            {
              // A figure for a day without one before, in the middle of the known series.
              recordedAt: later,
              what: proposal('FigureReported', '2010-08-15', {
                measure: 'overseas-markets',
                value: planted,
                asOf: '2010-08-15',
              }),
            },
            {
              recordedAt: later,
              what: proposal('EventRetracted', undefined, { event: about, reason: 'It never was.' }),
            },
            {
              recordedAt: later,
              what: proposal('EventCorrected', undefined, {
                event: about,
                occurredOn: quarterEnd(planted % upTo),
                data: { measure: 'overseas-markets', value: planted, asOf: quarterEnd(planted % upTo) },
                reason: 'A misprint.',
              }),
            },
          ];
          const plant = plants[kind];
          const before = forecastAsOf(recordedFrom(told.slice(0, upTo + 2)), clocks, 2000);
          const after = forecastAsOf(recordedFrom([...told, ...(plant ? [plant] : [])]), clocks, 2000);
          expect(JSON.stringify(after)).toBe(JSON.stringify(before));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a forecast, whatever the figures are', () => {
  it('is a defined answer: no NaN, ordered bands, chances between 0 and 1, shares between 0 and 100', () => {
    const parts = fc.array(fc.tuple(fc.nat(200), fc.nat(200)), { minLength: 1, maxLength: 30 });
    const ceiling = fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 700 }), ceiling, (units, lag, most) => {
        const target = goal({
          measure: 'overseas-sales-share',
          unit: 'percent',
          threshold: 50,
          deadline: '2030',
        });
        const events = recordedFrom([...opening(target), ...shares(units, lag)].sort(byRecording));
        const forecast = forecastAsOf(events, { trueOn: '2024-06-30' }, most);
        // JSON writes NaN and infinity as null.
        expect(JSON.stringify(forecast)).not.toMatch(/null/);
        for (const { values } of forecast.methods)
          for (const { value, bands, chance } of values) {
            expect([value >= 0, value <= 100]).toEqual([true, true]);
            for (const { lo, hi } of bands)
              expect([0 <= lo, lo <= hi, hi <= 100]).toEqual([true, true, true]);
            if (chance) expect([0 <= chance.lo, chance.lo < chance.hi, chance.hi <= 1]).not.toContain(false);
          }
        expect(forecast.reasons.length > 0).toBe(forecast.status !== 'forecast');
      }),
      { numRuns: 40 },
    );
  });

  it('is a defined answer for gaps of many years between figures', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 10, maxLength: 24 }), (gaps) => {
        let quarter = 0;
        const entries = gaps.map((gap, index) => {
          quarter += gap % 7 === 0 ? gap : 1;
          const asOf = quarterEnd(quarter);
          return {
            recordedAt: `${asOf}T20:00:00.000Z`,
            what: proposal('FigureReported', asOf, { measure: 'overseas-markets', value: 3 * index, asOf }),
          };
        });
        const events = recordedFrom([...opening(goal({ deadline: '2120' })), ...entries]);
        const forecast = forecastAsOf(events, { trueOn: quarterEnd(quarter + 1) }, 500);
        expect(JSON.stringify(forecast)).not.toMatch(/null/);
      }),
      { numRuns: 30 },
    );
  });
});

const byRecording = (a: Entry, b: Entry): number => (a.recordedAt < b.recordedAt ? -1 : 1);

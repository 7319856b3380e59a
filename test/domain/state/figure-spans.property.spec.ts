import fc from 'fast-check';
import { evolve } from '../../../src/domain/state/evolve.js';
import {
  figuresAround,
  figuresNear,
  figureSpans,
  lengthOf,
  type CountedSpan,
} from '../../../src/domain/state/figure-spans.js';
import { StreamState } from '../../../src/domain/state/stream-state.js';
import { addDays, dayNumber } from '../../../src/domain/ledger/edtf.js';
import { figureDays, perimeterKey, perimeterOf } from '../../../src/domain/measures/measures.js';
import type { FigureReported } from '../../../src/domain/events/figure-reported.js';
import { idOf, proposal, registered } from '../given-when-then.js';
import { record } from '../recording.js';
import { RUNS } from '../random-history.js';

const figure = fc
  .record({
    from: fc.integer({ min: 0, max: 1500 }),
    days: fc.constantFrom(0, 27, 29, 30, 90, 364),
    entity: fc.constantFrom(undefined, 'brand-one'),
    isLevel: fc.boolean(),
  })
  .map(({ from, days, entity, isLevel }): FigureReported => {
    const first = addDays('2020-01-01', from);
    const when = isLevel ? { asOf: first } : { period: `${first}/${addDays(first, days)}` };
    const measure = isLevel ? 'overseas-markets' : 'overseas-units';
    return { measure, value: 500, ...when, ...(entity && { entity }) };
  });
const history = fc.record({
  figures: fc.array(figure, { minLength: 1, maxLength: 40 }),
  retracted: fc.array(fc.nat(39), { maxLength: 8 }),
  /** The step of the first question; from then on, the spans are updated with each event. */
  askedAt: fc.nat(40),
  asked: figure,
});

const spanOf = (data: FigureReported): CountedSpan => ({ ...data, ...figureDays(data) });
const isSame = (a: CountedSpan, b: CountedSpan): boolean =>
  a.measure === b.measure &&
  perimeterKey(perimeterOf(a)) === perimeterKey(perimeterOf(b)) &&
  (a.period === undefined) === (b.period === undefined);

describe('for any history of figures, asked at any time', () => {
  it('the figures that hold others, and those near them, are those that looking at each would find', () => {
    fc.assert(
      fc.property(history, ({ figures, retracted, askedAt, asked }) => {
        const proposals = figures.map((data) => proposal('FigureReported', '2025-01-01', data));
        const taken = [...new Set(retracted)].filter((index) => index < figures.length);
        const retractions = taken.map((index) =>
          proposal('EventRetracted', undefined, { event: idOf(index + 1), reason: 'wrong' }),
        );
        const { events } = record('automaker-xpeng', [registered, ...proposals, ...retractions]);
        let state = StreamState.of('automaker-xpeng');
        for (const [index, event] of events.entries()) {
          if (index === askedAt) figureSpans(state.subjects.figure);
          ({ state } = evolve(state, event));
        }

        const wanted = spanOf(asked);
        const all = [...state.entries('figure')].filter(([, record]) => isSame(record, wanted));
        const standing = (keys: Iterable<string>): string[] =>
          [...new Set(keys)].filter((key) => state.record('figure', key)).sort();
        const around = all.filter(([, { first, last }]) => first <= wanted.first && last >= wanted.last);
        const near = all.filter(
          ([, record]) =>
            Math.abs(lengthOf(record) - lengthOf(wanted)) <= 3 &&
            Math.abs(dayNumber(record.last) - dayNumber(wanted.last)) <= 200,
        );

        const { figure: subjects } = state.subjects;
        expect(standing(figuresAround(subjects, wanted))).toEqual(around.map(([key]) => key).sort());
        expect(standing(figuresNear(subjects, wanted, { days: 200, tolerance: 3 }))).toEqual(
          near.map(([key]) => key).sort(),
        );
      }),
      { numRuns: RUNS },
    );
  });
});

import fc from 'fast-check';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { addDays } from '../../../src/domain/ledger/edtf.js';
import { RUNS } from '../random-history.js';
import { asked, figure, goal } from './goal.js';

const year = fc.integer({ min: 2022, max: 2026 });
const periods = year.chain((of) =>
  fc.constantFrom(
    `${of}`,
    `${of}-01/${of}-06`,
    `${of}-01/${of}-09`,
    `${of}-01/${of}-03`,
    `${of}-07/${of}-12`,
  ),
);
const basis = fc.constantFrom(undefined, 'deliveries', 'exports');
const grade = fc.constantFrom('confirmed' as const, 'reported' as const, 'rumoured' as const);
const flow = fc
  .record({
    measure: fc.constantFrom('overseas-units', 'total-units'),
    value: fc.integer({ min: 1, max: 200_000 }),
    period: periods,
    basis,
    grade,
  })
  .map(({ grade: of, basis: counted, ...data }) =>
    figure({ ...data, ...(counted && { basis: counted }) }, of),
  );
const terms = fc.record({
  measure: fc.constantFrom('overseas-units', 'overseas-sales-share'),
  threshold: fc.integer({ min: 1, max: 90 }),
  deadline: fc.constantFrom('2024', '2025-12-31', '2026', '2027/2030', undefined),
  wording: fc.constantFrom('a goal', 'a goal a year', 'in 2026', 'by 2024'),
});
const target = terms.map(({ measure, threshold, deadline, wording }): Proposal => {
  const isShare = measure === 'overseas-sales-share';
  return goal(
    {
      measure,
      threshold: isShare ? threshold : 1000 * threshold,
      unit: isShare ? 'percent' : 'units',
      deadline: deadline ?? '2026',
      wording,
    },
    '2023-05-01',
  );
});
const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2023-06-01', days));
const figures = fc.array(flow, { maxLength: 8 });

/** Removes repeated figures, because in some orders of recording they would be refused as duplicates. */
const distinct = (all: readonly Proposal[]): Proposal[] => [
  ...new Map(all.map((each) => [JSON.stringify([each.data, each.evidence]), each])).values(),
];

describe('verdicts, whatever is reported', () => {
  it('never change between two days without an event between them: they age', () => {
    fc.assert(
      fc.property(target, figures, day, day, (aim, told, one, other) => {
        const events = [aim, ...distinct(told)];
        const [first, second] = [one, other].map((on) => asked(on, events));
        expect([second?.status, second?.statusAsOf]).toEqual([first?.status, first?.statusAsOf]);
        // A ratio does not depend on the day of the question.
        expect([second?.pace, second?.amount, second?.value]).toEqual([
          first?.pace,
          first?.amount,
          first?.value,
        ]);
      }),
      { numRuns: RUNS },
    );
  });

  it('of an amount never change by a figure of another period', () => {
    fc.assert(
      fc.property(
        figures,
        fc.integer({ min: 1, max: 200_000 }),
        fc.constantFrom('2024', '2027'),
        (told, value, other) => {
          const aim = goal({ threshold: 90_000, deadline: '2026', wording: '90,000 in 2026' }, '2023-05-01');
          const own = distinct(told).filter(({ data }) => JSON.stringify(data).includes('"period":"2026'));
          const before = asked('2026-11-29', [aim, ...own]);
          const after = asked('2026-11-29', [
            aim,
            ...own,
            figure({ measure: 'overseas-units', value, period: other }),
          ]);
          expect([after.status, after.value?.lo, after.value?.hi]).toEqual([
            before.status,
            before.value?.lo,
            before.value?.hi,
          ]);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('do not depend on the order of recording', () => {
    fc.assert(
      fc.property(
        target,
        figures.chain((told) => {
          const once = distinct(told);
          return fc.tuple(fc.constant(once), fc.shuffledSubarray(once, { minLength: once.length }));
        }),
        (aim, [told, shuffled]) => {
          const [first, second] = [told, shuffled].map((order) => asked('2026-11-29', [aim, ...order]));
          const seen = (each: typeof first) => [
            each?.status,
            each?.statusAsOf,
            each?.value?.lo,
            each?.value?.hi,
          ];
          expect(seen(second)).toEqual(seen(first));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

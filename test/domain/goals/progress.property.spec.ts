import fc from 'fast-check';
import { automakerFrom } from '../../../src/domain/state/automaker.js';
import { CHOOSING_RULES } from '../../../src/domain/measures/flows.js';
import { foldEvents } from '../../../src/domain/state/evolve.js';
import { BASES, MEASURES, type Measure } from '../../../src/domain/measures/measures.js';
import { progressOf } from '../../../src/domain/goals/progress.js';
import { inTodaysVersion } from '../../../src/domain/events/versions.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { proposal, registered } from '../given-when-then.js';
import { RUNS } from '../random-history.js';
import { record } from '../recording.js';

const STREAM = 'automaker-xpeng';
const FLOWS = ['overseas-units', 'total-units'] as const;

const day = fc
  .date({ min: new Date('2023-01-01'), max: new Date('2026-06-30'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const period = fc.oneof(
  fc.constantFrom('2024', '2025', '2025-01/2025-06', '2025-01-01/2025-09-30', '2025-07/2025-12', '2025~'),
  fc.tuple(day, day).map((days) => days.sort().join('/')),
  // A period of one day.
  day.map((only) => `${only}/${only}`),
);
const basis = fc.option(fc.constantFrom(...BASES.slice(0, 3)), { nil: undefined });
const value = fc.oneof(fc.constant(0), fc.constantFrom(29_000, 45_008, 429_445), fc.nat(1_000_000));

const flow = fc
  .record({
    measure: fc.constantFrom(...FLOWS),
    value,
    period,
    basis,
    plusMinus: fc.option(fc.nat(10_000), { nil: undefined }),
  })
  .map((figure) => proposal('FigureReported', '2026-07-01', defined(figure)));
const share = fc
  .record({ value: fc.double({ min: 0, max: 100, noNaN: true }), period, basis })
  .map((figure) =>
    proposal('FigureReported', '2026-07-01', defined({ measure: 'overseas-sales-share', ...figure })),
  );
const level = fc
  .record({ value: fc.nat(500), asOf: day })
  .map((figure) => proposal('FigureReported', '2026-07-01', { measure: 'overseas-markets', ...figure }));
const target = fc
  .record({
    measure: fc.constantFrom<Measure>(
      'overseas-sales-share',
      'overseas-units',
      'total-units',
      'overseas-markets',
    ),
    threshold: fc.oneof(fc.constant(100), fc.integer({ min: 1, max: 100 })),
    deadline: fc.option(fc.constantFrom('2025', '2030/2033', '2026-07-01', '2029~'), { nil: undefined }),
    basis,
  })
  .map((terms) =>
    proposal(
      'TargetSet',
      '2024-01-01',
      defined({ target: 'goal', unit: MEASURES[terms.measure].unit, wording: 'a goal', ...terms }),
    ),
  );

function defined(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, each]) => each !== undefined));
}

/** The paths of numbers that are NaN or infinite. */
function notNumbers(answer: unknown, path = ''): string[] {
  if (typeof answer === 'number') return Number.isFinite(answer) ? [] : [`${path} ${answer}`];
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([name, each]) => notNumbers(each, `${path}.${name}`));
}

describe('progress, whatever figures are reported', () => {
  const figures = fc.array(fc.oneof({ weight: 4, arbitrary: flow }, share, level), { maxLength: 25 });

  it.each(CHOOSING_RULES)('is a defined answer with ordered bounds, by %s', (rule) => {
    let answered = 0;
    fc.assert(
      fc.property(target, figures, day, (goal: Proposal, reported, on) => {
        const { events } = record(STREAM, [registered, goal, ...reported, ...reported.slice(0, 3)]);
        const automaker = automakerFrom('xpeng', foldEvents(STREAM, events));
        const found = automaker?.targets[0];
        if (!automaker || !found) return;
        answered++;
        const progress = progressOf(automaker, found, on, rule);
        expect(notNumbers(progress)).toEqual([]);
        const { lo = Number.NEGATIVE_INFINITY, hi = Number.POSITIVE_INFINITY } = progress.value ?? {};
        expect(lo).toBeLessThanOrEqual(hi);
        if (progress.terms.measure === 'overseas-sales-share' && progress.value) {
          expect(lo).toBeGreaterThanOrEqual(0);
          expect(hi).toBeLessThanOrEqual(100);
          // Only units with the same basis are divided by each other.
          const used = new Set(progress.value.inputs.flatMap(({ events: of }) => of));
          const bases = automaker.figures
            .filter(({ reports }) => reports.some(({ event }) => used.has(event)))
            .map((figure) => figure.basis);
          expect(new Set(bases).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: RUNS },
    );
    expect(answered).toBeGreaterThan(RUNS / 2);
  });

  it('is an answer with 1,000 reports of one year that all contradict each other', () => {
    const goal = proposal('TargetSet', '2024-01-01', {
      target: 'goal',
      measure: 'overseas-units',
      threshold: 60_000,
      unit: 'units',
      wording: 'a goal',
    });
    const reports = Array.from({ length: 1000 }, (_, index) =>
      proposal('FigureReported', '2026-01-10', {
        measure: 'overseas-units',
        value: 10_001 + index,
        plusMinus: 0,
        period: '2025',
      }),
    );
    const events = [registered, goal, ...reports].map((each, revision) =>
      inTodaysVersion({
        ...each,
        id: `00000000-0000-4000-8000-${String(revision).padStart(12, '0')}`,
        stream: STREAM,
        revision,
        recordedAt: '2026-02-01T00:00:00.000Z',
        recordedBy: 'tester',
      }),
    );
    const automaker = automakerFrom('xpeng', foldEvents(STREAM, events as never));
    const found = automaker?.targets[0];
    if (!automaker || !found) throw new Error('the specification sets no target');
    const progress = progressOf(automaker, found, '2026-06-30', 'best-evidence-first');
    // The best evidence wins; among equal evidence, the report recorded last.
    expect(progress.value?.value).toBe(11_000);
    expect(progress.value?.conflicts).toHaveLength(999);
  });
});

import fc from 'fast-check';
import { headlineOn, lastingHeadlines, type HeadlineGoal } from '../../../src/domain/goals/headline.js';
import { isQuiet, silenceOf, voiceOf } from '../../../src/domain/goals/quiet.js';
import type { TargetRecord } from '../../../src/domain/state/records.js';

const day = fc
  .integer({ min: 2018, max: 2031 })
  .chain((year) => fc.constantFrom(`${year}-01-01`, `${year}-06-30`, `${year}-12-31`));
const goals = fc
  .array(
    fc.record(
      {
        status: fc.constantFrom('on-track' as const, 'missed' as const, 'withdrawn' as const),
        isWhole: fc.boolean(),
        isMooted: fc.boolean(),
        hasValue: fc.boolean(),
        saidOn: day,
        measure: fc.constantFrom('overseas-units' as const, 'total-units' as const),
        late: day,
      },
      { requiredKeys: ['status', 'isWhole', 'isMooted', 'hasValue', 'saidOn', 'measure'] },
    ),
    { maxLength: 12 },
  )
  .map((all) => all.map((goal, index): HeadlineGoal => ({ target: `target-${index}`, ...goal })));

describe('what an outline keeps of goals', () => {
  it('is enough to choose the same one as among all of them, on whichever day', () => {
    fc.assert(
      fc.property(goals, day, (all, on) => {
        expect(headlineOn(lastingHeadlines(all), on)).toEqual(headlineOn(all, on));
      }),
      { numRuns: 2000 },
    );
  });

  it('says on every day whether a goal is quiet, as its record does', () => {
    const record = fc.record({
      saidOn: fc.oneof(day, fc.integer({ min: 2018, max: 2031 }).map(String)),
      deadline: fc.option(fc.oneof(day, fc.constantFrom('2025/2027', '2024')), { nil: undefined }),
      months: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      withdrawn: fc.boolean(),
    });
    fc.assert(
      fc.property(record, day, ({ saidOn, deadline, months, withdrawn }, on) => {
        const target: TargetRecord = {
          target: 'abroad',
          withdrawn,
          versions: [
            {
              type: 'TargetSet',
              event: 'e1',
              occurredOn: saidOn,
              terms: {
                measure: 'overseas-units',
                threshold: 1,
                unit: 'units',
                wording: 'one',
                ...(deadline !== undefined && { deadline }),
                ...(months !== undefined && { restatedEveryMonths: months }),
              },
            },
          ],
        };
        const silence = silenceOf(target);
        expect(silence !== undefined && isQuiet(silence, on)).toBe(
          voiceOf(target, on)?.voice === 'quiet (inferred)',
        );
      }),
      { numRuns: 2000 },
    );
  });
});

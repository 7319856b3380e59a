import { problemsOfWarnings, warningsIn } from '../../src/domain/ledger/warnings.js';

const sound = { code: 'market-not-entered', message: 'm', events: ['00000000-0000-4000-8000-000000000001'] };

describe('warnings that a recorded event carries', () => {
  it('are taken as they are where they have their shape', () => {
    const warnings = [sound, { code: 'a', message: '' }];
    expect(problemsOfWarnings(warnings)).toEqual([]);
    expect(warningsIn(warnings)).toBe(warnings);
  });

  it.each([undefined, null, 'text', {}, 5])('are none where there is %j in their place', (value) => {
    expect(warningsIn(value)).toEqual([]);
  });

  it.each([
    null,
    5,
    'a',
    [],
    {},
    { code: 1, message: 'm' },
    { code: 'a' },
    { ...sound, events: 'b' },
    { ...sound, events: [{}] },
    { ...sound, more: 1 },
  ])('are left out where an older version restored %j among them, and not restored again', (odd) => {
    expect(warningsIn([sound, odd])).toEqual([sound]);
    expect(problemsOfWarnings([sound, odd]).map(({ field }) => field)).toEqual(['warnings[1]']);
  });
});

import { EXPANSION_READINGS } from '../../../src/domain/expansion/expansion-reading.js';
import { readingsExample } from '../../../src/domain/methods/reading-methods.js';
import { NAMING } from '../../../src/queries/names.js';

describe('the worked example of the six readings', () => {
  const { told, readings } = readingsExample(NAMING);
  const number = (name: string) =>
    readings.flatMap(({ numbers }) => numbers).find((each) => each.name === name);

  it('gives numbers for each of them', () => {
    expect(readings.map(({ reading, numbers }) => [reading, numbers.length > 0])).toEqual(
      EXPANSION_READINGS.map((reading) => [reading, true]),
    );
    expect(told).toHaveLength(12);
  });

  it('gives what its events add up to', () => {
    // A partner runs 30,000 of 100,000; two of three markets go through one partner.
    expect(number('partner-run-capacity')).toMatchObject({ lo: 30, hi: 30 });
    expect(number('hhi')?.lo).toBeCloseTo(
      10_000 * ((20_131 ** 2 + 12_071 ** 2 + 7_810 ** 2) / 40_012 ** 2),
      0,
    );
  });
});

import { fallingCounts } from '../../../src/domain/measures/falling-counts.js';
import { wireOf } from '../../../src/domain/measures/wires.js';
import { asked, automakerWith, goal, units } from '../goals/goal.js';

describe('a cumulative count', () => {
  const falling = [units(29_001, '2026-01-01/2026-09-30'), units(28_001, '2026-01-01/2026-10-31')];

  it('that falls is a finding: restated, or net of returns', () => {
    const found = fallingCounts(automakerWith(...falling).figures);
    expect(found.map(({ words }) => words)).toEqual([
      'Counted from 1 Jan 2026, vehicles sold abroad fell from at least 29,001 by 30 Sept 2026 to at most 28,001 by 31 Oct 2026: restated, or net of returns.',
    ]);
  });

  it('that falls within its rounding is none', () => {
    const rounded = [
      units(29_000, '2026-01-01/2026-09-30'),
      units(28_900, '2026-01-01/2026-10-31', { qualifier: 'about' }),
    ];
    expect(fallingCounts(automakerWith(...rounded).figures)).toEqual([]);
  });

  it('of another perimeter, or from another day on, is none', () => {
    const others = [
      units(29_001, '2026-01-01/2026-09-30'),
      units(28_001, '2026-01-01/2026-10-31', { basis: 'exports' }),
      units(1_001, '2026-10-01/2026-10-31'),
    ];
    expect(fallingCounts(automakerWith(...others).figures)).toEqual([]);
  });

  it('that falls is told with the goal that it bears on', () => {
    const { missing } = asked('2026-11-29', [goal(), ...falling]);
    expect(missing.join(' ')).toContain('restated, or net of returns');
  });
});

describe('whose report a publisher printed', () => {
  it.each([
    ['Stock Traders (SCMP copy)', 'scmp'],
    ['SCMP', 'scmp'],
    ['TimesLive / Reuters', 'reuters'],
    ['Business Recorder (Reuters)', 'reuters'],
    ['CNBC (copy)', 'cnbc'],
    ['Film Fanatics (CNBC copy)', 'cnbc'],
    ['Carscoops (feed copy)', 'carscoops'],
    ['CnEVPost', 'cnevpost'],
  ])('of %s it is that of %s', (publisher, wire) => {
    expect(wireOf(publisher)).toBe(wire);
  });
});

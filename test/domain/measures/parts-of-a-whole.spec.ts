import fc from 'fast-check';
import { withinWholes } from '../../../src/domain/measures/parts-of-a-whole.js';
import type { FigureRecord } from '../../../src/domain/state/records.js';
import { automakerWith, figure } from '../goals/goal.js';

const figuresOf = (...told: object[]): readonly FigureRecord[] =>
  automakerWith(
    // What is left out must not be there at all.
    ...told.map((data) => figure(JSON.parse(JSON.stringify({ period: '2025', ...data })) as object)),
  ).figures;
const total = (value: number, over: object = {}) => ({ measure: 'total-units', value, ...over });
const overseas = (value: number, over: object = {}) => ({ measure: 'overseas-units', value, ...over });
const market = (code: string, value: number, over: object = {}) => ({
  measure: 'market-units',
  market: code,
  value,
  ...over,
});

const within = (figures: readonly FigureRecord[]) => withinWholes(figures, '2025-01-01', '2025-12-31');

describe('parts of a whole', () => {
  it('bound the whole from below, and each other from above, and name the inequality', () => {
    const { counted } = within(
      figuresOf(
        overseas(0, { value: undefined, qualifier: 'between', from: 1_001, to: 60_001 }),
        market('NO', 20_001),
        market('AU', 30_001),
        total(55_003),
      ),
    );
    const abroad = counted.find(({ measure }) => measure === 'overseas-units');
    expect(abroad).toMatchObject({ lo: 50_002, hi: 55_003 });
    expect(abroad?.because.map(({ inequality }) => inequality)).toEqual([
      'overseas-units (basis not stated) ≥ market-units (basis not stated in AU) + market-units (basis not stated in NO)',
      'total-units (basis not stated) ≥ overseas-units (basis not stated)',
    ]);
    for (const { bound, from } of abroad?.because ?? [])
      expect(from.reduce((sum, { sign, units }) => sum + sign * units, 0)).toBe(bound);
  });

  it('count a member of the Union within the Union, once', () => {
    const { counted } = within(
      figuresOf(
        overseas(1, { value: 1, qualifier: 'more-than' }),
        market('EU', 30_001),
        market('DE', 10_001),
        market('NO', 5_001),
      ),
    );
    expect(counted.find(({ measure }) => measure === 'overseas-units')?.lo).toBe(35_002);
  });

  it('keep perimeters apart: a passenger year less eleven months of all vehicles gives no December (A5)', () => {
    const { counted } = within(
      figuresOf(total(400_001, { vehicles: 'passenger' }), total(350_001, { period: '2025-01/2025-11' })),
    );
    expect(counted.find(({ perimeter }) => perimeter.vehicles === 'passenger')).toMatchObject({
      lo: 400_001,
      hi: 400_001,
    });
    // All vehicles are at least the passenger cars among them, and nobody says how many more.
    const all = counted.find(({ perimeter }) => perimeter.vehicles === undefined);
    expect(all).toMatchObject({ lo: 400_001 });
    expect(all?.hi).toBeUndefined();
  });

  it('add up where they make the whole: battery-electric and plug-in hybrid are new-energy', () => {
    const { counted } = within(
      figuresOf(total(100_001, { vehicles: 'new-energy' }), total(60_001, { vehicles: 'battery-electric' }), {
        measure: 'total-units',
        value: 90_001,
        qualifier: 'less-than',
        vehicles: 'plug-in-hybrid',
      }),
    );
    expect(counted.find(({ perimeter }) => perimeter.vehicles === 'plug-in-hybrid')).toMatchObject({
      lo: 40_000,
      hi: 40_000,
    });
  });

  it('say which inequality the figures contradict, and leave their bounds alone', () => {
    const { counted, contradicted } = within(figuresOf(overseas(45_008), total(40_001)));
    expect(contradicted).toEqual(['total-units (basis not stated) ≥ overseas-units (basis not stated)']);
    expect(counted.map(({ lo, hi }) => [lo, hi])).toEqual(
      expect.arrayContaining([
        [45_008, 45_008],
        [40_001, 40_001],
      ]),
    );
  });

  it('are exactly as tight as trying every number: a third opinion', () => {
    const ends = fc
      .tuple(fc.nat(4), fc.nat(4))
      .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    fc.assert(
      fc.property(ends, ends, ends, ends, (t, o, a, b) => {
        const between = (data: object, { from, to }: { from: number; to: number }) => ({
          ...data,
          value: undefined,
          qualifier: 'between',
          from,
          to,
        });
        const figures = figuresOf(
          between(total(0), t),
          between(overseas(0), o),
          between(market('NO', 0), a),
          between(market('AU', 0), b),
        );
        const fitting: number[][] = [];
        for (let w = t.from; w <= t.to; w += 1)
          for (let x = o.from; x <= o.to; x += 1)
            for (let y = a.from; y <= a.to; y += 1)
              for (let z = b.from; z <= b.to; z += 1) if (y + z <= x && x <= w) fitting.push([w, x, y, z]);
        const { counted, contradicted } = within(figures);
        expect(contradicted.length > 0).toBe(fitting.length === 0);
        if (fitting.length === 0) return;
        const names = ['total-units', 'overseas-units', 'NO', 'AU'];
        for (const { measure, perimeter, lo, hi } of counted) {
          const values = fitting.map((each) => each[names.indexOf(perimeter.market ?? measure)] ?? NaN);
          expect([lo, hi]).toEqual([Math.min(...values), Math.max(...values)]);
        }
      }),
    );
  });
});

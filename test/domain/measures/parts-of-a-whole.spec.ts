import fc from 'fast-check';
import { withinWholes } from '../../../src/domain/measures/parts-of-a-whole.js';
import type { FigureRecord } from '../../../src/domain/state/records.js';
import { automakerWith, figure } from '../goals/goal.js';

const figuresOf = (...told: object[]): readonly FigureRecord[] =>
  automakerWith(
    // Removes undefined fields, which are not allowed.
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

const within = (figures: readonly FigureRecord[]) =>
  withinWholes({ figures, homeMarket: 'CN' }, '2025-01-01', '2025-12-31');

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
    // Total vehicles are at least the passenger cars among them; no report limits the difference.
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

  it.each([
    ['a region and a country within it', { EUROPE: 30_001, DE: 20_001 }, 30_001],
    ['a region and a country outside it', { EUROPE: 30_001, AU: 20_001 }, 50_002],
    ['regions within regions', { EUROPE: 30_001, EU: 25_001, DE: 10_001, GB: 4_001 }, 30_001],
    [
      'countries that are more than what is told of their region',
      { SEASIA: 1, TH: 9_001, MY: 4_001 },
      13_002,
    ],
    ['regions that overlap', { EUROPE: 30_001, CIS: 40_001, AU: 5_001 }, 45_002],
    ['the home market, which is not abroad', { CN: 90_001, AU: 5_001 }, 5_001],
    ['a region around the home market', { ASIA: 90_001, AU: 5_001 }, 5_001],
  ] as const)('count no car twice: %s', (_, markets, least) => {
    const { counted } = within(
      figuresOf(
        overseas(0, { qualifier: 'more-than' }),
        ...Object.entries(markets).map(([code, value]) =>
          market(code, value, code === 'SEASIA' ? { qualifier: 'more-than' } : {}),
        ),
      ),
    );
    expect(counted.find(({ measure }) => measure === 'overseas-units')?.lo).toBe(least);
  });

  it('leave what is not sold at home for overseas', () => {
    const { counted } = within(
      figuresOf(total(100_001), market('CN', 60_001), overseas(0, { qualifier: 'more-than' })),
    );
    const abroad = counted.find(({ measure }) => measure === 'overseas-units');
    expect(abroad).toMatchObject({ lo: 40_000, hi: 40_000 });
    expect(abroad?.because[1]?.inequality).toBe(
      'total-units (basis not stated) = overseas-units (basis not stated) + market-units (basis not stated in CN)',
    );
  });

  it('are exports and vehicles built abroad where a source says so', () => {
    const sum = { sumOf: 'exports-and-local-production' };
    const told = (over: object) => [
      overseas(1_017_000, over),
      overseas(0, { qualifier: 'more-than', basis: 'exports' }),
      { measure: 'local-production-units', value: 111_001 },
    ];
    const exported = (over: object) =>
      within(figuresOf(...told(over))).counted.find(({ perimeter }) => perimeter.basis === 'exports');
    expect(exported(sum)).toMatchObject({ lo: 905_499, hi: 906_499 });
    expect(exported(sum)?.because.map(({ inequality }) => inequality)).toEqual(
      Array(2).fill(
        'overseas-units (basis not stated) = overseas-units (exports) + local-production-units (basis not stated)',
      ),
    );
    expect(exported({})).toMatchObject({ lo: 1, because: [] });
  });

  it('are brands that are told together, apart from what is told of each', () => {
    const galaxy = 'brand-galaxy';
    const lynk = 'brand-lynkco';
    const both = `${galaxy}+${lynk}`;
    const of = (entity: string, told: Parameters<typeof figuresOf>) =>
      within(figuresOf(...told)).counted.find(({ perimeter }) => perimeter.entity === entity);
    const together = overseas(90_001, { entity: both });
    const some = overseas(0, { qualifier: 'more-than', entity: lynk });
    expect(of(lynk, [together, overseas(60_001, { entity: galaxy }), some])).toMatchObject({
      lo: 30_000,
      hi: 30_000,
      because: [
        {
          inequality:
            'overseas-units (basis not stated of brand-galaxy and brand-lynkco together) = overseas-units (basis not stated of brand-galaxy) + overseas-units (basis not stated of brand-lynkco)',
        },
        {},
      ],
    });
    // One of the two brands has at most as much as both, and both have at most as much as the group.
    expect(of(galaxy, [together, overseas(0, { qualifier: 'more-than', entity: galaxy })])).toMatchObject({
      lo: 1,
      hi: 90_001,
    });
    const group = within(figuresOf(together, overseas(10_001, { qualifier: 'more-than' }))).counted;
    expect(group.find(({ perimeter }) => perimeter.entity === undefined)?.lo).toBe(90_001);
    // The model may belong to the brand beside it.
    const withModel = 'brand-mg+model-mg4';
    const parts = ['brand-mg', 'model-mg4'].map((entity) => overseas(40_001, { entity }));
    expect(within(figuresOf(overseas(40_001, { entity: withModel }), ...parts)).contradicted).toEqual([]);
  });

  it('are a sum for the days that the source tells of, and no others', () => {
    const figures = figuresOf(
      overseas(100_001, { sumOf: 'exports-and-local-production', period: '2024' }),
      overseas(100_001),
      overseas(60_001, { basis: 'exports' }),
      { measure: 'local-production-units', value: 90_001 },
    );
    expect(within(figures).contradicted).toEqual([]);
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

  it('accuse no inequality that has no part in a contradiction', () => {
    const { counted, contradicted } = within(
      figuresOf(
        market('NO', 10_001),
        overseas(45_008),
        total(40_001),
        market('EU', 9_001),
        market('DE', 1_001),
      ),
    );
    expect(contradicted).toEqual(['total-units (basis not stated) ≥ overseas-units (basis not stated)']);
    expect(counted.find(({ perimeter }) => perimeter.market === 'NO')?.hi).toBe(10_001);
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

import fc from 'fast-check';
import { withinWholes, type WithinWhole } from '../../src/domain/measures/parts-of-a-whole.js';
import { automakerWith, figure } from '../domain/goals/goal.js';
import { greatest, least, type Row } from './linear-program.js';

/** Each car is sold in one place and is of one kind. Every count is a sum of such cells. */
const PLACES = [
  'CN',
  'DE',
  'FR',
  'the rest of the EU',
  'NO',
  'the rest of Europe',
  'AU',
  'elsewhere',
] as const;
const KINDS = ['battery-electric', 'plug-in-hybrid', 'with an engine'] as const;
type Place = (typeof PLACES)[number];

const EU: readonly Place[] = ['DE', 'FR', 'the rest of the EU'];
const EUROPE: readonly Place[] = [...EU, 'NO', 'the rest of Europe'];
const ABROAD = PLACES.filter((place) => place !== 'CN');

interface Thing {
  readonly measure: string;
  readonly market?: string;
  readonly places: readonly Place[];
}
const inMarket = (market: string, places: readonly Place[]): Thing => ({
  measure: 'market-units',
  market,
  places,
});
const THINGS: readonly Thing[] = [
  { measure: 'total-units', places: PLACES },
  { measure: 'overseas-units', places: ABROAD },
  inMarket('EUROPE', EUROPE),
  inMarket('EU', EU),
  ...(['CN', 'DE', 'FR', 'NO', 'AU'] as const).map((code) => inMarket(code, [code])),
];
const VEHICLES = {
  all: KINDS,
  'new-energy': ['battery-electric', 'plug-in-hybrid'],
  'battery-electric': ['battery-electric'],
  'plug-in-hybrid': ['plug-in-hybrid'],
} as const;

interface Told {
  readonly thing: Thing;
  readonly vehicles: keyof typeof VEHICLES;
  readonly from: number;
  readonly to: number;
}

const told = (vehicles: fc.Arbitrary<keyof typeof VEHICLES>): fc.Arbitrary<readonly Told[]> =>
  fc.uniqueArray(
    fc
      .record({
        thing: fc.constantFrom(...THINGS),
        vehicles,
        from: fc.nat(60),
        more: fc.oneof(fc.nat(20), fc.nat(200)),
      })
      .map(({ more, ...each }) => ({ ...each, to: each.from + more })),
    { minLength: 2, maxLength: 9, selector: ({ thing, vehicles: of }) => `${THINGS.indexOf(thing)} ${of}` },
  );

const cellsOf = ({ thing, vehicles }: Told): number[] =>
  PLACES.flatMap((place) =>
    KINDS.map((kind) =>
      thing.places.includes(place) && (VEHICLES[vehicles] as readonly string[]).includes(kind) ? 1 : 0,
    ),
  );

const rowsOf = (all: readonly Told[]): Row[] =>
  all.flatMap((each): Row[] => [
    { coefficients: cellsOf(each), relation: '>=', bound: each.from },
    { coefficients: cellsOf(each), relation: '<=', bound: each.to },
  ]);

function byTracker(all: readonly Told[]) {
  const { figures } = automakerWith(
    ...all.map(({ thing: { measure, market }, vehicles, from, to }) =>
      figure({
        measure,
        ...(market !== undefined && { market }),
        ...(vehicles !== 'all' && { vehicles }),
        qualifier: 'between',
        from,
        to,
        period: '2025',
      }),
    ),
  );
  return withinWholes({ figures, homeMarket: 'CN' }, '2025-01-01', '2025-12-31');
}

const isOf =
  ({ thing, vehicles }: Told) =>
  ({ measure, perimeter }: WithinWhole): boolean =>
    measure === thing.measure &&
    perimeter.market === thing.market &&
    (perimeter.vehicles ?? 'all') === vehicles;

describe('parts of a whole, by linear programs over what cars can have been sold where', () => {
  it('have the tightest bounds that there are, where only markets and regions are parts', () => {
    let consistent = 0;
    fc.assert(
      fc.property(told(fc.constant('all')), (all) => {
        const rows = rowsOf(all);
        const { counted, contradicted } = byTracker(all);
        const isPossible = greatest(cellsOf(all[0] as Told), rows) !== undefined;
        expect(contradicted.length === 0).toBe(isPossible);
        if (!isPossible) return;
        consistent += 1;
        for (const each of all) {
          const found = counted.find(isOf(each));
          expect([found?.lo, found?.hi]).toEqual([least(cellsOf(each), rows), greatest(cellsOf(each), rows)]);
        }
      }),
      { numRuns: 60 },
    );
    expect(consistent).toBeGreaterThan(10);
  });

  it('hold all that is possible where kinds of vehicles are parts too, and contradict only what is not', () => {
    let [consistent, tight, all] = [0, 0, 0];
    fc.assert(
      fc.property(told(fc.constantFrom(...(Object.keys(VEHICLES) as (keyof typeof VEHICLES)[]))), (each) => {
        const rows = rowsOf(each);
        const { counted, contradicted } = byTracker(each);
        const isPossible = greatest(cellsOf(each[0] as Told), rows) !== undefined;
        if (contradicted.length > 0) expect(isPossible).toBe(false);
        if (!isPossible) return;
        consistent += 1;
        for (const one of each) {
          const found = counted.find(isOf(one));
          const [lowest, highest] = [least(cellsOf(one), rows), greatest(cellsOf(one), rows)];
          expect(found?.lo).toBeLessThanOrEqual(lowest ?? NaN);
          expect(found?.hi).toBeGreaterThanOrEqual(highest ?? NaN);
          all += 1;
          if (found?.lo === lowest && found?.hi === highest) tight += 1;
        }
      }),
      { numRuns: 60 },
    );
    expect(consistent).toBeGreaterThan(10);
    // Bounds that need three inequalities at once are not always found.
    expect(tight / all).toBeGreaterThan(0.9);
  });
});

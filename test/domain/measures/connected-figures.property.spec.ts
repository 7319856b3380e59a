import fc from 'fast-check';
import { connectedFigures } from '../../../src/domain/measures/connected-figures.js';
import { scopeKey, type Perimeter } from '../../../src/domain/measures/measures.js';
import { provenWithinWholes } from '../../../src/domain/measures/parts-of-a-whole.js';
import type { FigureRecord } from '../../../src/domain/state/records.js';
import { automakerWith, figure } from '../goals/goal.js';

const ENTITIES = [undefined, 'brand-a', 'model-b', 'unit-c', 'unit-d', 'brand-a+brand-e', 'unit-c+unit-f'];
const [FIRST, LAST] = ['2025-01-01', '2025-12-31'];

const figures = fc
  .uniqueArray(
    fc.record({
      entity: fc.constantFrom(...ENTITIES),
      counted: fc.constantFrom(
        { measure: 'total-units' },
        { measure: 'overseas-units' },
        { measure: 'market-units', market: 'CN' },
        { measure: 'market-units', market: 'DE' },
      ),
      value: fc.integer({ min: 1, max: 999 }),
    }),
    { minLength: 1, maxLength: 8, selector: ({ entity, counted }) => `${entity} ${JSON.stringify(counted)}` },
  )
  .map((all) =>
    all.map(({ entity, counted, value }) =>
      figure({ ...counted, value, period: '2025', ...(entity !== undefined && { entity }) }),
    ),
  );

const bounds = (of: readonly FigureRecord[], perimeter: Perimeter) =>
  provenWithinWholes({ figures: of, homeMarket: 'CN' }, FIRST, LAST, undefined, [
    { measure: 'overseas-units', perimeter },
  ]).filter((each) => scopeKey(each.perimeter) === scopeKey(perimeter));

describe('the figures that may say something of an entity', () => {
  it('say the same of it as all figures do', () => {
    fc.assert(
      fc.property(figures, fc.constantFrom(...ENTITIES), (told, entity) => {
        const { figures: all } = automakerWith(...told);
        const perimeter = entity === undefined ? {} : { entity };
        expect(bounds(connectedFigures(all, entity), perimeter)).toEqual(bounds(all, perimeter));
      }),
    );
  });

  it('are those of the entity alone if nothing connects it with others', () => {
    const told = ['brand-a', 'unit-c', 'unit-d', 'unit-d+unit-f'].map((entity, index) =>
      figure({ measure: 'overseas-units', value: 10 + index, period: '2025', entity }),
    );
    const { figures: all } = automakerWith(
      ...told,
      figure({ measure: 'total-units', value: 9, period: '2025' }),
    );
    const of = (entity?: string) =>
      connectedFigures(all, entity)
        .map((each) => each.entity ?? 'all')
        .sort();
    expect(of('unit-c')).toEqual(['unit-c']);
    expect(of('unit-d')).toEqual(['all', 'brand-a', 'unit-d', 'unit-d+unit-f']);
    expect(of()).toEqual(of('brand-a'));
  });
});

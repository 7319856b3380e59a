import type { ReleaseFigure } from '../../../src/domain/release/release-figure.js';
import { readRelease, type ReadRelease } from '../../../src/domain/release/release-figures.js';
import { faultsOfSums, sumChecks } from '../../../src/domain/release/release-sums.js';
import { labelsOfNamesakes } from '../../../src/domain/release/known-names.js';
import { meaningOf } from '../../../src/domain/release/label-meaning.js';
import { barePercent, printedNumber } from '../../../src/domain/release/printed-number.js';
import { gridFrom } from '../../../src/formats/release-grid.js';
import { LAYOUTS, MORE_LAYOUTS } from './layouts.js';

const read = (text: string, month: string): ReadRelease =>
  readRelease(gridFrom(text), { month, measure: 'total-units' });

const keyOf = ({ entity, vehicles, measure, period }: ReleaseFigure): string =>
  `${entity ?? ''}|${vehicles ?? ''}|${measure} ${period}`;

/** Variants of a printed number, with its last place or one of its first digits off by one. */
function slipsOf(text: string): string[] {
  const digits = [...text.matchAll(/\d/g)].map(({ index }) => index);
  const [, bracket = text.length] = /^[^(]*()\(/d.exec(text)?.indices?.[1] ?? [];
  const own = digits.filter((index) => index < bracket);
  const changed = (at: number): string => {
    const digit = Number(text[at]);
    return `${text.slice(0, at)}${digit === 9 ? 8 : digit + 1}${text.slice(at + 1)}`;
  };
  return [own.at(-1), own[0]].flatMap((at) => (at === undefined ? [] : [changed(at)]));
}

describe('a pasted release', () => {
  it.each([...LAYOUTS, ...MORE_LAYOUTS])('is read: $name', ({ text, month, figures, some }) => {
    const release = read(text, month);
    expect(release.unread).toEqual([]);
    const found = new Map(release.figures.map((figure) => [keyOf(figure), figure.value]));
    expect(Object.fromEntries([...found].filter(([key]) => key in some))).toEqual(some);
    expect(release.figures).toHaveLength(figures);
  });

  it.each([...LAYOUTS, ...MORE_LAYOUTS])('adds up: $name', ({ text, month }) => {
    expect(faultsOfSums(read(text, month).figures)).toEqual([]);
  });

  it.each([...LAYOUTS, ...MORE_LAYOUTS])(
    'is checked by its sums in each cell that they cover: $name',
    (layout) => {
      const { month } = layout;
      const grid = gridFrom(layout.text);
      const { figures } = readRelease(grid, { month, measure: 'total-units' });
      const covered = sumChecks(figures).flatMap(({ kind, cells }) =>
        kind === 'growth' || kind === 'part-above-whole' ? [] : cells,
      );
      expect(covered.length).toBeGreaterThan(0);
      for (const { row, column, text } of covered)
        for (const wrong of slipsOf(text)) {
          const slipped = grid.map((cells, index) =>
            index === row - 1 ? cells.map((cell, at) => (at === column - 1 ? wrong : cell)) : cells,
          );
          const faults = faultsOfSums(readRelease(slipped, { month, measure: 'total-units' }).figures);
          expect(faults.flatMap(({ cells }) => cells)).toContainEqual({ row, column, text: wrong });
        }
    },
  );

  it.each(LAYOUTS)('with a slip in one cell does not: $name', ({ text, month, slip: [right, wrong] }) => {
    expect(text.split(right).length).toBeGreaterThan(1);
    const faults = faultsOfSums(read(text.replace(right, wrong), month).figures);
    expect(faults.length).toBeGreaterThan(0);
    const named = faults.flatMap(({ cells }) => cells.map((cell) => cell.text));
    expect(named).toContain(wrong.replaceAll('"', ''));
  });

  it('keeps the growth that stands beside a figure, with its rounding', () => {
    const { figures } = read(LAYOUTS[0]?.text ?? '', '2026-03');
    expect(figures.find((figure) => keyOf(figure) === 'geo||total-units 2026-03')?.growth).toMatchObject({
      percent: 12,
      on: '2025-03',
      plusMinus: 0.05,
    });
    expect(figures.find((figure) => keyOf(figure) === '||total-units 2026-01/2026-03')?.growth).toMatchObject(
      { percent: 11.9, on: '2025-01/2025-03' },
    );
  });

  it('is held against what was recorded: the year to date, and the year before', () => {
    const { figures } = read('Brand\tMarch\tYoY\tYTD\nTotal\t40,000\t+25.0%\t110,000', '2026-03');
    const recorded: Readonly<Record<string, number>> = { '2026-01/2026-02': 69_000, '2025-03': 30_000 };
    const faults = faultsOfSums(figures, ({ period }) => recorded[period]);
    expect(faults.map(({ kind, told, expected }) => [kind, told, expected])).toEqual([
      ['growth', 25, 33.33],
      ['year-to-date', 110_000, 109_000],
    ]);
  });

  it('is read as an analyst said before where rules know no better', () => {
    const text = 'Marke\tMärz\nEins\t100\nRest\t50\nSumme\t150';
    const known = {
      märz: { period: '2026-03' },
      summe: { isTotal: true as const },
      rest: { isIgnored: true as const },
    };
    const { figures } = readRelease(gridFrom(text), { month: '2026-03', measure: 'total-units' }, known);
    expect(figures.map((figure) => [figure.entity, figure.value])).toEqual([
      ['eins', 100],
      [undefined, 150],
    ]);
  });

  it('counts the same where an analyst said "all vehicles" of a label and where nobody said which', () => {
    const text = 'Vehicles\tMarch\nTotal\t151\nNEV\t50\nPetrol\t100';
    const known = { total: { isTotal: true as const, vehicles: 'all' as const } };
    const { figures } = readRelease(gridFrom(text), { month: '2026-03', measure: 'total-units' }, known);
    expect(faultsOfSums(figures)).toEqual([
      expect.objectContaining({ kind: 'powertrains', told: 151, expected: 150 }),
    ]);
  });

  it('says which cells it could not read', () => {
    const { unread } = read('Brand\tMarch\nOne\t100\nTwo\tabout ten', '2026-03');
    expect(unread).toEqual([{ row: 3, column: 2, text: 'about ten' }]);
  });

  it.each([
    ['67,052', 67_052],
    ['67.052', 67_052],
    ['1 234 567', 1_234_567],
    ['67052', 67_052],
    ['5,000*', 5000],
  ])('reads %s as %i', (text, value) => {
    expect(printedNumber(text)).toEqual({ kind: 'amount', value });
  });

  it.each([
    ['+12.0%', 12, 0.05],
    ['(5.2%)', -5.2, 0.05],
    ['−3%', -3, 0.5],
    ['▼ 4,5 %', -4.5, 0.05],
  ])('reads %s as %d percent', (text, value, halfWidth) => {
    expect(printedNumber(text)).toEqual({ kind: 'percent', value, halfWidth });
  });

  it.each(['4.5', '4.5*', '4.5[1]', '4.5²', '4.5 †'])('reads a growth of %s without its sign', (text) => {
    expect(barePercent(text, true)).toEqual({ kind: 'percent', value: 4.5, halfWidth: 0.05 });
  });

  it.each(['', '1.5', 'about', '12,34', '1e5'])('reads "%s" as no number', (text) => {
    expect(printedNumber(text)).toBeUndefined();
  });

  it.each([
    ['1.25万', 12_500, 50],
    ['151.2k', 151_200, 50],
    ['1.2万辆', 12_000, 500],
  ])('reads %s as %i, with its rounding', (text, value, halfWidth) => {
    expect(printedNumber(text)).toEqual({ kind: 'amount', value, halfWidth });
  });

  it('tells apart what does not add up and what may be rounding', () => {
    const text = 'In thousands\nBrand\tMarch\nA\t1.2\nB\t2.2\nTotal\t3.5';
    expect(faultsOfSums(read(text, '2026-03').figures)).toEqual([
      expect.objectContaining({ kind: 'brands', told: 3500, expected: 3400, isRounding: true }),
    ]);
    expect(faultsOfSums(read(text.replace('3.5', '3.8'), '2026-03').figures)[0]).not.toHaveProperty(
      'isRounding',
    );
  });

  it('does not take two figures for one where they count the same', () => {
    const faults = faultsOfSums(read('Brand\tMarch\tMarch\nA\t100\t120', '2026-03').figures);
    expect(faults).toEqual([expect.objectContaining({ kind: 'twice', told: 100, expected: 120 })]);
  });

  it.each([
    ['Maybach', 'maybach'],
    ['Marvel R', 'marvel-r'],
    ['Audi Q5', 'audi-q5'],
    ['Haval H6', 'haval-h6'],
    ['Changan', 'changan'],
    ['Juneyao', 'juneyao'],
    ['Exeed', 'exeed'],
    ['Evolute', 'evolute'],
  ])('takes %s for a brand', (label, entity) => {
    expect(meaningOf(label, '2026-03')).toEqual({ entity });
  });

  it.each([
    ['March', '2026-03'],
    ["Mar '25", '2025-03'],
    ['Mar-25', '2025-03'],
    ['Sept. 2025', '2025-09'],
    ['03/2025', '2025-03'],
    ['2025.3', '2025-03'],
    ['2025年3月', '2025-03'],
    ['3月份', '2026-03'],
    ['2026年1-3月', '2026-01/2026-03'],
    ['2026.01-03', '2026-01/2026-03'],
    ['Jan.–Mar. 2025', '2025-01/2025-03'],
    ['January to March', '2026-01/2026-03'],
    ['YTD', '2026-01/2026-03'],
    ['YTD 2025', '2025-01/2025-03'],
    ['Cumulative, last year', '2025-01/2025-03'],
    ['Q1', '2026-01/2026-03'],
    ["4Q '25", '2025-10/2025-12'],
    ['H1 2025', '2025-01/2025-06'],
    ['FY2025', '2025-01/2025-12'],
    ['This month', '2026-03'],
    ['Same month last year', '2025-03'],
    ['Year-ago month', '2025-03'],
    ['上年同期', '2025-03'],
    ['本年累计', '2026-01/2026-03'],
    ['March 2026 vs March 2025', '2026-03'],
  ])('takes %s for %s in a release about March 2026', (label, period) => {
    expect(meaningOf(label, '2026-03').period).toBe(period);
  });

  it.each([
    ['YoY', {}],
    ['% chg.', {}],
    ['+/-', {}],
    ['Change on last year', {}],
    ['同比增长', {}],
    ['较上年同期增减', {}],
  ])('takes %s for a growth', (label, more) => {
    expect(meaningOf(label, '2026-03')).toEqual({ isGrowth: true, ...more });
  });

  it('reads bounded tables in bounded time, whatever is in them', () => {
    const hostile = `${'<tr><td colspan="999" rowspan="999">'.repeat(2000)}${'1,'.repeat(50_000)}`;
    const begun = performance.now();
    read(hostile, '2026-03');
    read(`${' '.repeat(100_000)}x`, '2026-03');
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('a brand that is called like a country', () => {
  const figuresOf = (text: string) =>
    readRelease(gridFrom(text), { month: '2026-03', measure: 'total-units' }).figures.map(
      ({ entity, market, measure, value }) => [entity, market, measure, value],
    );

  it.each(['Brand', 'Model', '品牌'])('is one below a head that says %s', (head) => {
    expect(figuresOf(`${head}\tMarch 2026\nGeely\t900\nJordan\t100\nTotal\t1,000`)).toEqual([
      ['geely', undefined, 'total-units', 900],
      ['jordan', undefined, 'total-units', 100],
      [undefined, undefined, 'total-units', 1000],
    ]);
  });

  it('is a market where nothing says that it is a brand', () => {
    expect(figuresOf('Market\tMarch 2026\nJordan\t100')).toEqual([[undefined, 'JO', 'market-units', 100]]);
  });

  it('is a brand where figures of the automaker name it', () => {
    expect(labelsOfNamesakes(new Set(['brand-jordan', 'brand-mg']))).toEqual({
      jordan: { entity: 'brand-jordan' },
    });
  });
});

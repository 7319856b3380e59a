import {
  readRelease,
  type ReadRelease,
  type ReleaseFigure,
} from '../../../src/domain/release/release-figures.js';
import { faultsOfSums } from '../../../src/domain/release/release-sums.js';
import { printedNumber } from '../../../src/domain/release/printed-number.js';
import { gridFrom } from '../../../src/formats/release-grid.js';
import { LAYOUTS } from './layouts.js';

const read = (text: string, month: string): ReadRelease =>
  readRelease(gridFrom(text), { month, measure: 'total-units' });

const keyOf = ({ entity, vehicles, measure, period }: ReleaseFigure): string =>
  `${entity ?? ''}|${vehicles ?? ''}|${measure} ${period}`;

describe('a pasted release', () => {
  it.each(LAYOUTS)('is read: $name', ({ text, month, figures, some }) => {
    const release = read(text, month);
    expect(release.unread).toEqual([]);
    const found = new Map(release.figures.map((figure) => [keyOf(figure), figure.value]));
    expect(Object.fromEntries([...found].filter(([key]) => key in some))).toEqual(some);
    expect([...found.keys()]).toHaveLength(figures);
  });

  it.each(LAYOUTS)('adds up: $name', ({ text, month }) => {
    expect(faultsOfSums(read(text, month).figures)).toEqual([]);
  });

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
    ['1.25万', 12_500],
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

  it.each(['', '1.5', 'about', '12,34', '1e5'])('reads "%s" as no number', (text) => {
    expect(printedNumber(text)).toBeUndefined();
  });

  it('reads bounded tables in bounded time, whatever is in them', () => {
    const hostile = `${'<tr><td colspan="999" rowspan="999">'.repeat(2000)}${'1,'.repeat(50_000)}`;
    const begun = performance.now();
    read(hostile, '2026-03');
    read(`${' '.repeat(100_000)}x`, '2026-03');
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

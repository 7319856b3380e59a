import fc from 'fast-check';
import { readRelease } from '../../../src/domain/release/release-figures.js';
import { faultsOfSums } from '../../../src/domain/release/release-sums.js';
import { gridFrom } from '../../../src/formats/release-grid.js';
import { RUNS } from '../random-history.js';

const BRANDS = ['Geo', 'Lynk & Co', 'Zeek', 'MG', 'Wey'] as const;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June'] as const;
const GROUPS = [',', '.', ' ', "'", ''] as const;

/** How a table is laid out and printed. */
interface Style {
  readonly months: number;
  readonly brands: number;
  readonly isTransposed: boolean;
  readonly hasExports: boolean;
  readonly hasTitle: boolean;
  readonly group: (typeof GROUPS)[number];
  readonly form: 'tabs' | 'semicolons' | 'html' | 'markdown' | 'columns';
}

const styles = fc.record<Style>({
  months: fc.integer({ min: 2, max: 6 }),
  brands: fc.integer({ min: 2, max: 5 }),
  isTransposed: fc.boolean(),
  hasExports: fc.boolean(),
  hasTitle: fc.boolean(),
  group: fc.constantFrom(...GROUPS),
  form: fc.constantFrom('tabs', 'semicolons', 'html', 'markdown', 'columns'),
});

const printed = (value: number, group: string): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, group);

/** A table of months and their sum, by brand and in total. Exports are in separate sections. */
function tableOf(
  { months, brands, isTransposed, hasExports }: Style,
  numbers: readonly number[],
): (string | number)[][] {
  const section = (scale: number): (string | number)[][] => {
    let next = 0;
    const rows = BRANDS.slice(0, brands).map((brand): (string | number)[] => {
      const amounts = Array.from({ length: months }, () => {
        next += 1;
        return Math.floor((numbers[next % numbers.length] ?? 0) / scale) + 1;
      });
      return [brand, ...amounts, amounts.reduce((sum, amount) => sum + amount, 0)];
    });
    const total = Array.from({ length: months + 1 }, (_, column) =>
      rows.reduce((sum, row) => sum + Number(row[column + 1]), 0),
    );
    return [...rows, ['Total', ...total]];
  };
  const head = ['Brand', ...MONTHS.slice(0, months), 'YTD'];
  const all = [head, ...section(1)];
  if (isTransposed) return head.map((_, column) => all.map((row) => row[column] ?? ''));
  return hasExports ? [...all, ['Exports', ...head.slice(1).map(() => '')], ...section(10)] : all;
}

function textOf(table: readonly (readonly (string | number)[])[], { form, group, hasTitle }: Style): string {
  const rows = table.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? printed(cell, group) : cell)),
  );
  const title = hasTitle && form !== 'columns' && form !== 'markdown' ? ['Sales by brand'] : [];
  switch (form) {
    case 'tabs':
      return [...title, ...rows.map((row) => row.join('\t'))].join('\n');
    case 'semicolons':
      return [...title, ...rows.map((row) => row.map((cell) => `"${cell}"`).join(';'))].join('\n');
    case 'html':
      return `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell.replace('&', '&amp;')}</td>`).join('')}</tr>`).join('')}</table>`;
    case 'markdown':
      return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
    case 'columns':
      return rows.map((row) => row.filter((cell) => cell !== '').join('   ')).join('\n');
  }
}

describe('any table whose rows and columns add up', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 20, maxLength: 40 });

  it('is read as it stands, and one slip in any of its cells is found', () => {
    fc.assert(
      fc.property(
        styles,
        numbers,
        fc.nat(),
        fc.integer({ min: 1, max: 9_999 }),
        fc.boolean(),
        (style, amounts, at, by, isUp) => {
          const month = `2026-0${style.months}`;
          const read = (table: readonly (readonly (string | number)[])[]) =>
            readRelease(gridFrom(textOf(table, style)), { month, measure: 'total-units' });
          const table = tableOf(style, amounts);
          const cells = table.flatMap((row, down) =>
            row.flatMap((cell, across) => (typeof cell === 'number' ? [[down, across, cell] as const] : [])),
          );
          const { figures, unread } = read(table);
          expect(unread).toEqual([]);
          expect(figures.map(({ value }) => value).sort()).toEqual(cells.map(([, , value]) => value).sort());
          expect(faultsOfSums(figures)).toEqual([]);
          const [down, across, right] = cells[at % cells.length] ?? [0, 0, 0];
          const wrong = isUp || right < by ? right + by : right - by;
          const slipped = table.map((row, index) =>
            index === down ? row.map((cell, place) => (place === across ? wrong : cell)) : row,
          );
          const faults = faultsOfSums(read(slipped).figures);
          expect(faults.flatMap((fault) => fault.cells.map(({ text }) => text))).toContain(
            printed(wrong, style.group),
          );
        },
      ),
      { numRuns: 2 * RUNS },
    );
  });
});

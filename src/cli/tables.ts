import Table from 'cli-table3';

export type Cell = string | number | undefined;

/** Numbers with thousands separators and at most two decimals. */
export function number(value: number | undefined): string {
  return value === undefined ? '' : value.toLocaleString('en-GB', { maximumFractionDigits: 2 });
}

const WIDEST = 44;

/** A table for people: numbers to the right, long texts cut, no colour. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return '(none)\n';
  const isNumeric = head.map((_, column) => rows.every((row) => typeof row[column] !== 'string'));
  const made = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: isNumeric.map((numeric) => (numeric ? 'right' : 'left')),
    wordWrap: false,
  });
  for (const row of rows)
    made.push(row.map((cell) => (typeof cell === 'number' ? number(cell) : cut(cell ?? ''))));
  return `${made.toString()}\n`;
}

function cut(text: string): string {
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}

/** Two columns of names and values. */
export function facts(rows: readonly (readonly [string, Cell])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name.padEnd(width)}  ${typeof value === 'number' ? number(value) : value}\n`)
    .join('');
}

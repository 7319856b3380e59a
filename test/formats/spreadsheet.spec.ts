import { parse } from 'csv-parse/sync';
import type { RecordedEvent } from '../../src/domain/ledger/event.js';
import { csvHeader, toCsvLine } from '../../src/formats/csv.js';
import { defused, spreadsheetHeader, toSpreadsheetLine } from '../../src/formats/spreadsheet.js';

const NAMES = [
  '=1+1',
  '+1',
  '-1+1',
  '@SUM(1)',
  "=cmd|'/c calc'!A1",
  ' =1',
  '\u00a0=1',
  '\u200b=1',
  '\t=1',
  '\r=1',
  '\n=1',
  '\u0000=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
];

/** Starts of cells that a spreadsheet treats as a formula. */
const RUNS = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]/u;

describe('a cell of a table for people', () => {
  it.each(NAMES)('that begins as the formula %j is text', (text) => {
    expect(defused(text)).toMatch(/^'/);
    expect(defused(text).replaceAll("'", '')).toBe(text.replaceAll("'", ''));
  });

  it.each(NAMES)('is text in any country too, where the formula %j comes after a separator', (text) => {
    for (const separator of [';', '\t', '\n', '\r\n', ';"', ';""']) {
      const told = defused(`before${separator}${text}`);
      for (const cell of told.split(/[;\t\r\n]"*/).slice(1))
        expect([told, RUNS.test(cell)]).toEqual([told, false]);
    }
  });

  it.each([
    'XPeng',
    '2025-09',
    'a-b',
    'a=b',
    '1,000',
    '5 %',
    "Xiaopeng's",
    '',
    '小鹏',
    'https://example.com/?a=-1',
  ])('that is %j stays as it is', (text) => {
    expect(defused(text)).toBe(text);
  });
});

/** The only row of a table, by column name. */
function rowOf(table: string): ReadonlyMap<string, string> {
  const rows: readonly Record<string, string>[] = parse(table, { bom: true, columns: true });
  return new Map(Object.entries(rows[0] ?? {}));
}

describe('an event with formulas for texts', () => {
  const event: RecordedEvent = {
    position: 1,
    stream: 'automaker-x',
    revision: 0,
    id: '00000000-0000-4000-8000-000000000000',
    type: 'FigureReported',
    occurredOn: '2025',
    data: { measure: 'overseas-units', value: -5 },
    evidence: [
      {
        url: 'https://example.com',
        publisher: '=HYPERLINK("http://evil.example";"x")',
        grade: 'reported',
        quote: 'a;=1+1',
      },
      { url: 'https://example.com', publisher: '@SUM(1)', grade: 'reported' },
    ],
    note: '+1',
    recordedAt: '2026-01-01T00:00:00.000Z',
    recordedBy: '-ann',
  } as unknown as RecordedEvent;

  it('has none in the table for people, and numbers stay numbers', () => {
    const row = rowOf(spreadsheetHeader() + toSpreadsheetLine(event));
    expect(row.get('data.value')).toBe('-5');
    expect(row.get('note')).toBe("'+1");
    expect(row.get('recordedBy')).toBe("'-ann");
    expect(row.get('evidence.quote')).toBe("a;'=1+1");
    for (const [name, cell] of row)
      if (name !== 'data.value') expect([name, RUNS.test(cell)]).toEqual([name, false]);
  });

  it('stands in the exact table as it was recorded', () => {
    const row = rowOf(csvHeader() + toCsvLine(event));
    expect(row.get('note')).toBe('+1');
    expect(row.get('evidence.quote')).toBe('a;=1+1');
  });
});

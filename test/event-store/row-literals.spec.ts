import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openDatabase, openInBackground, type SqliteValue } from '../../src/event-store/sqlite/driver.js';
import { GIVEN_ROWS, inParts, literals, statementFor } from '../../src/event-store/sqlite/row-literals.js';
import { hostileText } from '../fuzz/hostile-values.js';

describe('rows as literals of a statement', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'row-literals-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The rows that the database has after it was given some. */
  async function written(rows: readonly (readonly SqliteValue[])[]): Promise<unknown[]> {
    const file = join(folder, 'rows.sqlite');
    const writing = await openInBackground(file);
    await writing.exec('DROP TABLE IF EXISTS given; CREATE TABLE given (place INTEGER, value, hex)');
    const numbered = rows.map((row, place) => [place, ...row]);
    await writing.exec(statementFor(`INSERT INTO given (place, value) ${GIVEN_ROWS}`, literals(numbered)));
    // A text of SQLite ends at a NUL for who reads it as a text, so its bytes are compared.
    await writing.exec(`UPDATE given SET hex = hex(value)`);
    await writing.close();
    const reading = openDatabase(file, { readOnly: true });
    const found = reading.prepare('SELECT typeof(value) AS type, hex FROM given ORDER BY place').all();
    reading.close();
    return found;
  }

  const hexOf = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();
  const textRow = (text: string) => ({ type: 'text', hex: hexOf(text) });

  it('any text comes back as its bytes, whatever marks of SQL it holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            hostileText,
            fc.string({ unit: 'grapheme' }),
            fc.constantFrom("'", "''", "');--", ':rows'),
          ),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        async (texts) => {
          const well = texts.map((text) => Buffer.from(text).toString());
          expect(await written(well.map((text) => [text]))).toEqual(well.map(textRow));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('numbers and nothing come back as they are', async () => {
    expect(await written([[null], [0], [-1], [Number.MAX_SAFE_INTEGER], [0.5], [1e300]])).toMatchObject([
      { type: 'null', hex: '' },
      { type: 'integer', hex: hexOf('0') },
      { type: 'integer', hex: hexOf('-1') },
      { type: 'integer', hex: hexOf(String(Number.MAX_SAFE_INTEGER)) },
      { type: 'real' },
      { type: 'real' },
    ]);
  });

  it('a number that SQLite does not have is refused', () => {
    expect(() => literals([[NaN]])).toThrow(RangeError);
    expect(() => literals([[Infinity]])).toThrow(RangeError);
  });

  it('rows are parted by their length, and a row that is longer stands alone', () => {
    const rows = ['aa', 'bb', 'cccccc', 'd'].map((text) => [1, text] as const);
    expect([...inParts(rows, 4)].map((part) => part.map(([, text]) => text))).toEqual([
      ['aa', 'bb'],
      ['cccccc'],
      ['d'],
    ]);
  });
});

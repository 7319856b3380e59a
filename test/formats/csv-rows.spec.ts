import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { csvRows, type CsvRow } from '../../src/formats/csv-rows.js';

async function rowsOf(text: string | Uint8Array, pieceSize = 1 << 20): Promise<CsvRow[]> {
  const bytes = Buffer.from(text);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
  }
  const rows: CsvRow[] = [];
  for await (const row of csvRows(pieces())) rows.push(row);
  return rows;
}

/** For each row, its first line and its cells, or a question mark if it cannot be read. */
const outline = (rows: readonly CsvRow[]) => rows.map(({ line, cells }) => [line, cells ?? '?']);

describe('the rows of a table', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', 'é', '\ufffd', '漢') });
  const table = fc.array(
    fc.array(cell, { minLength: 2, maxLength: 4 }).map((cells) => ['x', ...cells]),
    { minLength: 1, maxLength: 8 },
  );

  it('are those that were written, in whichever pieces the bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 9 }),
        async (cells, end, size) => {
          const text = stringify(cells, { record_delimiter: end, quoted: true });
          const rows = await rowsOf(text, size);
          expect(rows.map((row) => row.cells)).toEqual(cells);
          expect(Buffer.concat(rows.flatMap((row) => [row.bytes, Buffer.from(row.end)]))).toEqual(
            Buffer.from(text),
          );
        },
      ),
    );
  });

  it('are those that csv-parse finds, where it finds no fault', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '""', '\n', ',"', '",', '"\n') });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (written, size) => {
        let expected: string[][];
        try {
          expected = parse(written, { relax_column_count: true, record_delimiter: '\n' });
        } catch {
          return;
        }
        const rows = await rowsOf(written, size);
        // The other parser drops a last row with one empty cell.
        const isFilled = (row: readonly string[] = []) => row.length > 1 || row[0] !== '';
        expect(rows.map((row) => row.cells).filter(isFilled)).toEqual(expected.filter(isFilled));
      }),
      { numRuns: 2000 },
    );
  });

  it('are all there, byte for byte, whatever the bytes are', async () => {
    const bytes = fc.array(fc.constantFrom(34, 44, 10, 13, 97, 0xe9, 0), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 7 }), async (content, size) => {
        const rows = await rowsOf(Uint8Array.from(content), size);
        const given = Buffer.concat(rows.flatMap((row) => [row.bytes, Buffer.from(row.end)]));
        const isBlank = (byte: number) => byte === 10 || byte === 13;
        expect([...given].filter((byte) => !isBlank(byte))).toEqual(content.filter((byte) => !isBlank(byte)));
        expect(await rowsOf(Uint8Array.from(content), 1000)).toEqual(rows);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [
      'a quote inside a cell',
      'h,i\na,b\nc,a 14" wheel\nd,e\n',
      [
        [1, ['h', 'i']],
        [2, ['a', 'b']],
        [3, '?'],
        [4, ['d', 'e']],
      ],
    ],
    [
      'text behind a closing quote',
      'a,b\n"c"d,e\nf,g\n',
      [
        [1, ['a', 'b']],
        [2, '?'],
        [3, ['f', 'g']],
      ],
    ],
    [
      'a quote that is never closed',
      'a,b\nc,"d\ne,f\ng,h\n',
      [
        [1, ['a', 'b']],
        [2, '?'],
        [3, ['e', 'f']],
        [4, ['g', 'h']],
      ],
    ],
    [
      'a quote that a later line ends wrongly',
      'a,b\nc,"d\ne,f"x\ng,h\n',
      [
        [1, ['a', 'b']],
        [2, '?'],
        [3, '?'],
        [4, ['g', 'h']],
      ],
    ],
    [
      'a quote that opens in the last line',
      'a,b\nc,"',
      [
        [1, ['a', 'b']],
        [2, '?'],
      ],
    ],
    [
      'a stray quote in the header',
      'a,b"\nc,d\n',
      [
        [1, '?'],
        [2, ['c', 'd']],
      ],
    ],
    [
      'a line of another encoding',
      Buffer.from('a,b\nCaf\xe9,c\nd,e\n', 'latin1'),
      [
        [1, ['a', 'b']],
        [2, '?'],
        [3, ['d', 'e']],
      ],
    ],
  ] as const)('lose no others to %s', async (_, text, expected) => {
    const rows = await rowsOf(text);
    expect(outline(rows)).toEqual(expected);
  });

  it.each([
    [
      'LF under CRLF',
      'a,b\r\nc,\nd,e\n',
      [
        [1, ['a', 'b']],
        [2, ['c', '']],
        [3, ['d', 'e']],
      ],
    ],
    [
      'CRLF under LF',
      'a,b\nc,\r\nd,e\r\n',
      [
        [1, ['a', 'b']],
        [2, ['c', '']],
        [3, ['d', 'e']],
      ],
    ],
    [
      'CR alone',
      'a,b\rc,\rd,e\r',
      [
        [1, ['a', 'b']],
        [2, ['c', '']],
        [3, ['d', 'e']],
      ],
    ],
    [
      'none at the end',
      'a,b\r\nc,d',
      [
        [1, ['a', 'b']],
        [2, ['c', 'd']],
      ],
    ],
    [
      'empty lines between',
      '\n\na,b\n\r\n  \nc,d\n\n',
      [
        [3, ['a', 'b']],
        [6, ['c', 'd']],
      ],
    ],
    [
      'a lone CR in a cell of lines with LF',
      'a,b\nc\rd,e\n',
      [
        [1, ['a', 'b']],
        [2, ['c\rd', 'e']],
      ],
    ],
    [
      'ends of both kinds within a quoted cell',
      'a,b\r\n"c\r\nd\ne",f\r\ng,h\r\n',
      [
        [1, ['a', 'b']],
        [2, ['c\r\nd\ne', 'f']],
        [5, ['g', 'h']],
      ],
    ],
  ] as const)('end where lines end: %s', async (_, text, expected) => {
    for (const size of [1, 2, 3, 1000]) expect(outline(await rowsOf(text, size))).toEqual(expected);
  });

  it('hold a cell that never ends only up to a limit, and go on after it', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,b\nc,"');
      for (let count = 0; count < 400; count++) yield Buffer.alloc(64 * 1024, 120);
      yield Buffer.from('\nd,e\n');
    }
    const rows: CsvRow[] = [];
    for await (const row of csvRows(endless())) rows.push(row);
    expect(outline(rows)).toEqual([
      [1, ['a', 'b']],
      [2, '?'],
      [3, ['d', 'e']],
    ]);
    expect(rows[1]?.fault).toContain('longer than');
  });

  it('hold a cell of many lines only up to a limit, and read those lines by themselves', async () => {
    const rows = await rowsOf(`a,b\nc,"\n${'d,e\n'.repeat(20_000)}`);
    expect(rows).toHaveLength(20_002);
    expect(rows.filter(({ fault }) => fault !== undefined).map(({ line }) => line)).toEqual([2]);
  });
});

import { isUtf8 } from 'node:buffer';
import { linesOf, LONGEST_LINE, type FileLine, type LineEnd } from './lines.js';

/** A row of a table, byte for byte, with its cells or what is wrong with it. */
export type CsvRow = RowText &
  (
    | { readonly cells: readonly string[]; readonly fault?: undefined }
    | { readonly cells?: undefined; readonly fault: string }
  );

interface RowText {
  /** Line of the file that it begins on, from 1. */
  readonly line: number;
  /** Without its end. */
  readonly bytes: Buffer;
  readonly end: LineEnd;
  readonly text: string;
}

/** A quoted cell may go over so many lines. */
const MOST_LINES = 10_000;

/** What stands between the cells of a table: RFC 4180 has the comma, spreadsheets of half of the world the semicolon. */
export type Separator = ',' | ';' | '\t';

/**
 * The rows of a table (RFC 4180), without the empty ones. `separatorIn` tells from the first of its lines what separates
 * the cells. A row that cannot be read costs no other: where a quote is
 * not closed as it should be, its first line is the faulty one, and the lines after it are read again, each by itself.
 * Reads each line at most twice, and holds one row in memory.
 */
export async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  separatorIn: (line: string) => Separator = () => ',',
): AsyncGenerator<CsvRow> {
  const reader = new RowReader(separatorIn);
  for await (const line of linesOf(bytes)) yield* reader.take(line);
  yield* reader.end();
}

class RowReader {
  private row = new OpenRow(',');
  private separator: Separator | undefined;

  constructor(private readonly separatorIn: (line: string) => Separator) {}

  *take(line: FileLine): Generator<CsvRow> {
    const waiting = [line];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (this.row.isEmpty && next.fault === undefined && isBlank(next.bytes)) continue;
      this.separator ??= this.separatorIn(textOf(next));
      if (this.row.isEmpty) this.row = new OpenRow(this.separator);
      const outcome = this.row.add(next);
      if (outcome === 'open') continue;
      if (outcome === 'whole') yield this.row.whole();
      else {
        const later = this.row.linesAfterFirst();
        yield this.row.faulty(outcome.fault);
        for (const each of later.reverse()) waiting.push(each);
      }
      this.row = new OpenRow(this.separator);
    }
  }

  /** What is still open when the file ends. */
  *end(): Generator<CsvRow> {
    while (!this.row.isEmpty) {
      const later = this.row.linesAfterFirst();
      yield this.row.faulty(this.row.neverClosed());
      this.row = new OpenRow(this.separator ?? ',');
      for (const line of later) yield* this.take(line);
    }
  }
}

/** The lines of a row that has begun, and the cells read so far. */
class OpenRow {
  private readonly lines: FileLine[] = [];
  private readonly cells: string[] = [];
  /** The quoted cell that is still open: its parts, and so far their bytes and those of the cells before it. */
  private quoted: string[] | undefined;
  private length = 0;

  constructor(private readonly separator: Separator) {}

  get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  /** Reads on with the next line: whether the row is whole with it, still open, or faulty. */
  add(line: FileLine): 'whole' | 'open' | { readonly fault: string } {
    const before = this.lines.at(-1);
    this.lines.push(line);
    this.length += line.bytes.length;
    if (line.fault !== undefined) return { fault: before ? this.neverClosed() : line.fault };
    if (this.length > LONGEST_LINE || this.lines.length > MOST_LINES)
      return { fault: `${this.neverClosed()} within ${LONGEST_LINE} bytes and ${MOST_LINES} lines` };
    if (before) this.quoted?.push(before.end);
    const fault = this.read(textOf(line));
    if (fault === undefined) return this.quoted ? 'open' : 'whole';
    return { fault: before ? `${this.neverClosed()} as it should be: line ${line.line} ${fault}` : fault };
  }

  whole(): CsvRow {
    const row = this.text();
    return isUtf8(row.bytes)
      ? { ...row, cells: this.cells }
      : { ...row, fault: 'is not valid UTF-8: save the file as UTF-8, not as Windows-1252 for instance' };
  }

  /** The first line, which is where the fault began. */
  faulty(fault: string): CsvRow {
    const [first] = this.lines;
    if (!first) throw new Error('a row has a line at least');
    return { line: first.line, bytes: first.bytes, end: first.end, text: textOf(first), fault };
  }

  linesAfterFirst(): FileLine[] {
    return this.lines.slice(1);
  }

  neverClosed(): string {
    return `opens a quote in cell ${this.cells.length + 1} that is not closed`;
  }

  private text(): RowText {
    const [first, ...more] = this.lines;
    const last = this.lines.at(-1);
    if (!first || !last) throw new Error('a row has a line at least');
    const { line } = first;
    if (more.length === 0) return { line, bytes: first.bytes, end: first.end, text: textOf(first) };
    const bytes = Buffer.concat(
      this.lines.flatMap((each) => (each === last ? [each.bytes] : [each.bytes, Buffer.from(each.end)])),
    );
    return { line, bytes, end: last.end, text: decoded(bytes, line) };
  }

  /** Reads the cells of a line. What is wrong with it, where something is. */
  private read(text: string): string | undefined {
    let at: number;
    if (this.quoted) at = this.readQuoted(text, 0);
    else if (!text.includes('"')) {
      for (const cell of text.split(this.separator)) this.cells.push(cell);
      return undefined;
    } else at = this.readCell(text, 0);
    while (at >= 0 && at < text.length) {
      if (text[at] !== this.separator)
        return `has a quote inside cell ${this.cells.length} where none may be: put the whole cell in quotes, and write each quote inside it twice ("a 14"" wheel")`;
      at = this.readCell(text, at + 1);
    }
    return undefined;
  }

  /** Reads a cell and answers where it ends: -1 where it is quoted and goes on beyond the line. */
  private readCell(text: string, start: number): number {
    if (text[start] === '"') {
      this.quoted = [];
      return this.readQuoted(text, start + 1);
    }
    const end = text.indexOf(this.separator, start);
    const cell = text.slice(start, end < 0 ? text.length : end);
    const quote = cell.indexOf('"');
    this.cells.push(cell);
    return start + (quote < 0 ? cell.length : quote);
  }

  /** Reads on in a quoted cell and answers where it ends: -1 where it goes on beyond the line. */
  private readQuoted(text: string, start: number): number {
    const parts = (this.quoted ??= []);
    let from = start;
    for (let quote = text.indexOf('"', from); quote >= 0; quote = text.indexOf('"', from)) {
      parts.push(text.slice(from, quote));
      from = quote + 1;
      if (text[from] !== '"') {
        this.cells.push(parts.join(''));
        this.quoted = undefined;
        return from;
      }
      parts.push('"');
      from++;
    }
    parts.push(text.slice(from));
    return -1;
  }
}

const isBlank = (bytes: Buffer): boolean =>
  bytes.length < 1000 && !/[^\t\v\f\r ]/.test(bytes.toString('latin1'));

const textOf = ({ bytes, line }: FileLine): string => decoded(bytes, line);

/** The text of bytes that begin on a line: a byte order mark is no part of the first. */
function decoded(bytes: Buffer, line: number): string {
  const text = bytes.toString('utf8');
  return line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text;
}

import { isUtf8 } from 'node:buffer';
import { linesOf, LONGEST_LINE, type FileLine, type LineEnd } from './lines.js';

/** A row of a table, byte for byte, with its cells or its fault. */
export type CsvRow = RowText &
  (
    | { readonly cells: readonly string[]; readonly fault?: undefined }
    | { readonly cells?: undefined; readonly fault: string }
  );

interface RowText {
  /** Number of the row's first line in the file, from 1. */
  readonly line: number;
  /** Without the line end. */
  readonly bytes: Buffer;
  readonly end: LineEnd;
  readonly text: string;
}

/** Maximum number of lines in a quoted cell. */
const MOST_LINES = 10_000;

/** Cell separators: RFC 4180 uses the comma; spreadsheets in many countries use the semicolon. */
export type Separator = ',' | ';' | '\t';

/**
 * The rows of a table (RFC 4180), without empty ones. `separatorIn` determines the separator from the first
 * line. An unreadable row affects no other row: if a quote is not closed correctly, its first line is
 * reported as faulty, and each of the following lines is read again separately. Each line is read at most
 * twice, and only one row is in memory.
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

  /** Reports a row that is still open at the end of the file. */
  *end(): Generator<CsvRow> {
    while (!this.row.isEmpty) {
      const later = this.row.linesAfterFirst();
      yield this.row.faulty(this.row.neverClosed());
      this.row = new OpenRow(this.separator ?? ',');
      for (const line of later) yield* this.take(line);
    }
  }
}

/** The lines of an unfinished row, and its cells so far. */
class OpenRow {
  private readonly lines: FileLine[] = [];
  private readonly cells: string[] = [];
  /** The parts of the open quoted cell. */
  private quoted: string[] | undefined;
  private length = 0;

  constructor(private readonly separator: Separator) {}

  get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  /** Adds the next line. Returns whether the row is complete, still open, or faulty. */
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

  /** The row's first line, where the fault began. */
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

  /** Reads the cells of a line. Returns the fault, if there is one. */
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

  /** Reads a cell and returns its end; -1 if it is quoted and continues after the line. */
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

  /** Reads the rest of a quoted cell and returns its end; -1 if it continues after the line. */
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

/** Decodes bytes that begin on a line. Removes the byte order mark of the first line. */
function decoded(bytes: Buffer, line: number): string {
  const text = bytes.toString('utf8');
  return line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text;
}

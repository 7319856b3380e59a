import { GrowingBytes } from './growing-bytes.js';

/** A line may be so long, in bytes. The largest event that the catalogue allows has less than half of it. */
export const LONGEST_LINE = 4 * 1024 * 1024;

/** What ends a line; nothing does where the file ends. */
export type LineEnd = '\n' | '\r\n' | '\r' | '';

/** A line of a file, byte for byte. */
export interface FileLine {
  /** Number of the line, from 1. */
  readonly line: number;
  /** Without its end. Empty where the line is too long to be kept. */
  readonly bytes: Buffer;
  readonly end: LineEnd;
  /** Set where the line cannot be used: what is wrong with it. */
  readonly fault?: string;
}

/**
 * The lines of a byte stream, empty ones too. A line ends with LF or CRLF, each for itself, so that a file may mix them;
 * a lone CR ends lines only in a file whose first line it ends. Memory is bounded by LONGEST_LINE.
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine> {
  const splitter = new LineSplitter();
  for await (const chunk of bytes) yield* splitter.split(chunk);
  yield* splitter.end();
}

const LF = 10;
const CR = 13;
const ONE_CR = Buffer.from('\r');

class LineSplitter {
  private readonly rest = new GrowingBytes(LONGEST_LINE);
  private line = 0;
  /** Whether the last chunk ended with a CR, which belongs to an LF that may be next. */
  private holdsCr = false;
  /** Whether a lone CR ends lines; unknown before the first end of a line. */
  private crEnds: boolean | undefined;

  *split(chunk: Uint8Array): Generator<FileLine> {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (bytes.length === 0) return;
    if (this.holdsCr) bytes = Buffer.concat([ONE_CR, bytes]);
    this.holdsCr = bytes.at(-1) === CR;
    if (this.holdsCr) bytes = bytes.subarray(0, -1);
    this.crEnds ??= crEndsLines(bytes, this.holdsCr);
    let start = 0;
    for (let end = this.endAfter(bytes, start); end >= 0; end = this.endAfter(bytes, start)) {
      yield this.lineOf(bytes, start, end);
      start = end + (bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1);
    }
    if (start < bytes.length) this.rest.add(bytes.subarray(start));
  }

  /** What comes after the last end of a line. */
  *end(): Generator<FileLine> {
    if (!this.holdsCr && this.rest.isEmpty) return;
    const bytes = this.rest.take();
    const end = this.holdsCr ? '\r' : '';
    yield this.whole(bytes, end);
  }

  private endAfter(bytes: Buffer, start: number): number {
    if (!this.crEnds) return bytes.indexOf(LF, start);
    for (let at = start; at < bytes.length; at++) if (bytes[at] === LF || bytes[at] === CR) return at;
    return -1;
  }

  private lineOf(bytes: Buffer, start: number, end: number): FileLine {
    const lineEnd = bytes[end] === LF ? '\n' : bytes[end + 1] === LF ? '\r\n' : '\r';
    if (this.rest.isEmpty) return this.whole(bytes.subarray(start, end), lineEnd);
    this.rest.add(bytes.subarray(start, end));
    return this.whole(this.rest.take(), lineEnd);
  }

  private whole(bytes: Buffer | undefined, end: LineEnd): FileLine {
    const line = ++this.line;
    if (!bytes || bytes.length > LONGEST_LINE)
      return { line, bytes: Buffer.alloc(0), end, fault: `is longer than ${LONGEST_LINE} bytes` };
    if (end === '\n' && bytes.at(-1) === CR) return { line, bytes: bytes.subarray(0, -1), end: '\r\n' };
    return { line, bytes, end };
  }
}

/** Whether the first end of a line is a lone CR; undefined where there is none yet, or it is not known whether an LF follows it. */
function crEndsLines(bytes: Buffer, isCrNext: boolean): boolean | undefined {
  const cr = bytes.indexOf(CR);
  const lf = bytes.indexOf(LF);
  if (cr < 0) return lf < 0 ? undefined : false;
  if (lf >= 0 && lf <= cr + 1) return false;
  return cr + 1 < bytes.length || isCrNext ? true : undefined;
}

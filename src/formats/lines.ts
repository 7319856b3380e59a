import { GrowingBytes } from './growing-bytes.js';

/**
 * Maximum length of a line in bytes. The largest event that the catalogue allows has less than half of it.
 */
export const LONGEST_LINE = 4 * 1024 * 1024;

/** The end of a line; empty at the end of the file. */
export type LineEnd = '\n' | '\r\n' | '\r' | '';

/** A line of a file, byte for byte. */
export interface FileLine {
  /** Line number, from 1. */
  readonly line: number;
  /** Without the line end. Empty if the line is too long. */
  readonly bytes: Buffer;
  readonly end: LineEnd;
  /** Set if the line cannot be used: its fault. */
  readonly fault?: string;
}

/**
 * The lines of a byte stream, including empty ones. LF and CRLF both end a line, also mixed in one file. A
 * lone CR ends lines only if it ends the first one. Memory is bounded by LONGEST_LINE.
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
  /** Whether the last chunk ended with a CR, which may belong to a following LF. */
  private holdsCr = false;
  /** Whether a lone CR ends lines; undefined before the first line end. */
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

  /** The rest after the last line end. */
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

/**
 * Whether the first line end is a lone CR; undefined if there is none yet, or if an LF may still follow it.
 */
function crEndsLines(bytes: Buffer, isCrNext: boolean): boolean | undefined {
  const cr = bytes.indexOf(CR);
  const lf = bytes.indexOf(LF);
  if (cr < 0) return lf < 0 ? undefined : false;
  if (lf >= 0 && lf <= cr + 1) return false;
  return cr + 1 < bytes.length || isCrNext ? true : undefined;
}

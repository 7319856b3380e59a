import { isUtf8 } from 'node:buffer';

/** A line may be so long, in bytes; what is longer is no line of a ledger. */
export const LONGEST_LINE = 20 * 1024 * 1024;

export interface TextLine {
  readonly line: number;
  readonly text: string;
  /** Set where the line cannot be used: what is wrong with it. */
  readonly fault?: string;
}

/** The lines of a byte stream, without their ends; empty ones are passed over. Holds one line at a time in memory. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  let rest: Buffer[] = [];
  let length = 0;
  let line = 0;
  for await (const chunk of bytes) {
    let buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let end = buffer.indexOf(10); end >= 0; end = buffer.indexOf(10)) {
      line++;
      const whole =
        rest.length === 0 ? buffer.subarray(0, end) : Buffer.concat([...rest, buffer.subarray(0, end)]);
      rest = [];
      length = 0;
      buffer = buffer.subarray(end + 1);
      const found = textLine(whole, line);
      if (found) yield found;
    }
    length += buffer.length;
    if (length <= LONGEST_LINE) rest.push(Buffer.from(buffer));
  }
  line++;
  if (length > LONGEST_LINE) yield { line, text: '', fault: `is longer than ${LONGEST_LINE} bytes` };
  else {
    const found = textLine(Buffer.concat(rest), line);
    if (found) yield found;
  }
}

function textLine(bytes: Buffer, line: number): TextLine | undefined {
  if (bytes.length > LONGEST_LINE) return { line, text: '', fault: `is longer than ${LONGEST_LINE} bytes` };
  const whole = bytes.toString('utf8');
  const start = line === 1 && whole.startsWith('\ufeff') ? 1 : 0;
  const text = whole.slice(start, whole.endsWith('\r') ? -1 : undefined);
  if (!isUtf8(bytes)) return { line, text, fault: 'is not valid UTF-8' };
  return !/\S/.test(text) ? undefined : { line, text };
}

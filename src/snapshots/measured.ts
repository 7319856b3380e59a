import { createHash } from 'node:crypto';

/** What a file came to once all of it was made. */
export interface FileMeasure {
  readonly bytes: number;
  /** SHA-256 in hexadecimal. */
  readonly sha256: string;
}

/** Hands text on as UTF-8, some dozens of kilobytes at a time, and tells at the end how much it was, and its hash. */
export async function* measured(
  parts: AsyncIterable<string> | Iterable<string>,
  done: (measure: FileMeasure) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  const encoded = (text: string): Uint8Array => {
    const chunk = Buffer.from(text);
    hash.update(chunk);
    bytes += chunk.byteLength;
    return chunk;
  };
  let text = '';
  for await (const part of parts) {
    text += part;
    if (text.length < CHUNK_LENGTH) continue;
    yield encoded(text);
    text = '';
  }
  yield encoded(text);
  done({ bytes, sha256: hash.digest('hex') });
}

const CHUNK_LENGTH = 64 * 1024;

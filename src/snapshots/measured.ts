import { createHash } from 'node:crypto';

/** The size and hash of a complete file. */
export interface FileMeasure {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** Passes text on as UTF-8 in chunks of about 64 KB, and finally reports the size and the hash. */
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

import { stat } from 'node:fs/promises';
import { piecesOf } from './named-files.js';
import { CommandFailed } from './reported-error.js';

/** The file name for standard input. */
const STANDARD_INPUT = '-';

/** The names and sizes of the files to import; size 0 if unknown. */
export async function sizesOf(files: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const file of files) {
    if (file === STANDARD_INPUT) {
      if (sizes.has(file)) throw new CommandFailed('standard input (-) can be read only once');
      sizes.set(file, 0);
      continue;
    }
    const found = await stat(file);
    if (found.isDirectory()) throw new CommandFailed(`${file} is a folder: name the files in it`);
    sizes.set(file, found.isFile() ? found.size : 0);
  }
  return sizes;
}

/**
 * The bytes of a file or of standard input. Calls back after each chunk with the number of bytes read so far.
 */
export async function* bytesOf(
  file: string,
  onProgress: (bytesRead: number) => void,
): AsyncGenerator<Uint8Array> {
  const stream = file === STANDARD_INPUT ? process.stdin : piecesOf(file);
  let read = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    read += piece.length;
    onProgress(read);
    yield piece;
  }
}

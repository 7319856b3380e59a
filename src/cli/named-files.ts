import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { types } from 'node:util';

/** The text of a file that the user named. Errors name the file, which those of a read do not. */
export async function textOf(path: string): Promise<string> {
  return (await bytesOfNamed(path)).toString('utf8');
}

/** The content of a file that the user named. */
export async function bytesOfNamed(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw withPath(error, path);
  }
}

/** The content of a file that the user named, piece by piece. */
export async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (error) {
    throw withPath(error, path);
  }
}

/**
 * An error of the system about a file that is open does not name the file: this one does. Of an error that names
 * its file already, nothing is changed.
 */
export function withPath(error: unknown, path: string): unknown {
  return types.isNativeError(error) && 'syscall' in error && !('path' in error)
    ? Object.assign(error, { path })
    : error;
}

/** Says where the system refuses what, and what mends it; undefined where there are no better words than its own. */
export function systemErrorInWords(error: Error): string | undefined {
  const { code, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const place = dest ?? path;
  const words = WORDS[code ?? ''];
  if (place === undefined) return undefined;
  return words === undefined ? undefined : `${place} ${words} (${code})`;
}

const WORDS: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder, where a file belongs. Name another file, or move the folder away',
  ENOENT: 'does not exist, or a folder of its path does not. Look at its name, or make the folder',
  ENOTDIR: 'is said to lie in a folder that is a file. Look at its name',
  EACCES: 'must not be used by this user. Change its rights or those of its folder, or name another file',
  EPERM: 'must not be used by this user. Change its rights or those of its folder, or name another file',
  EROFS: 'is on a disk that takes nothing. Name a file elsewhere',
  ENOSPC: 'is on a disk that is full. Make room, or name a file elsewhere',
};

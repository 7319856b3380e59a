import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { types } from 'node:util';
import { withPath } from './named-files.js';
import { CommandFailed } from './reported-error.js';

/** The files that belong to an export of the whole ledger, beside it. */
export interface Besides {
  readonly checkpoint: string;
  readonly hashes: string;
}

export const besides = (file: string): Besides => ({
  checkpoint: `${file}.checkpoint`,
  hashes: `${file}.hashes`,
});

/**
 * Looks at the places of an export's files before anything is written. Throws CommandFailed where one of them
 * cannot be written, and where an export without a checkpoint would lie beside that of another one: it would
 * seem to be its own, and to write over it would lose it.
 */
export async function refuseUnfitPlaces(file: string, isProven: boolean): Promise<void> {
  const own = Object.values(besides(file)) as string[];
  for (const place of [file, ...(isProven ? own : [])])
    if ((await found(place))?.isDirectory())
      throw new CommandFailed(
        `nothing was written: ${place} is a folder, where a file of this export belongs. Name another file with --out, or move the folder away.`,
      );
  if (isProven) return;
  for (const place of own)
    if (await found(place))
      throw new CommandFailed(
        `nothing was written: ${place} belongs to another export, and this one, which is not the exact and whole ledger of now, has none. Name another file with --out, or move ${own.join(' and ')} away with the export that they are of.`,
      );
}

/** Writes one file of an export. Throws CommandFailed where it is not whole, with the file and the reason. */
export async function writeExported(
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string>,
  file: string,
): Promise<void> {
  const out = createWriteStream(file);
  try {
    await pipeline(chunks, out);
  } catch (error) {
    if (out.bytesWritten === 0) throw withPath(error, file);
    const reason = types.isNativeError(error) ? error.message : String(error);
    throw new CommandFailed(`${file} is incomplete: ${reason}`);
  }
}

const found = (place: string) => stat(place).catch(() => undefined);

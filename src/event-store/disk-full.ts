import { statfsSync } from 'node:fs';
import { basename } from 'node:path';

/** SQLite had no room to write in. It has rolled back: nothing of the statement's transaction is in the file. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
  readonly code = 'SQLITE_FULL';

  constructor(file: string, options?: ErrorOptions) {
    super(
      `There is no room left on the disk of ${basename(file)}: make some, then repeat what you did`,
      options,
    );
  }
}

/** The full disk that an error is about, also where a layer between has wrapped it. */
export function diskFullIn(error: unknown): DiskFull | undefined {
  if (error instanceof DiskFull) return error;
  if (!(error instanceof Error)) return undefined;
  return diskFullIn(error.cause) ?? ('driverError' in error ? diskFullIn(error.driverError) : undefined);
}

/**
 * With fewer bytes left an event of usual size does not come into the ledger, its log and its views, nor can SQLite make the
 * files that it keeps beside an open database.
 */
const LEAST_ROOM = 1024 ** 2;

/** Whether a disk has room to write in. Throws where the folder is not there. */
export function hasRoom(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= LEAST_ROOM;
}

import { statfsSync } from 'node:fs';
import { basename } from 'node:path';

/** SQLite ran out of disk space. It has rolled the transaction back, so nothing of it is in the file. */
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

/** Finds the full disk behind an error, also when another layer has wrapped it. */
export function diskFullIn(error: unknown): DiskFull | undefined {
  if (error instanceof DiskFull) return error;
  if (!(error instanceof Error)) return undefined;
  return diskFullIn(error.cause) ?? ('driverError' in error ? diskFullIn(error.driverError) : undefined);
}

/**
 * With fewer free bytes, an event of usual size does not fit into the ledger, its log and its views, and
 * SQLite cannot create the files that it keeps beside an open database.
 */
const LEAST_ROOM = 1024 ** 2;

/** Whether a disk has room to write. Throws when the folder does not exist. */
export function hasRoom(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= LEAST_ROOM;
}

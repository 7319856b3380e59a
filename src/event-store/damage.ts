import { basename } from 'node:path';

/**
 * A file of the store no longer holds what was written to it. The message names the file, the place and the
 * remedy.
 */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';

  constructor(
    readonly file: string,
    /** What is wrong with the file, and where. */
    readonly damage: string,
    options?: ErrorOptions,
  ) {
    super(`${file} is damaged: ${damage}. ${remedyFor(file)}`, options);
  }
}

/** The remedy when a file of the store is damaged or missing. */
export function remedyFor(file: string): string {
  const name = basename(file);
  if (isOfViews(file))
    return 'Everything in it is in the ledger too: `tracker rebuild` makes the views anew.';
  if (name.endsWith('.lock')) return 'It holds nothing: remove it while no tracker runs.';
  if (name.startsWith('events.sqlite'))
    return 'Stop the server, move DATA_DIR away and restore the last backup with `tracker restore <folder>`; `tracker import --restore` of an export gives back what the backup does not have.';
  if (name.startsWith('log'))
    return `Put ${name} of the last backup in its place. Where there is none, or it lacks what came since, \`tracker adopt --reason "<why>"\` takes on what is there and tells auditors so.`;
  if (name.startsWith('access.sqlite'))
    return 'Put access.sqlite of the last backup in its place, or remove one that cannot be read; `tracker adopt --reason "<why>"` takes on what is there then. Keys that were made since have to be made again, and those that were revoked since be revoked again: `tracker keys list`.';
  return 'Put it back from the last backup.';
}

/** Finds the damage behind an error, also when another layer has wrapped it. */
export function damageIn(error: unknown): DamagedFile | undefined {
  if (error instanceof DamagedFile) return error;
  if (!(error instanceof Error)) return undefined;
  return damageIn(error.cause) ?? ('driverError' in error ? damageIn(error.driverError) : undefined);
}

/** Whether a file holds views, which can be rebuilt from the ledger. */
export const isOfViews = (file: string): boolean => /^views\b/.test(basename(file));

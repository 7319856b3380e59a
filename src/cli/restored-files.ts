import { stat } from 'node:fs/promises';
import type { Format } from '../formats/ledger-line.js';
import { CommandFailed } from './reported-error.js';
import { ownCheckpoint, verdictOnFile } from './verify-export.js';

export interface RestoreOptions {
  /** The checkpoint that the file must agree with; false: none at all, true: the one beside it. */
  readonly checkpoint?: string | boolean;
  /** The public key of the log. Without it, no signature is checked. */
  readonly logKey?: string;
}

const SHOWN_FAULTS = 5;

/**
 * Holds exports that are to be restored against their checkpoints: what is restored gets the names and times that
 * the file says. Throws CommandFailed at the first file that is not as it was exported, before anything is recorded.
 * A file without a checkpoint is taken as it is.
 */
export async function checkRestored(
  files: readonly string[],
  formatOf: (file: string) => Format,
  { checkpoint: named, logKey: key }: RestoreOptions,
): Promise<void> {
  if (named === false) return;
  const checkpoint = named === true ? undefined : named;
  if (checkpoint !== undefined && files.length > 1)
    throw new CommandFailed(
      `--checkpoint is of one file, and ${files.length} were given. Restore them one at a time.`,
    );
  for (const file of files) {
    if (checkpoint === undefined && ownCheckpoint(file) === undefined) continue;
    if (!(await isPlainFile(file)))
      throw new CommandFailed(
        `${file} can be read only once, and its checkpoint asks for a look before anything is recorded. Save it as a file, or leave the checkpoint aside with --no-checkpoint.`,
      );
    await checkOne(file, formatOf(file), checkpoint, key);
  }
}

async function checkOne(
  file: string,
  format: Format,
  checkpoint: string | undefined,
  key: string | undefined,
): Promise<void> {
  const { ok, faults } = await verdictOnFile(file, format, {
    ...(checkpoint !== undefined && { checkpoint: [checkpoint] }),
    ...(key !== undefined && { key }),
  });
  if (ok) return;
  const shown = faults
    .slice(0, SHOWN_FAULTS)
    .map(({ position, fault }) => `  ${position === undefined ? '' : `event ${position}: `}${fault}\n`);
  const more = faults.length > shown.length ? `  and ${faults.length - shown.length} more\n` : '';
  const held = checkpoint ?? `${file}.checkpoint`;
  throw new CommandFailed(
    `nothing was restored: ${file} is not as ${held} says that it was exported\n${shown.join('')}${more}Take the file as it was exported: \`tracker verify --export ${file}\` says what differs. To restore it as it is, its authors and times unproven, add --no-checkpoint.`,
  );
}

const isPlainFile = async (file: string): Promise<boolean> => file !== '-' && (await stat(file)).isFile();

import { existsSync } from 'node:fs';
import type { Format } from '../formats/ledger-line.js';
import { hashesFrom } from '../transparency/hash-lines.js';
import { verifyExport, type ExportVerdict } from '../transparency/verify-export.js';
import { ReportedError } from './reported-error.js';
import { formatOf } from './formats.js';
import { piecesOf, textOf } from './named-files.js';
import { number, table } from './tables.js';
import { print, printJson } from './terminal.js';

export interface ExportOptions {
  readonly export: string;
  readonly checkpoint?: readonly string[];
  readonly key?: string;
  readonly json?: boolean;
}

/** Checks an export offline and prints its faults; the exit code tells whether there are any. */
export async function verifyExportFile({
  export: file,
  json = false,
  ...given
}: ExportOptions): Promise<void> {
  const verdict = await verdictOnFile(file, formatOf(file), given);
  if (json) printJson(verdict);
  else print(told(verdict));
  if (!verdict.ok) throw new ReportedError();
}

/**
 * Holds a file against the given checkpoints, and against the checkpoint and hashes exported with it, if they are
 * still next to the file.
 */
export async function verdictOnFile(
  file: string,
  format: Format,
  { checkpoint = [], key }: Omit<ExportOptions, 'export' | 'json'>,
): Promise<ExportVerdict> {
  const own = ownCheckpoint(file);
  const notes = [...new Set([...(own === undefined ? [] : [own]), ...checkpoint])];
  return await verifyExport(piecesOf(file), format, {
    checkpoints: await Promise.all(notes.map(textOf)),
    ...(key !== undefined && { verifierKey: key }),
    ...(existsSync(`${file}.hashes`) && { hashes: hashesFrom(await textOf(`${file}.hashes`)) }),
  });
}

/** The checkpoint that `tracker export` wrote beside a file, if it is there. */
export function ownCheckpoint(file: string): string | undefined {
  const beside = `${file}.checkpoint`;
  return existsSync(beside) ? beside : undefined;
}

function told({ ok, events, root, checkpoints, signaturesChecked, faults }: ExportVerdict): string {
  const lines = [
    `${number(events)} events, root ${root}`,
    ...checkpoints.map(
      ({ size, holds }) => `checkpoint of ${number(size)} events ${holds ? 'holds' : 'does NOT hold'}`,
    ),
    ...(signaturesChecked ? [] : ['signatures not checked: give the public key of the log with --key']),
  ];
  const rows = faults.map(({ position, fault }) => [position, fault]);
  return `${lines.join('\n')}\n${ok ? 'OK\n' : table(['position', 'fault'], rows)}`;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { verify, type Finding } from '../projections/verify.js';
import { faultsOfLedger } from '../event-store/sqlite-check.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import type { GivenCheckpoint } from '../transparency/verify-log.js';
import type { Settings } from '../settings.js';
import { AlreadyTold } from './failures.js';
import { reading } from './session.js';
import { number, table } from './tables.js';
import { verifyExportFile, type ExportOptions } from './verify-export.js';

/** Adds `verify`. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'check that the ledger has no gaps, that nobody edited it, and that stored views equal the fold computed afresh; or check an export',
    )
    .option('--export <file>', 'check that export instead, offline: every event, and the checkpoints')
    .option(
      '--checkpoint <files...>',
      'signed checkpoints that the ledger or the export must agree with: of it as it is, or of earlier states',
    )
    .option('--key <key>', 'the public key of the log (GET /api/ledger/key), to check the signatures')
    .option('--json', 'as JSON')
    .action(async ({ export: file, ...options }: Partial<ExportOptions>) =>
      file === undefined ? verifyStores(options) : verifyExportFile({ ...options, export: file }),
    );
}

/** What `verify` holds the stores against. */
type StoresOptions = Omit<Partial<ExportOptions>, 'export'>;

/** Checks ledger, log and views, tells what is wrong, and throws AlreadyTold where something is. */
export async function verifyStores({ checkpoint = [], key, json = false }: StoresOptions): Promise<void> {
  const notes = await Promise.all(checkpoint.map((file) => readFile(file, 'utf8')));
  const { findings: found, ...counts } = await reading(async ({ settings, store, views, app }) => {
    const verification = await verify(store, views.tables);
    const findings = [
      ...(await faultsInFiles(settings)),
      ...verification.findings,
      ...(await edited(
        app.get(LedgerLog),
        notes.map((note) => ({ note, key })),
      )),
    ];
    return { ...verification, findings };
  });
  const { events, streams, rows, position } = counts;
  const told = `${number(events)} events in ${number(streams)} streams; ${number(rows)} rows compared at position ${number(position)}\n`;
  if (json)
    process.stdout.write(`${JSON.stringify({ ok: found.length === 0, ...counts, findings: found })}\n`);
  else if (found.length === 0) process.stdout.write(`${told}OK\n`);
  else {
    const lines = found.map((each) => [each.position, each.event, each.finding]);
    process.stdout.write(`${told}${table(['position', 'event', 'finding'], lines)}`);
  }
  if (found.length > 0) throw new AlreadyTold();
}

/** What the ledger's file tells by itself, where the ledger is in one. */
async function faultsInFiles({ dataDir, kurrentdbUrl }: Settings): Promise<Finding[]> {
  if (kurrentdbUrl !== undefined) return [];
  const faults = await faultsOfLedger(join(dataDir, 'events.sqlite'));
  return faults.map(({ fault, ...where }) => ({ ...where, finding: fault }));
}

/** A log that cannot be read, or a ledger, is a finding itself. */
async function edited(log: LedgerLog, given: readonly GivenCheckpoint[]): Promise<Finding[]> {
  try {
    return await log.verify(given);
  } catch (error) {
    return [
      {
        finding: `the log cannot be held against the ledger: ${error instanceof Error ? error.message : String(error)}`,
      },
    ];
  }
}

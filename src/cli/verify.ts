import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { verify, type Finding } from '../projections/verify.js';
import { InvalidCheckpoint } from '../transparency/checkpoint.js';
import { LedgerLog, type LogDiscrepancy } from '../transparency/ledger-log.js';
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
  const { findings: found, ...counts } = await reading(async ({ store, views, app }) => {
    const verification = await verify(store, views.tables);
    const log = app.get(LedgerLog);
    const findings = [
      ...verification.findings,
      ...(await editedEvents(log)),
      ...notes.flatMap((note) => rewritten(log, note, key)),
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

const DISCREPANCIES: Readonly<Record<LogDiscrepancy['kind'], string>> = {
  changed: 'is not the event that the log took in: it was edited behind the tracker’s back',
  missing: 'is not there any more: the log had taken it in',
  smuggled: 'was put into the ledger while no tracker ran',
};

/**
 * The log's Merkle tree remembers what each event was, and its checkpoints what the tree was, also where a node has made
 * its tree anew. A ledger that cannot be read was told of by `verify`.
 */
async function editedEvents(log: LedgerLog): Promise<Finding[]> {
  try {
    const found = await log.discrepancies();
    const broken = await log.brokenCheckpoints();
    return [
      ...found.map(({ kind, position }) => ({ position, finding: DISCREPANCIES[kind] })),
      ...broken.map(({ size }) => ({ finding: notOfThisLedger(size) })),
    ];
  } catch {
    return [];
  }
}

const notOfThisLedger = (size: number): string =>
  `the checkpoint of ${size} events is not of this ledger, or one of them was changed or taken out`;

/** Whether the ledger was ever as a checkpoint says, which somebody kept elsewhere. */
function rewritten(log: LedgerLog, note: string, key: string | undefined): Finding[] {
  try {
    const { size, holds } = log.holds(note, key);
    if (holds) return [];
    return [{ finding: notOfThisLedger(size) }];
  } catch (error) {
    if (error instanceof InvalidCheckpoint) return [{ finding: error.message }];
    throw error;
  }
}

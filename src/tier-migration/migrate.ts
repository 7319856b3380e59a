import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { makeTemporaryFolder } from '../files/temporary-folder.js';
import { openAccessDatabase } from '../access/access-database.js';
import { ApiKeys } from '../access/api-keys.js';
import { ApiKey } from '../access/api-key.js';
import { differingRows } from '../read-model/compare.js';
import { SubjectRow, TimelineRow } from '../read-model/row-entities.js';
import type { Settings } from '../settings.js';
import { closeStores, openStores, type Stores } from '../stores.module.js';
import { keyFile } from '../transparency/checkpoint-register.js';
import { SharedRegister } from '../transparency/shared-register.js';
import { copyBeside, type KeptBeside } from './copy-beside.js';
import { copyLedger, LedgersDiffer, type CopyReport } from './copy-ledger.js';

/** Where a ledger is stored: in files of DATA_DIR, or in the configured KurrentDB and PostgreSQL. */
export const TIERS = ['embedded', 'server'] as const;
export type Tier = (typeof TIERS)[number];

export interface MigrationReport extends CopyReport {
  /** Rows of the views, the same in both tiers. */
  readonly rows: number;
  /** The number of checkpoints issued by the log, and of API keys, that were copied. */
  readonly checkpoints: number;
  readonly keys: number;
  /** What was copied of the data stored beside the ledger. */
  readonly beside: KeptBeside;
}

/** The settings lack something that the migration needs. The message says what. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

/**
 * Copies everything from one tier into the other: events with ids, times and authors, the log's signing key
 * and checkpoints, the API keys, and the data stored beside them: webhooks, release labels, suggestions and
 * reviews. Then compares both: the ledgers by their Merkle roots, the views row by row. After an
 * interruption, or when more was recorded, a repeated migration continues where it stopped. The source keeps
 * everything.
 *
 * Throws LedgersDiffer if the target holds something else or the two differ at the end, and LedgerInUse if a
 * server is still recording in the embedded tier.
 */
export async function migrate(
  settings: Settings,
  from: Tier,
  onProgress?: (events: number) => void,
): Promise<MigrationReport> {
  const { kurrentdbUrl, postgresUrl } = settings;
  if (kurrentdbUrl === undefined || postgresUrl === undefined)
    throw new MigrationRefused('Set KURRENTDB_URL and POSTGRES_URL to the stores of the server tier.');
  // The files of a node of the server tier are recomputed at every start, so a temporary folder is enough.
  const nodeDir = await makeTemporaryFolder('node');
  const { kurrentdbUrl: _events, postgresUrl: _views, ...rest } = settings;
  const embedded: Settings = rest;
  const server: Settings = { ...settings, dataDir: nodeDir };
  const opened: Stores[] = [];
  const open = async (tier: Tier): Promise<Stores> => {
    const stores = await openStores(
      tier === 'embedded' ? embedded : server,
      'writer',
      undefined,
      undefined,
      // An interrupted copy may have fewer events than its log knows.
      { mayDiffer: tier !== from },
    );
    opened.push(stores);
    return stores;
  };
  try {
    const source = await open(from);
    await shareSigningKey(settings.dataDir, postgresUrl);
    const target = await open(from === 'embedded' ? 'server' : 'embedded');
    const copied = await copyLedger(source.store, target.store, onProgress);
    const head = await source.store.head();
    if (head !== copied.events) {
      throw new LedgersDiffer(
        `${head - copied.events} events were recorded in the source meanwhile. Stop its servers, and migrate again: it goes on where it stopped.`,
      );
    }
    const checkpoints = await copyCheckpoints(source, target);
    const rows = await sameViews(source, target, copied.events);
    const access = await copyAccess(embedded, postgresUrl, from);
    return { ...copied, rows, checkpoints, ...access };
  } finally {
    for (const stores of opened.reverse()) await closeStores(stores);
    await rm(nodeDir, { recursive: true, force: true });
  }
}

/** One ledger has one identity: whichever tier has the log's key shares it with the other. */
async function shareSigningKey(dataDir: string, postgresUrl: string): Promise<void> {
  const register = await SharedRegister.open(postgresUrl, dataDir);
  try {
    const shared = await register.signingKey();
    const file = keyFile(dataDir);
    if (!existsSync(file)) writeFileSync(file, shared, { mode: 0o600, flag: 'wx' });
    else if (readFileSync(file, 'utf8') !== shared)
      throw new LedgersDiffer(
        'The two tiers have signing keys of their own: each was used for a ledger of its own. Migrate into an empty one.',
      );
  } finally {
    await register.close();
  }
}

async function copyCheckpoints(source: Stores, target: Stores): Promise<number> {
  const checkpoints = await source.log.checkpoints();
  await target.log.catchUp();
  await target.log.adopt(checkpoints);
  return checkpoints.length;
}

/** The number of rows in the views. Throws LedgersDiffer if the views of the tiers differ. */
async function sameViews(source: Stores, target: Stores, events: number): Promise<number> {
  const [here, there] = [source.views, target.views];
  for (const views of [here, there]) {
    if (!(await views.waitFor(events, VIEWS_WITHIN_MS)))
      throw new LedgersDiffer(`The views did not come to position ${events}: see GET /api/views.`);
  }
  const [first] = await differingRows(here.rows.manager, there.rows.manager, 1);
  if (first)
    throw new LedgersDiffer(`The views differ: ${first.table} ${first.row.split('\u0000').join(' ')}.`);
  const { manager } = there.rows;
  return (await manager.count(SubjectRow)) + (await manager.count(TimelineRow));
}

/** One hour: building the views of a large ledger takes a while. */
const VIEWS_WITHIN_MS = 3_600_000;

/** Copies missing keys, revocations of the others, and the data stored beside the keys. */
async function copyAccess(
  { dataDir }: Settings,
  postgresUrl: string,
  from: Tier,
): Promise<{ readonly keys: number; readonly beside: KeptBeside }> {
  const [embedded, server] = [
    await openAccessDatabase(dataDir),
    await openAccessDatabase(dataDir, postgresUrl),
  ];
  try {
    const [source, target] = from === 'embedded' ? [embedded, server] : [server, embedded];
    const keys = await source.getRepository(ApiKey).find();
    await new ApiKeys(target).take(keys);
    return { keys: keys.length, beside: await copyBeside(source, target) };
  } finally {
    await embedded.destroy();
    await server.destroy();
  }
}

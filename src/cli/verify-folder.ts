import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { In } from 'typeorm';
import { faultsOfAccess } from '../access/access-check.js';
import { DamagedFile, damageIn, remedyFor } from '../event-store/damage.js';
import type { EventStore } from '../event-store/event-store.js';
import { brokenPages, faultsOfLedger } from '../event-store/sqlite/check.js';
import { openSqliteEventStore } from '../event-store/sqlite/sqlite-event-store.js';
import { markOf, missingFiles } from '../files/store-files.js';
import { verify, verifyEvents, type Finding, type Verification } from '../read-model/verify.js';
import { TimelineRow } from '../read-model/row-entities.js';
import { TODAY } from '../read-model/generations.js';
import type { ReadModelTables } from '../read-model/tables.js';
import { differingOutlines } from '../queries/automakers/verify-outlines.js';
import type { Settings } from '../settings.js';
import { openSharedRegister, openGenerations } from '../stores.module.js';
import type { Adoption } from '../transparency/checkpoint-content.js';
import { ORIGIN, signingKeyFrom, verifierKey } from '../transparency/checkpoint.js';
import { keyFile, LocalRegister } from '../transparency/checkpoint-register.js';
import { logFile, TreeStore } from '../transparency/tree-store.js';
import { verifyLog, type GivenCheckpoint } from '../transparency/verify-log.js';

/** Maximum number of reported outlines: more would not help to repair them. */
export const MOST_OUTLINES = 50;

export interface FolderVerification extends Verification {
  /** Whether this release has views of the ledger. If not, none were compared. */
  readonly hasViews: boolean;
  readonly adoptions: readonly Adoption[];
}

/**
 * Checks a ledger in files, its log and its views. It works read-only and part by part, also while a server
 * records and when some parts cannot be opened. Every unreadable part is a finding.
 */
export async function verifyFolder(
  settings: Settings,
  given: readonly GivenCheckpoint[],
): Promise<FolderVerification> {
  const { dataDir } = settings;
  const findings: Finding[] = missingFiles(settings).map((name) => ({
    finding: `${join(dataDir, name)} is missing or empty: it belongs to this store. ${remedyFor(name)}`,
  }));
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      const finding = messageOf(error);
      if (!findings.some((each) => each.finding === finding)) findings.push({ finding });
      return undefined;
    }
  };
  const ledger = join(dataDir, 'events.sqlite');
  if (existsSync(ledger))
    for (const { fault, ...where } of await faultsOfLedger(ledger))
      findings.push({ ...where, finding: fault });
  for (const name of ['log.sqlite', 'access.sqlite'])
    if (existsSync(join(dataDir, name)))
      for (const finding of brokenPages(join(dataDir, name))) findings.push({ finding });
  if (settings.postgresUrl === undefined) findings.push(...(await faultsOfAccess(dataDir)));

  const store = await attempt(() => openSqliteEventStore({ file: ledger, readOnly: true }));
  let hasViews = true;
  const views = await attempt(async () => {
    const found = await openLiveViews(settings);
    hasViews = found !== undefined;
    return found;
  });
  let verified: Verification = { events: 0, streams: 0, rows: 0, position: 0, findings: [] };
  let adoptions: readonly Adoption[] = [];
  try {
    if (store) {
      const found = await attempt(() => (views ? verify(store, views) : verifyEvents(store)));
      verified = found ?? verified;
      findings.push(...verified.findings);
      // Outlines are derived from records, so they are only checked when the records are correct.
      if (views && verified.findings.length === 0)
        findings.push(...((await attempt(() => differingOutlines(views, MOST_OUTLINES))) ?? []));
      const log = await attempt(() => againstLog(settings, store, given));
      findings.push(...(log?.findings ?? []));
      adoptions = log?.adoptions ?? [];
    }
    return { ...verified, findings: await withIds(findings, views), adoptions, hasViews };
  } finally {
    await views?.close();
    await store?.close();
  }
}

/** The live views; undefined if this release has not built any yet. */
async function openLiveViews(settings: Settings): Promise<ReadModelTables | undefined> {
  const { dataDir, postgresUrl } = settings;
  if (postgresUrl === undefined && !existsSync(join(dataDir, 'views.json'))) return undefined;
  const sets = await openGenerations(settings, true);
  try {
    const { live, name } = await sets.generations();
    // Views of another release are not compared: the next start builds its own views.
    if (name !== TODAY.name) return undefined;
    const file = join(dataDir, `views-${live}.sqlite`);
    if (postgresUrl === undefined) {
      if (!existsSync(file)) return undefined;
      const [broken] = brokenPages(file);
      if (broken !== undefined) throw new Error(broken);
    }
    return await sets.open(live);
  } finally {
    await sets.close();
  }
}

async function againstLog(settings: Settings, store: EventStore, given: readonly GivenCheckpoint[]) {
  const { dataDir } = settings;
  if (!existsSync(logFile(dataDir))) return undefined;
  const tree = new TreeStore(logFile(dataDir), { readOnly: true });
  const shared = await openSharedRegister(settings);
  const register = shared ?? new LocalRegister(dataDir, tree, true);
  try {
    const kept = await register.checkpoints();
    const key = verifierKey(ORIGIN, privateKey(await register.signingKey(), dataDir));
    const verified = await verifyLog({ store, tree, kept, key, given });
    const fault = shared ? undefined : tree.registerFault(markOf(dataDir, 'checkpoints'));
    return fault ? { ...verified, findings: [...verified.findings, { finding: fault.message }] } : verified;
  } finally {
    await shared?.close();
    tree.close();
  }
}

function privateKey(pem: string, dataDir: string) {
  try {
    return signingKeyFrom(pem);
  } catch (error) {
    throw new DamagedFile(keyFile(dataDir), 'it holds no private key', { cause: error });
  }
}

/** Adds event ids to findings for events whose ids only the views still have. */
export async function withIds(
  findings: readonly Finding[],
  views: ReadModelTables | undefined,
): Promise<Finding[]> {
  const unnamed = findings.flatMap(({ position, event }) =>
    position !== undefined && event === undefined ? [position] : [],
  );
  if (!views || unnamed.length === 0) return [...findings];
  try {
    const rows = await views.rows.getRepository(TimelineRow).findBy({ position: In(unnamed) });
    const ids = new Map(rows.map(({ position, id }) => [position, id]));
    return findings.map((finding) => {
      const event = finding.event ?? ids.get(finding.position ?? 0);
      return event === undefined ? finding : { ...finding, event };
    });
  } catch {
    // Another finding already reports the unreadable views.
    return [...findings];
  }
}

function messageOf(error: unknown): string {
  return damageIn(error)?.message ?? (error instanceof Error ? error.message : String(error));
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fold } from '../domain/fold.js';
import type { EventStore } from '../event-store/event-store.js';
import { differingRows } from './compare.js';
import { Projector } from './projector.js';
import { Views } from './views.js';

export interface Finding {
  /** Position of the event, where the finding is about one. */
  readonly position?: number;
  readonly finding: string;
}

export interface Verification {
  readonly events: number;
  readonly streams: number;
  /** Where ledger and views were compared. */
  readonly position: number;
  readonly findings: readonly Finding[];
}

const MOST_FINDINGS = 50;

/**
 * Checks the ledger (positions increase, revisions have no gaps, ids do not repeat in a stream, time never runs
 * backwards in it, everything folds without a contradiction), and that the stored views equal views computed afresh.
 */
export async function verify(store: EventStore, views: Views): Promise<Verification> {
  const findings: Finding[] = [];
  const { position } = await views.checkpoint();
  const { events, streams } = await verifyLedger(store, position, findings);
  const directory = await mkdtemp(join(tmpdir(), 'tracker-verify-'));
  const fresh = await Views.open(join(directory, 'views.sqlite'));
  try {
    await new Projector(store, fresh, { batchSize: 5000 }).catchUp(position);
    for (const { table, row, here, there } of await differingRows(views, fresh, MOST_FINDINGS)) {
      const what =
        here === undefined
          ? 'is missing'
          : there === undefined
            ? 'should not be there'
            : 'differs from the fold';
      findings.push({ finding: `${table}: the row ${row.replaceAll('\u0000', ' ')} ${what}` });
    }
  } finally {
    await fresh.close();
    await rm(directory, { recursive: true, force: true });
  }
  return { events, streams, position, findings: findings.slice(0, MOST_FINDINGS) };
}

async function verifyLedger(
  store: EventStore,
  until: number,
  findings: Finding[],
): Promise<{ events: number; streams: number }> {
  const folds = new Map<string, Fold>();
  let [events, last] = [0, 0];
  for await (const event of store.readAll()) {
    if (event.position > until || findings.length >= MOST_FINDINGS) break;
    const { position, stream, revision, id, recordedAt } = event;
    const fold = folds.get(stream) ?? Fold.of(stream);
    folds.set(stream, fold);
    const fault = (finding: string) =>
      findings.push({ position, finding: `${stream}, event ${id}: ${finding}` });
    if (position <= last) fault(`stands at position ${position}, after ${last}`);
    if (revision !== fold.revision + 1) fault(`is revision ${revision}, but ${fold.revision + 1} comes next`);
    if (fold.recorded(id)) fault('comes twice in its stream');
    if (recordedAt < fold.recordedAt) fault(`was recorded at ${recordedAt}, before the event before it`);
    try {
      fold.apply(event);
    } catch (error) {
      fault(`cannot be folded: ${error instanceof Error ? error.message : String(error)}`);
    }
    events++;
    last = position;
  }
  for (const fold of folds.values()) {
    for (const { event, message } of fold.contradictions()) {
      findings.push({ finding: `${fold.stream}, event ${event}: contradicts the others: ${message}` });
    }
  }
  return { events, streams: folds.size };
}

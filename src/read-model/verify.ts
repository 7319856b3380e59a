import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import type { RecordedEvent } from '../domain/ledger/event.js';
import { evolve } from '../domain/state/evolve.js';
import { StreamState } from '../domain/state/stream-state.js';
import { makeTemporaryFolder } from '../files/temporary-folder.js';
import type { EventStore } from '../event-store/event-store.js';
import type { ReadModelCheckpoint } from './changes.js';
import { differingRows, type RowDifference } from './compare.js';
import { Projector } from './projector.js';
import { SqliteTables } from './sqlite/sqlite-tables.js';
import { ParkedStreamRow, SubjectRow, TimelineRow } from './row-entities.js';
import { checkpointOf, type ReadModelTables } from './tables.js';

/** A fault, with the event that it concerns, if any. */
export interface Finding {
  readonly position?: number;
  readonly event?: string;
  readonly finding: string;
}

export interface Verification {
  readonly events: number;
  readonly streams: number;
  /** The number of stored rows compared. */
  readonly rows: number;
  /** The position at which ledger and views were compared. */
  readonly position: number;
  readonly findings: readonly Finding[];
}

/** More findings would not help to repair anything, and a broken ledger may have one per event. */
const MOST_FINDINGS = 50;

/**
 * Checks the ledger: positions increase, revisions have no gaps, ids do not repeat within a stream, time
 * never runs backwards within a stream, and everything folds without contradiction. Also checks that the
 * stored views equal freshly computed ones.
 *
 * The rows are compared in a snapshot, so a server may keep recording and projecting.
 */
export function verify(store: EventStore, views: ReadModelTables): Promise<Verification> {
  return views.inSnapshot(async (stored) => {
    const { position } = await checkpointOf(stored);
    const ledger = await verifyLedger(store);
    const compared = await compareWithFresh(store, stored, position);
    const findings = [
      ...ledger.findings,
      ...beyond(position, await store.head().catch(() => position)),
      ...compared.findings,
    ].slice(0, MOST_FINDINGS);
    return { events: ledger.events, streams: ledger.streams, rows: compared.rows, position, findings };
  });
}

/** Reports views that are ahead of the ledger. An unreadable ledger is reported elsewhere. */
function beyond(position: number, head: number): Finding[] {
  return position > head
    ? [
        {
          finding: `the views stand at position ${position}, the ledger ends at ${head}. \`tracker rebuild\` makes the views anew`,
        },
      ]
    : [];
}

/** Checks the ledger alone, for when no views have been built yet. */
export async function verifyEvents(store: EventStore): Promise<Verification> {
  const { events, streams, findings } = await verifyLedger(store);
  return { events, streams, rows: 0, position: 0, findings: findings.slice(0, MOST_FINDINGS) };
}

async function verifyLedger(
  store: EventStore,
): Promise<{ events: number; streams: number; findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  const states = new Map<string, StreamState>();
  const arrived: RecordedEvent[] = [];
  let [events, last] = [0, 0];
  try {
    for await (const event of store.readAll()) {
      const { position, id, stream } = event;
      const before = states.get(stream) ?? StreamState.of(stream);
      const { faults, state } = faultsOf(event, last, before);
      states.set(stream, state);
      if (event.type === 'EventMoved' && event.data.direction === 'from') arrived.push(event);
      for (const fault of faults) findings.push({ position, event: id, finding: `${stream}: ${fault}` });
      events++;
      last = position;
      if (findings.length >= MOST_FINDINGS) break;
    }
  } catch (error) {
    findings.push({ finding: `the ledger cannot be read beyond position ${last}: ${messageOf(error)}` });
  }
  try {
    for (const { stream, harm } of (await store.harmedStreams?.()) ?? [])
      findings.push({ finding: `${stream} ${harm}` });
  } catch (error) {
    findings.push({ finding: `the streams cannot be looked at: ${messageOf(error)}` });
  }
  for (const [stream, state] of states) {
    for (const { event, message } of state.contradictions()) {
      findings.push({ event, finding: `${stream}: contradicts the others: ${message}` });
    }
  }
  findings.push(...arrived.flatMap((event) => halfMoved(event, states)));
  return { events, streams: states.size, findings };
}

/**
 * Reports an event that was moved here but still counts in its old stream, because the move was interrupted.
 */
function halfMoved(event: RecordedEvent, states: ReadonlyMap<string, StreamState>): Finding[] {
  if (event.type !== 'EventMoved') return [];
  const { stream, counterpart } = event.data;
  const here = states.get(event.stream)?.logged(event.data.event);
  const there = states.get(stream)?.logged(counterpart);
  if (here?.retraction || !there || there.movedTo || there.retraction) return [];
  const finding = `${event.stream}: came from ${stream}, where it still counts as ${counterpart}: the move was cut off. Send it again`;
  return [{ position: event.position, event: event.data.event, finding }];
}

/** An event's faults, and the state after it. `last` is the previous position, `before` the state. */
function faultsOf(
  event: RecordedEvent,
  last: number,
  before: StreamState,
): { readonly faults: readonly string[]; readonly state: StreamState } {
  const { position, revision, id, recordedAt } = event;
  const next = before.revision + 1;
  const faults: string[] = [];
  if (position <= last) faults.push(`stands at position ${position}, after ${last}`);
  if (revision !== next) faults.push(`is revision ${revision}, but ${next} comes next`);
  if (before.recorded(id)) faults.push('comes twice in its stream');
  if (recordedAt < before.recordedAt) {
    faults.push(`was recorded at ${recordedAt}, before the event before it (${before.recordedAt})`);
  }
  try {
    return { faults, state: evolve(before, event).state };
  } catch (error) {
    return { faults: [...faults, `cannot be folded: ${messageOf(error)}`], state: before };
  }
}

async function compareWithFresh(
  store: EventStore,
  stored: EntityManager,
  position: number,
): Promise<{ rows: number; findings: readonly Finding[] }> {
  const directory = await makeTemporaryFolder('verify');
  let fresh: SqliteTables | undefined;
  try {
    fresh = await SqliteTables.open(join(directory, 'views.sqlite'), { unindexed: true });
    await new Projector(store, fresh, { batchSize: 5000 }).catchUp(position);
    const differences = await differingRows(stored, fresh.rows.manager, MOST_FINDINGS);
    const parked = await differingParked(stored, fresh.rows.manager);
    const told = toldAt(await checkpointOf(stored), await checkpointOf(fresh.rows.manager));
    return { rows: await rowsOf(stored), findings: [...differences.map(findingOf), ...told, ...parked] };
  } catch (error) {
    return { rows: 0, findings: [{ finding: `the views cannot be computed afresh: ${messageOf(error)}` }] };
  } finally {
    await fresh?.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The instant of the last event matters: nothing is recorded while the clock is behind it. */
function toldAt(mine: ReadModelCheckpoint, due: ReadModelCheckpoint): Finding[] {
  if (mine.position !== due.position || mine.recordedAt === due.recordedAt) return [];
  const { position } = mine;
  const finding = `the views say that this event was recorded at ${mine.recordedAt}; it was at ${due.recordedAt}. \`tracker rebuild\` makes the views anew`;
  return [{ position, finding }];
}

/** A parked stream is projected only up to there, so needless parking hides later events. */
async function differingParked(stored: EntityManager, fresh: EntityManager): Promise<Finding[]> {
  const [mine, due] = [await parkedAt(stored), await parkedAt(fresh)];
  return [...new Set([...mine.keys(), ...due.keys()])].sort().flatMap((stream): Finding[] => {
    const [here, there] = [mine.get(stream), due.get(stream)];
    if (here === there) return [];
    const finding =
      there === undefined
        ? `${stream} is parked in the views at position ${here}, and each event of it can be read. \`tracker unpark ${stream}\` follows it again`
        : `${stream} has an event at position ${there} that cannot be read, and is ${here === undefined ? 'not parked' : `parked at position ${here}`} in the views. \`tracker rebuild\` makes the views anew`;
    return [{ position: there ?? here ?? 0, finding }];
  });
}

async function parkedAt(rows: EntityManager): Promise<ReadonlyMap<string, number>> {
  const parked = await rows.find(ParkedStreamRow);
  return new Map(parked.map(({ stream, position }) => [stream, position]));
}

async function rowsOf(rows: EntityManager): Promise<number> {
  return (await rows.count(SubjectRow)) + (await rows.count(TimelineRow));
}

function findingOf({ table, row, here, there }: RowDifference): Finding {
  const what =
    here === undefined ? 'is missing' : there === undefined ? 'should not be there' : 'differs from the fold';
  const named = row.split('\u0000').join(' ');
  // Rows of the timeline are named by their position.
  return table === 'timeline'
    ? { position: Number(row), finding: `timeline: the row of this event ${what}` }
    : { finding: `records: the row ${named} ${what}` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

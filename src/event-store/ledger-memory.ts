import type { RecordedEvent } from '../domain/ledger/event.js';
import type { EventStore } from './event-store.js';

/**
 * What a component beside the ledger, such as the views or the log, remembers of the events that it has
 * processed.
 */
export interface LedgerMemory {
  /** A name for people, such as "the views". */
  readonly name: string;
  /** Position of the last processed event; 0 if there is none. */
  readonly position: number;
  /**
   * Position of the last event at or before this position that the component can identify; undefined if there
   * is none.
   */
  lastKnown(position: number): Promise<number | undefined>;
  /** Whether an event is the one that the component processed at that position. */
  holds(event: RecordedEvent): Promise<boolean>;
  /** The ids of events processed after a position, as far as the component knows them. */
  idsAfter(position: number, limit: number): Promise<readonly KnownId[]>;
}

export interface KnownId {
  readonly position: number;
  readonly id: string;
}

/** How the ledger differs from what a component remembers. */
export interface Parting {
  readonly memory: string;
  /** The last position where both agree; 0 if they have nothing in common. */
  readonly agreedTo: number;
  /** Position of the last event of the ledger. */
  readonly head: number;
  readonly remembered: number;
  /** The first few remembered events that are not in the ledger. */
  readonly lost: readonly KnownId[];
}

const TOLD = 5;

/**
 * Compares the end and the beginning of a ledger with what a component remembers, and searches for the first
 * difference. Reads O(log n) events; `verify` checks every event in between.
 */
export async function partingOf(store: EventStore, memory: LedgerMemory): Promise<Parting | undefined> {
  const head = await store.head();
  const shared = Math.min(head, memory.position);
  const agrees = (position: number) => agreesAt(store, memory, position);
  if (memory.position <= head && (await agrees(1)) && (await agrees(shared))) return undefined;
  const agreedTo = (await agrees(shared)) ? shared : await lastAgreed(agrees, shared);
  const known = await memory.idsAfter(agreedTo, TOLD);
  // Events at another position of the ledger are not lost: they were only counted differently before.
  const elsewhere = await store.streamsOf(known.map(({ id }) => id));
  const lost = known.filter(({ id }) => !elsewhere.has(id));
  return { memory: memory.name, agreedTo, head, remembered: memory.position, lost };
}

/**
 * Binary search for the last position before `wrong` where both agree: after the first difference, all events
 * differ.
 */
async function lastAgreed(agrees: (position: number) => Promise<boolean>, wrong: number): Promise<number> {
  let [good, bad] = [0, wrong];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (await agrees(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

async function agreesAt(store: EventStore, memory: LedgerMemory, position: number): Promise<boolean> {
  if (position === 0 || memory.position === 0) return true;
  const known = await memory.lastKnown(position);
  if (known === undefined) return true;
  for await (const event of store.readAll({ after: known - 1, limit: 1 }))
    return event.position === known && memory.holds(event);
  return false;
}

/**
 * The ledger is not the one that its log or views were built from. Nothing is recorded until an operator
 * decides.
 */
export class LedgerParted extends Error {
  override readonly name = 'LedgerParted';

  constructor(
    readonly partings: readonly Parting[],
    remedy = REMEDY,
  ) {
    super(
      `The ledger is not the one that was here before.\n${partings.map(sentenceOf).join('\n')}\n${remedy}`,
    );
  }

  /** Describes where ledger and memories differ, without the remedy. */
  get where(): string {
    return this.partings.map(sentenceOf).join(' ');
  }

  /** Whether nothing agrees: the memories belong to another ledger. */
  get isForeign(): boolean {
    return this.partings.some(({ agreedTo, remembered }) => agreedTo === 0 && remembered > 0);
  }
}

const REMEDY = `Nothing was changed. Either bring the events back: put the events.sqlite that belongs to this folder back, or restore the last backup into an empty DATA_DIR (\`tracker restore <folder>\`).
Or accept the ledger as it is now: \`tracker adopt --reason "<why>"\` builds the views anew and tells of it in every later checkpoint. \`tracker verify\` lists what is missing.`;

/** The remedy for a ledger on a server, whose memories are in PostgreSQL. */
export const SERVER_REMEDY = `Nothing was changed. Either bring the events back: put the data of KurrentDB, or the database of POSTGRES_URL, back to a backup in which both are of one time; see docs/server-tier.md. A ledger of another KURRENTDB_URL or KURRENTDB_STREAM_PREFIX needs a database of its own.
Or accept the ledger as it is now: stop all nodes, then \`tracker adopt --reason "<why>"\` builds the views anew and tells of it in every later checkpoint. \`tracker verify\` lists what is missing.`;

/** Describes a parting in one sentence. */
export function sentenceOf({ memory, agreedTo, head, remembered, lost }: Parting): string {
  const where =
    agreedTo === 0
      ? 'have no event in common: it belongs to another ledger'
      : agreedTo === head
        ? `agree up to there`
        : `agree up to position ${agreedTo} and have other events after it`;
  const ids = lost.map(({ position, id }) => `${position} (${id})`).join(', ');
  const missing =
    lost.length === 0
      ? ''
      : ` Not in the ledger any more: ${ids}${remembered - agreedTo > lost.length ? ', …' : ''}.`;
  return `The ledger ends at position ${head}, ${memory} at ${remembered}; they ${where}.${missing}`;
}

import { createHash } from 'node:crypto';
import { EVENT_TYPES } from '../domain/events/catalogue.js';
import { newestVersion, versionsKnown } from '../domain/events/versions.js';
import { TABLES } from './rows.js';
import type { AnyTable } from './table.js';
import type { ReadModelTables } from './tables.js';

/** Raise it whenever the rows of the same events come out otherwise: `generation-name.spec.ts` says when. */
export const FOLD = 11;

/** What decides what the rows of a ledger hold. */
export interface ShapeOfViews {
  readonly tables: readonly AnyTable[];
  readonly fold: number;
  /** How many versions of each type are known: what could not be understood may be now. */
  readonly types: Readonly<Record<string, number>>;
}

export const shapeOfViews = (): ShapeOfViews => ({
  tables: TABLES,
  fold: FOLD,
  types: Object.fromEntries(EVENT_TYPES.map((type) => [type, newestVersion(type)])),
});

/** The name of all generations of a shape. Views of another name are not read: those of today are built beside them. */
export const nameOf = (shape: ShapeOfViews): string =>
  createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 16);

/** What this release makes. */
export const TODAY = {
  name: nameOf(shapeOfViews()),
  /** A name says nothing of before and after. This does: neither what is known of types nor the fold is ever less. */
  version: FOLD * 10_000 + versionsKnown(),
} as const;

/** Which set of view tables is live. */
export interface GenerationsKept {
  /** Of their shape; absent where a release made them that named none. */
  readonly name?: string | undefined;
  /** Orders releases. */
  readonly version: number;
  readonly live: number;
  /** The one before, kept for rollback. */
  readonly previous?: number | undefined;
}

/** What the node that keeps views is told. */
export interface GenerationsNode {
  /** It is this node's turn to project. */
  project(): void;
  /** The turn may be another's from now on. Resolves once nothing is projected here any more. */
  rest(): Promise<void>;
  /** Another node may have projected or switched. */
  look(): Promise<void>;
  /** Somebody at another node waits for what is not projected yet. */
  flush(): void;
  failed(error: unknown): void;
}

/**
 * The sets of view tables, numbered, one of them live, and who may do what with them: files of one process, or schemas
 * that several nodes share.
 */
export interface Generations {
  /** Which set is live. The first one is made, and one beside those of another version. */
  generations(): Promise<GenerationsKept>;

  /** Opens a set, and makes it where there is none. `forBuild` leaves the indexes out, which `Views.index` then makes. */
  open(generation: number, options?: { readonly forBuild?: boolean }): Promise<ReadModelTables>;

  /** Makes another set live, in one step. */
  pointTo(generations: GenerationsKept): Promise<void>;

  /** Removes all sets but these, as far as nobody reads them any more. */
  keepOnly(generations: readonly number[]): Promise<void>;

  /** Makes an empty set live in the place of all that there are, in whichever state those are. */
  startAnew(): Promise<void>;

  /** Runs work on sets that no other node does at the same time. Throws RebuildUnderWay where one does. */
  alone<T>(work: () => Promise<T>): Promise<T>;

  /** Takes part in the turns of projecting until `close`. */
  joinElection(node: GenerationsNode): void;

  /** Tells the projecting node that somebody waits. */
  flush(): void;

  close(): Promise<void>;
}

/** Only one rebuild at a time. */
export class RebuildUnderWay extends Error {
  override readonly name = 'RebuildUnderWay';
  constructor() {
    super('the views are being rebuilt already');
  }
}

/** Views were never rebuilt, so there are none to go back to. */
export class NoEarlierGeneration extends Error {
  override readonly name = 'NoEarlierGeneration';
  constructor() {
    super('there are no earlier views to go back to');
  }
}

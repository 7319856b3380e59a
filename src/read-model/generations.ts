import { createHash } from 'node:crypto';
import { EVENT_TYPES } from '../domain/events/catalogue.js';
import { newestVersion, versionsKnown } from '../domain/events/versions.js';
import { TABLES } from './rows.js';
import type { AnyTable } from './table.js';
import type { BuiltTables } from './made-rows.js';

/** Increase it whenever the same events give different rows. `generation-name.spec.ts` says when. */
export const FOLD = 12;

/** Everything that determines the rows of a ledger's views. */
export interface ShapeOfViews {
  readonly tables: readonly AnyTable[];
  readonly fold: number;
  /** Known versions per type: a newer release may understand events that an older one could not. */
  readonly types: Readonly<Record<string, number>>;
}

export const shapeOfViews = (): ShapeOfViews => ({
  tables: TABLES,
  fold: FOLD,
  types: Object.fromEntries(EVENT_TYPES.map((type) => [type, newestVersion(type)])),
});

/** The name of a shape's generations. Views with another name are not read; new ones are built. */
export const nameOf = (shape: ShapeOfViews): string =>
  createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 16);

/** The generation that this release makes. */
export const TODAY = {
  name: nameOf(shapeOfViews()),
  /** Orders releases, which names cannot: the known types and the fold only ever increase. */
  version: FOLD * 10_000 + versionsKnown(),
} as const;

/** The live set of view tables. */
export interface GenerationsKept {
  /** Name of its shape; absent if an older release made it without a name. */
  readonly name?: string | undefined;
  /** Orders releases. */
  readonly version: number;
  readonly live: number;
  /** The previous set, kept for rollback. */
  readonly previous?: number | undefined;
}

/** Callbacks of the node that keeps views. */
export interface GenerationsNode {
  /** It is this node's turn to project. */
  project(): void;
  /** Another node may take the turn. Resolves once this node no longer projects. */
  rest(): Promise<void>;
  /** Another node may have projected or switched. */
  look(): Promise<void>;
  /** A reader at another node waits for events that are not projected yet. */
  flush(): void;
  failed(error: unknown): void;
}

/**
 * The numbered sets of view tables, one of them live, and the coordination between their users. They are
 * files of one process, or schemas that several nodes share.
 */
export interface Generations {
  /** Returns which set is live. Creates the first set, or a new one beside sets of another version. */
  generations(): Promise<GenerationsKept>;

  /**
   * Opens a set, creating it if it does not exist. With `forBuild` the indexes are left out;
   * `ReadModelTables.index` creates them later.
   */
  open(generation: number, options?: { readonly forBuild?: boolean }): Promise<BuiltTables>;

  /** Makes another set live, atomically. */
  pointTo(generations: GenerationsKept): Promise<void>;

  /** Removes all other sets that nobody reads any more. */
  keepOnly(generations: readonly number[]): Promise<void>;

  /** Makes an empty set live, whatever state the existing ones are in. */
  startAnew(): Promise<void>;

  /** Runs work exclusively among all nodes. Throws RebuildUnderWay if another node has work running. */
  alone<T>(work: () => Promise<T>): Promise<T>;

  /** Joins the election of the projecting node until `close`. */
  joinElection(node: GenerationsNode): void;

  /** Tells the projecting node that a reader is waiting. */
  flush(): void;

  close(): Promise<void>;
}

/** Only one rebuild can run at a time. */
export class RebuildUnderWay extends Error {
  override readonly name = 'RebuildUnderWay';
  constructor() {
    super('the views are being rebuilt already');
  }
}

/** The views were never rebuilt, so there is no earlier generation. */
export class NoEarlierGeneration extends Error {
  override readonly name = 'NoEarlierGeneration';
  constructor() {
    super('there are no earlier views to go back to');
  }
}

import { versionsKnown } from '../domain/events/versions.js';
import type { ReadModelTables } from './tables.js';

/** What the views' tables and records look like. Raise it whenever either changes. */
const SHAPE = 8;

/**
 * Views of another version are not read but built anew beside them, and those of a newer one are another release's. It grows
 * with the catalogue as well: what could not be understood may be now.
 */
export const ROWS_VERSION = SHAPE * 10_000 + versionsKnown();

/** Which set of view tables is live. */
export interface GenerationsKept {
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

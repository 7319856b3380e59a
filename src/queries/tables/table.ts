import type { Clocks } from '../../domain/ledger/clocks.js';
import type { AutomakerReader } from '../automaker-reader.js';
import type { TimelineEntry } from '../events/timeline.js';
import type { CompanyDirectory } from '../../domain/state/company-directory.js';

export type TableCell = string | number | boolean | undefined;
export type TableRow = readonly TableCell[];

/** A column in the terms of Table Schema (Frictionless). */
export interface TableField {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'object';
  readonly description: string;
  readonly required?: true;
  readonly enum?: readonly string[];
}

/** A column that refers to rows of another table. */
export interface TableReference {
  readonly field: string;
  readonly table: string;
  readonly of: string;
}

/** The source of a table's rows, as of three clocks. */
export interface TableSource {
  readonly clocks: Clocks;
  readonly states: AutomakerReader;
  /** All events visible on these clocks, in the order of recording. */
  events(): AsyncIterable<TimelineEntry>;
  companies(): Promise<CompanyDirectory>;
}

/** The ledger, or something derived from it, as a table with one row per key. */
export interface LedgerTable {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly fields: readonly TableField[];
  readonly key: readonly string[];
  readonly references: readonly TableReference[];
  /** The order depends on the ledger alone. */
  rows(source: TableSource): AsyncIterable<TableRow>;
}

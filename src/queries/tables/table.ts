import type { Clocks } from '../../domain/ledger/clocks.js';
import type { AutomakerReader } from '../automaker-reader.js';
import type { TimelineEntry } from '../events/timeline.js';
import type { CompanyDirectory } from '../../domain/state/company-directory.js';

export type TableCell = string | number | boolean | undefined;
export type TableRow = readonly TableCell[];

/** A column, in the words of Table Schema (Frictionless). */
export interface TableField {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'object';
  readonly description: string;
  readonly required?: true;
  readonly enum?: readonly string[];
}

/** A column that names rows of another table. */
export interface TableReference {
  readonly field: string;
  readonly table: string;
  readonly of: string;
}

/** What the rows of a table are made from, as of three clocks. */
export interface TableSource {
  readonly clocks: Clocks;
  readonly states: AutomakerReader;
  /** All events that these clocks let through, in the order of recording. */
  events(): AsyncIterable<TimelineEntry>;
  companies(): Promise<CompanyDirectory>;
}

/** The ledger, or what it amounts to, as a table with one row for each of its keys. */
export interface LedgerTable {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly fields: readonly TableField[];
  readonly key: readonly string[];
  readonly references: readonly TableReference[];
  /** In an order that follows from the ledger alone. */
  rows(source: TableSource): AsyncIterable<TableRow>;
}

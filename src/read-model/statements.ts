import {
  CHECKPOINT,
  MOVED_COLUMNS,
  OUTLINE_COLUMNS,
  OUTLINES,
  PARKED_COLUMNS,
  PARKED_STREAMS,
  PAST_COLUMNS,
  PASTS,
  RECORD_COLUMNS,
  RECORD_KEY,
  RECORDS,
  TABLES,
  TIMELINE,
  TIMELINE_COLUMNS,
} from './rows.js';
import { columnsOf, type AnyTable, type Column } from './table.js';

/** What differs between the statements of the two databases. */
export interface Dialect {
  readonly types: Readonly<Record<Column['type'], string>>;
  /** A parameter of a statement, counted from 1. */
  readonly parameter: (index: number) => string;
  /** The VALUES clause or the query for the rows passed to a statement, with the given columns. */
  readonly handed: (columns: readonly Column[]) => string;
}

/** Quotes column names for both databases: PostgreSQL lower-cases unquoted names. */
export const namesOf = (columns: readonly string[]): string =>
  columns.map((column) => `"${column}"`).join(', ');

/** The statements that create a table and, by name, its indexes. */
function creationOf(table: AnyTable, { types }: Dialect) {
  const { name, columns, key } = table;
  const declared = Object.entries(columns).map(([column, { type, isNullable }]) => {
    // In SQLite a single INTEGER PRIMARY KEY is the row id.
    const isRowId = key.length === 1 && key[0] === column;
    return `"${column}" ${types[type]}${isRowId ? ' PRIMARY KEY' : isNullable ? '' : ' NOT NULL'}`;
  });
  const primary = key.length === 1 ? [] : [`PRIMARY KEY (${namesOf(key)})`];
  return {
    table: `CREATE TABLE ${name} (${[...declared, ...primary].join(', ')})`,
    indexes: table.indexes.map((index): readonly [name: string, statement: string] => {
      const { where } = index;
      const condition = where ? ` WHERE "${where.column}" IS ${where.isNull ? '' : 'NOT '}NULL` : '';
      const over = `${name} (${namesOf(index.columns)})${condition}`;
      return [index.name, `CREATE INDEX IF NOT EXISTS ${index.name} ON ${over}`];
    }),
  };
}

/** Inserts records or replaces those with the same key. `rows` is a VALUES clause, or a query of PostgreSQL. */
export const upsertRecords = (rows: string): string =>
  `INSERT INTO records (${namesOf(RECORD_COLUMNS)}) ${rows}
   ${onConflict(RECORDS)}`;

/** Replaces every column of a row that has the same key. */
function onConflict({ columns, key }: AnyTable): string {
  const others = Object.keys(columns).filter((column) => !key.includes(column));
  const replaced = others.map((column) => `"${column}" = excluded."${column}"`);
  return `ON CONFLICT (${namesOf(key)}) DO UPDATE SET ${replaced.join(', ')}`;
}

/** The statements that write changes to the views. Each takes rows with the columns it names. */
export function statementsOf(dialect: Dialect) {
  const { handed, parameter } = dialect;
  const rowsOf = ({ columns }: AnyTable, wanted: readonly string[]) =>
    handed(wanted.flatMap((column) => columns[column] ?? []));
  const checkpoint = columnsOf(CHECKPOINT);
  const [, ...moved] = MOVED_COLUMNS;
  return {
    tables: TABLES.map((table) => creationOf(table, dialect).table),
    indexes: TABLES.flatMap((table) => creationOf(table, dialect).indexes),
    /** Takes `id`, `position`, `recordedAt`, `version`. No effect unless the version follows. */
    setCheckpoint: `INSERT INTO checkpoint (${namesOf(checkpoint)})
      VALUES (${checkpoint.map((_, index) => parameter(index + 1)).join(', ')})
      ${onConflict(CHECKPOINT)}
      WHERE checkpoint.version = excluded.version - 1`,
    /** Each deletes all rows of the given streams. */
    clear: [
      ...[RECORDS, TIMELINE, PARKED_STREAMS].map(
        (table) => `DELETE FROM ${table.name} WHERE stream IN (${rowsOf(table, ['stream'])})`,
      ),
      // No later events tell what changed in a reprojected stream, so all outlines are recomputed.
      `DELETE FROM outlines_reached WHERE EXISTS (${rowsOf(RECORDS, ['stream'])})`,
    ],
    upsertRecords: upsertRecords(rowsOf(RECORDS, RECORD_COLUMNS)),
    deleteRecords: `DELETE FROM records WHERE (${namesOf(RECORD_KEY)}) IN (${rowsOf(RECORDS, RECORD_KEY)})`,
    insertTimeline: `INSERT INTO timeline (${namesOf(TIMELINE_COLUMNS)}) ${rowsOf(TIMELINE, TIMELINE_COLUMNS)}`,
    moveTimeline: `WITH new (${namesOf(MOVED_COLUMNS)}) AS (${rowsOf(TIMELINE, MOVED_COLUMNS)})
      UPDATE timeline SET ${moved.map((column) => `"${column}" = new."${column}"`).join(', ')}
      FROM new WHERE timeline.position = new.position`,
    park: `INSERT INTO parked_streams (${namesOf(PARKED_COLUMNS)}) ${rowsOf(PARKED_STREAMS, PARKED_COLUMNS)}
      ON CONFLICT (stream) DO NOTHING`,
    /** Takes `position`, `made`, `version` of the first outlines. No effect if some of this format exist. */
    firstOutlines: `INSERT INTO outlines_reached (id, position, made, version)
      VALUES (1, ${[1, 2, 3].map(parameter).join(', ')})
      ON CONFLICT (id) DO UPDATE SET position = excluded.position, made = excluded.made, version = excluded.version
      WHERE outlines_reached.made <> excluded.made`,
    /** Takes `position`, `version`, `made`, `version`. No effect unless the version follows. */
    nextOutlines: `UPDATE outlines_reached SET position = ${parameter(1)}, version = ${parameter(2)}
      WHERE id = 1 AND made = ${parameter(3)} AND version + 1 = ${parameter(4)}`,
    upsertOutlines: `INSERT INTO outlines (${namesOf(OUTLINE_COLUMNS)}) ${rowsOf(OUTLINES, OUTLINE_COLUMNS)}
      ${onConflict(OUTLINES)}`,
    deleteOutlines: `DELETE FROM outlines WHERE stream IN (${rowsOf(OUTLINES, ['stream'])})`,
    upsertPasts: `INSERT INTO pasts (${namesOf(PAST_COLUMNS)}) ${rowsOf(PASTS, PAST_COLUMNS)}
      ${onConflict(PASTS)}`,
    /** Takes `stream`, `until`. A past that ends earlier stays. */
    endPasts: `WITH new (${namesOf(['stream', 'until'])}) AS (${rowsOf(PASTS, ['stream', 'until'])})
      UPDATE pasts SET until = new.until
      FROM new WHERE pasts.stream = new.stream AND pasts.until > new.until`,
  };
}

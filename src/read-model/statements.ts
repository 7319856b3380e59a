import {
  CHECKPOINT,
  MOVED_COLUMNS,
  OUTLINE_COLUMNS,
  OUTLINES,
  PARKED_COLUMNS,
  PARKED_STREAMS,
  RECORD_COLUMNS,
  RECORD_KEY,
  RECORDS,
  TABLES,
  TIMELINE,
  TIMELINE_COLUMNS,
} from './rows.js';
import { columnsOf, type AnyTable, type Column } from './table.js';

/** In what the statements of the two databases differ. */
export interface Dialect {
  readonly types: Readonly<Record<Column['type'], string>>;
  /** A parameter of a statement, from 1. */
  readonly parameter: (index: number) => string;
  /** The question for the rows that a statement is handed, of columns in their order. It takes a condition after it. */
  readonly handed: (columns: readonly Column[]) => string;
}

/** Names of columns, as both databases take them: PostgreSQL would read one without quotation marks in lower case. */
export const namesOf = (columns: readonly string[]): string =>
  columns.map((column) => `"${column}"`).join(', ');

/** What makes a table, and its indexes by name. */
function creationOf(table: AnyTable, { types }: Dialect) {
  const { name, columns, key } = table;
  const declared = Object.entries(columns).map(([column, { type, isNullable }]) => {
    // SQLite makes the number that names a row of a single INTEGER key.
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

/** Puts rows in records, in the place of those of their key. `rows` takes a condition: without one, SQLite takes ON CONFLICT for a join's. */
export const upsertRecords = (rows: string): string =>
  `INSERT INTO records (${namesOf(RECORD_COLUMNS)}) ${rows} WHERE true
   ON CONFLICT (${namesOf(RECORD_KEY)}) DO UPDATE SET doc = excluded.doc`;

/** What writes changes to the views, in either database. Each takes rows of the columns that it is told for. */
export function statementsOf(dialect: Dialect) {
  const { handed, parameter } = dialect;
  const rowsOf = ({ columns }: AnyTable, wanted: readonly string[]) =>
    handed(wanted.flatMap((column) => columns[column] ?? []));
  const checkpoint = columnsOf(CHECKPOINT);
  const [, ...told] = checkpoint;
  const [, ...moved] = MOVED_COLUMNS;
  return {
    tables: TABLES.map((table) => creationOf(table, dialect).table),
    indexes: TABLES.flatMap((table) => creationOf(table, dialect).indexes),
    /** `id`, `position`, `recordedAt`, `version`. It changes nothing where the views do not stand at the version before. */
    setCheckpoint: `INSERT INTO checkpoint (${namesOf(checkpoint)})
      VALUES (${checkpoint.map((_, index) => parameter(index + 1)).join(', ')})
      ON CONFLICT (id) DO UPDATE SET ${told.map((column) => `"${column}" = excluded."${column}"`).join(', ')}
      WHERE checkpoint.version = excluded.version - 1`,
    /** Streams of which all rows go. */
    clear: [
      ...[RECORDS, TIMELINE, PARKED_STREAMS].map(
        (table) => `DELETE FROM ${table.name} WHERE stream IN (${rowsOf(table, ['stream'])})`,
      ),
      // What is told anew has no news after a position: outlines are worked out anew.
      `DELETE FROM outlines_reached WHERE EXISTS (${rowsOf(RECORDS, ['stream'])})`,
    ],
    upsertRecords: upsertRecords(rowsOf(RECORDS, RECORD_COLUMNS)),
    deleteRecords: `DELETE FROM records WHERE (${namesOf(RECORD_KEY)}) IN (${rowsOf(RECORDS, RECORD_KEY)})`,
    insertTimeline: `INSERT INTO timeline (${namesOf(TIMELINE_COLUMNS)}) ${rowsOf(TIMELINE, TIMELINE_COLUMNS)}`,
    moveTimeline: `WITH new (${namesOf(MOVED_COLUMNS)}) AS (${rowsOf(TIMELINE, MOVED_COLUMNS)})
      UPDATE timeline SET ${moved.map((column) => `"${column}" = new."${column}"`).join(', ')}
      FROM new WHERE timeline.position = new.position`,
    park: `INSERT INTO parked_streams (${namesOf(PARKED_COLUMNS)}) ${rowsOf(PARKED_STREAMS, PARKED_COLUMNS)} WHERE true
      ON CONFLICT (stream) DO NOTHING`,
    /** `position`, `made`, `version` of the first outlines. It changes nothing where there are others that look the same. */
    firstOutlines: `INSERT INTO outlines_reached (id, position, made, version)
      VALUES (1, ${[1, 2, 3].map(parameter).join(', ')})
      ON CONFLICT (id) DO UPDATE SET position = excluded.position, made = excluded.made, version = excluded.version
      WHERE outlines_reached.made <> excluded.made`,
    /** `position`, `version`, `made` and `version` once more. It changes nothing where the outlines do not stand at the version before. */
    nextOutlines: `UPDATE outlines_reached SET position = ${parameter(1)}, version = ${parameter(2)}
      WHERE id = 1 AND made = ${parameter(3)} AND version + 1 = ${parameter(4)}`,
    upsertOutlines: `INSERT INTO outlines (${namesOf(OUTLINE_COLUMNS)}) ${rowsOf(OUTLINES, OUTLINE_COLUMNS)} WHERE true
      ON CONFLICT (stream) DO UPDATE SET doc = excluded.doc, shown = excluded.shown, "shownOn" = excluded."shownOn"`,
    deleteOutlines: `DELETE FROM outlines WHERE stream IN (${rowsOf(OUTLINES, ['stream'])})`,
  };
}

import type { CheckpointRow, ParkedStreamRow, SubjectRow, TimelineRow } from './rows.js';

/** A column: `position` is a place in the ledger, which may outgrow 32 bits. */
interface Column {
  readonly type: 'text' | 'integer' | 'position';
  readonly isNullable?: true;
}

interface Table<Row> {
  readonly name: string;
  readonly columns: Readonly<Record<keyof Row & string, Column>>;
  readonly key: readonly (keyof Row & string)[];
}

/** A table with its rows forgotten. */
interface AnyTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: readonly string[];
}

const TEXT: Column = { type: 'text' };
const NULLABLE_TEXT: Column = { type: 'text', isNullable: true };
const INTEGER: Column = { type: 'integer' };
const POSITION: Column = { type: 'position' };

export const RECORDS: Table<SubjectRow> = {
  name: 'records',
  columns: { stream: TEXT, kind: TEXT, key: TEXT, part: INTEGER, doc: TEXT },
  key: ['stream', 'kind', 'key', 'part'],
};

export const TIMELINE: Table<TimelineRow> = {
  name: 'timeline',
  columns: {
    position: POSITION,
    id: TEXT,
    stream: TEXT,
    revision: INTEGER,
    type: TEXT,
    about: NULLABLE_TEXT,
    subject: TEXT,
    markets: TEXT,
    day: TEXT,
    published: NULLABLE_TEXT,
    recordedAt: TEXT,
    recordedBy: TEXT,
    standing: TEXT,
    body: TEXT,
  },
  key: ['position'],
};

export const CHECKPOINT: Table<CheckpointRow> = {
  name: 'checkpoint',
  columns: { id: INTEGER, position: POSITION, recordedAt: TEXT, version: POSITION },
  key: ['id'],
};

export const PARKED_STREAMS: Table<ParkedStreamRow> = {
  name: 'parked_streams',
  columns: { stream: TEXT, position: POSITION, event: TEXT, error: TEXT, parkedAt: TEXT },
  key: ['stream'],
};

export const TABLES = [RECORDS, TIMELINE, CHECKPOINT, PARKED_STREAMS] as const;

/**
 * The indexes, by name. None is unique but the keys: ids are unique in a ledger, and where somebody edited it, the rows have
 * to come to its end all the same, for `verify` to tell.
 */
export const INDEXES: Readonly<Record<string, string>> = {
  records_by_kind: 'records (kind, key)',
  timeline_by_id: 'timeline (id)',
  timeline_by_day: 'timeline (day, position)',
  timeline_by_stream: 'timeline (stream, day, position)',
  timeline_by_about: 'timeline (about) WHERE about IS NOT NULL',
  timeline_undated: 'timeline (stream, day) WHERE published IS NULL',
};

/** Columns that an event of an earlier position may change. */
export const MOVED_COLUMNS = ['position', 'subject', 'markets', 'day', 'published', 'standing'] as const;

export const columnsOf = <Row>({ columns }: Table<Row>): readonly (keyof Row & string)[] =>
  Object.keys(columns) as (keyof Row & string)[];

export const RECORD_COLUMNS = columnsOf(RECORDS);
export const TIMELINE_COLUMNS = columnsOf(TIMELINE);
export const PARKED_COLUMNS = columnsOf(PARKED_STREAMS);

const TYPES = {
  sqlite: { text: 'TEXT', integer: 'INTEGER', position: 'INTEGER' },
  // Texts are ordered by their bytes, as in SQLite: paging and comparing rest on it.
  postgres: { text: 'text COLLATE "C"', integer: 'integer', position: 'bigint' },
} as const;

/** The statement that makes a table in one of the two databases. */
export function creationOf({ name, columns, key }: AnyTable, database: keyof typeof TYPES): string {
  const types = TYPES[database];
  const declared = Object.entries(columns).map(([column, { type, isNullable }]) => {
    // SQLite makes the number that names a row of a single INTEGER key.
    const isRowId = key.length === 1 && key[0] === column;
    return `"${column}" ${types[type]}${isRowId ? ' PRIMARY KEY' : isNullable ? '' : ' NOT NULL'}`;
  });
  const primary = key.length === 1 ? [] : [`PRIMARY KEY (${key.join(', ')})`];
  return `CREATE TABLE ${name} (${[...declared, ...primary].join(', ')})`;
}

/** Rows as PostgreSQL takes them: one array a column, as parameters in their order. */
export function arraysOf<Row>({ columns }: Table<Row>, wanted: readonly (keyof Row & string)[]): string {
  const type = { text: 'text[]', integer: 'integer[]', position: 'bigint[]' } as const;
  return wanted.map((column, index) => `$${index + 1}::${type[columns[column].type]}`).join(', ');
}

/** Names of columns for a statement of either database. */
export const namesOf = (columns: readonly string[]): string =>
  columns.map((column) => `"${column}"`).join(', ');

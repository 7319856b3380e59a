/** A column. `position` is a position in the ledger, which may exceed 32 bits. */
export interface Column {
  readonly type: 'text' | 'integer' | 'position';
  readonly isNullable?: boolean;
}

type ColumnOf<Value> = (Exclude<Value, null> extends number
  ? { readonly type: 'integer' | 'position' }
  : { readonly type: 'text' }) &
  (null extends Value ? { readonly isNullable: true } : { readonly isNullable?: false });

type Name<Row> = keyof Row & string;

/** An index over columns, in order. `where` restricts it to rows in which a column is, or is not, null. */
interface Index<Column extends string> {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly where?: { readonly column: Column; readonly isNull: boolean };
}

/**
 * The only definition of a table: the statements of both databases, the TypeORM entity and the name of a
 * generation are derived from it. Only the key is unique. Ids are unique in a ledger too, but if somebody
 * edited it, the rows must still be written to the end for `verify` to report it.
 */
export interface Table<Row> {
  readonly name: string;
  readonly columns: { readonly [K in Name<Row>]: ColumnOf<Row[K]> };
  readonly key: readonly Name<Row>[];
  readonly indexes: readonly Index<Name<Row>>[];
}

/** A table without its row type. */
export interface AnyTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: readonly string[];
  readonly indexes: readonly Index<string>[];
}

export const columnsOf = <Row>({ columns }: Table<Row>): readonly Name<Row>[] =>
  Object.keys(columns) as Name<Row>[];

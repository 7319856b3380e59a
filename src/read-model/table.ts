import { EntitySchema } from 'typeorm';

/** A column: `position` is a place in the ledger, which may outgrow 32 bits. */
export interface Column {
  readonly type: 'text' | 'integer' | 'position';
  readonly isNullable?: boolean;
}

type ColumnOf<Value> = (Exclude<Value, null> extends number
  ? { readonly type: 'integer' | 'position' }
  : { readonly type: 'text' }) &
  (null extends Value ? { readonly isNullable: true } : { readonly isNullable?: false });

type Name<Row> = keyof Row & string;

/** An index, over columns in their order; `where` leaves out rows of which a column is null, or is not. */
interface Index<Column extends string> {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly where?: { readonly column: Column; readonly isNull: boolean };
}

/**
 * All that is said of a table: statements of both databases, the entity of TypeORM and the name of a generation come from it.
 * None of the indexes is unique but the key: ids are unique in a ledger, and where somebody edited it, the rows have to come
 * to its end all the same, for `verify` to tell.
 */
export interface Table<Row> {
  readonly name: string;
  readonly columns: { readonly [K in Name<Row>]: ColumnOf<Row[K]> };
  readonly key: readonly Name<Row>[];
  readonly indexes: readonly Index<Name<Row>>[];
}

/** A table with its rows forgotten. */
export interface AnyTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: readonly string[];
  readonly indexes: readonly Index<string>[];
}

export const columnsOf = <Row>({ columns }: Table<Row>): readonly Name<Row>[] =>
  Object.keys(columns) as Name<Row>[];

/** What TypeORM asks the table by. Positions are integers to it: the drivers give them as numbers. */
export function entityOf<Row extends object>(table: Table<Row>): EntitySchema<Row> {
  const { name, columns, key }: AnyTable = table;
  return new EntitySchema<Row>({
    name,
    columns: Object.fromEntries(
      Object.entries(columns).map(([column, { type, isNullable = false }]) => [
        column,
        { type: type === 'text' ? 'text' : 'integer', nullable: isNullable, primary: key.includes(column) },
      ]),
    ) as never,
  });
}

import type { SnapshotPoint } from '../queries/tables/find-snapshot.js';
import type { LedgerTable, TableField } from '../queries/tables/table.js';
import type { FileMeasure } from './measured.js';

/** A file in the description of a package. */
export interface PackagedFile extends FileMeasure {
  readonly name: string;
  readonly path: string;
  readonly title: string;
  readonly mediatype: string;
  /** For a table: its columns. */
  readonly table?: Pick<LedgerTable, 'description' | 'fields' | 'key' | 'references'>;
}

export interface PackageText {
  readonly title: string;
  readonly description: string;
}

/** The licence of this software and of the ledger shipped with it. */
const LICENCE = { name: 'MIT', title: 'MIT License', path: 'LICENSE.txt' };

/** The description of a package (Frictionless Data Package 2), derived from the ledger alone. */
export function dataPackage(
  { title, description }: PackageText,
  { position, recordedAt }: SnapshotPoint,
  files: readonly PackagedFile[],
): object {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'market-expansion-tracker',
    title,
    description,
    version: String(position),
    created: recordedAt,
    licenses: [LICENCE],
    keywords: ['automakers', 'market expansion', 'targets', 'event ledger'],
    resources: files.map(resourceOf),
  };
}

function resourceOf({ name, path, title, mediatype, bytes, sha256, table }: PackagedFile): object {
  return {
    name,
    path,
    title,
    ...(table && { description: table.description }),
    ...(table && { type: 'table' }),
    format: path.slice(path.lastIndexOf('.') + 1),
    mediatype,
    encoding: 'utf-8',
    bytes,
    hash: `sha256:${sha256}`,
    ...(table && { schema: schemaOf(table) }),
  };
}

function schemaOf({ fields, key, references }: Pick<LedgerTable, 'fields' | 'key' | 'references'>): object {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
    fields: fields.map(fieldOf),
    missingValues: [''],
    primaryKey: key,
    ...(references.length > 0 && {
      foreignKeys: references.map(({ field, table, of }) => ({
        fields: [field],
        reference: { resource: table, fields: [of] },
      })),
    }),
  };
}

function fieldOf({ name, type, description, required, enum: values }: TableField): object {
  const constraints = { ...(required && { required }), ...(values && { enum: values }) };
  return {
    name,
    type,
    description,
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
}

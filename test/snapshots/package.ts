import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import type DatabaseType from 'libsql';

// The package is CommonJS.
const Database = createRequire(import.meta.url)('libsql') as typeof DatabaseType;

const PROFILE = JSON.parse(
  readFileSync(join(import.meta.dirname, 'data-package-profile.json'), 'utf8'),
) as object;

interface Field {
  readonly name: string;
  readonly type: string;
  readonly constraints?: { readonly required?: boolean; readonly enum?: readonly string[] };
}
export interface Resource {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
  readonly schema?: {
    readonly fields: readonly Field[];
    readonly primaryKey: readonly string[];
    readonly foreignKeys?: readonly {
      readonly fields: readonly string[];
      readonly reference: { readonly resource: string; readonly fields: readonly string[] };
    }[];
  };
}

/** A Data Package from its archive. */
export class OpenPackage {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly described: { readonly version: string; readonly resources: readonly Resource[] };

  constructor(archive: Uint8Array) {
    this.files = new Map(
      Object.entries(unzipSync(archive)).map(([name, bytes]) => [name, Buffer.from(bytes)]),
    );
    this.described = JSON.parse(this.text('datapackage.json')) as OpenPackage['described'];
  }

  text(name: string): string {
    const file = this.files.get(name);
    if (!file) throw new Error(`the archive has no ${name}`);
    return file.toString('utf8');
  }

  rows(name: string): Record<string, string>[] {
    return parse(this.text(`${name}.csv`), { columns: true });
  }

  /**
   * Everything that is wrong with it, by its profile, its hashes, and the types, keys and references of its
   * tables.
   */
  faults(): string[] {
    const ajv = new Ajv({ allErrors: true, strict: false });
    const isValid = ajv.compile(PROFILE);
    const faults = isValid(this.described) ? [] : [ajv.errorsText(isValid.errors)];
    for (const resource of this.described.resources) {
      const file = this.files.get(resource.path);
      const hash = file && `sha256:${createHash('sha256').update(file).digest('hex')}`;
      if (hash !== resource.hash || file?.byteLength !== resource.bytes)
        faults.push(`${resource.path} is not what is described`);
      if (resource.schema) faults.push(...this.faultsOfTable(resource));
    }
    return faults;
  }

  private faultsOfTable({ name, schema }: Resource): string[] {
    if (!schema) return [];
    const faults: string[] = [];
    const header = this.text(`${name}.csv`).split('\r\n', 1)[0];
    if (header !== schema.fields.map((field) => field.name).join(',')) faults.push(`${name}: ${header}`);
    const keys = new Set<string>();
    for (const [index, row] of this.rows(name).entries()) {
      for (const field of schema.fields) {
        const fault = faultOf(row[field.name] ?? '', field);
        if (fault !== undefined) faults.push(`${name} ${index + 1} ${field.name} ${fault}`);
      }
      keys.add(JSON.stringify(schema.primaryKey.map((field) => row[field])));
    }
    if (keys.size !== this.rows(name).length) faults.push(`${name}: a key names two rows`);
    for (const { fields, reference } of schema.foreignKeys ?? []) {
      const known = new Set(this.rows(reference.resource).map((row) => row[reference.fields[0] ?? '']));
      for (const row of this.rows(name)) {
        const value = row[fields[0] ?? ''];
        if (value !== '' && !known.has(value)) faults.push(`${name} names ${value}, which is not there`);
      }
    }
    return faults;
  }

  /** Loads its tables into a database in memory. */
  database(): DatabaseType.Database {
    const database = new Database(':memory:');
    for (const { name, schema } of this.described.resources) {
      if (!schema) continue;
      const columns = schema.fields.map((field) => `"${field.name}" ${SQL_TYPES[field.type] ?? 'TEXT'}`);
      database.exec(`CREATE TABLE "${name}" (${columns.join(', ')})`);
      const insert = database.prepare(
        `INSERT INTO "${name}" VALUES (${schema.fields.map(() => '?').join(', ')})`,
      );
      for (const row of this.rows(name))
        insert.run(...schema.fields.map((field) => valueOf(row[field.name] ?? '', field.type)));
    }
    return database;
  }
}

const SQL_TYPES: Readonly<Record<string, string>> = {
  integer: 'INTEGER',
  boolean: 'INTEGER',
  number: 'REAL',
};

function valueOf(text: string, type: string): string | number | null {
  if (text === '') return null;
  if (type === 'boolean') return text === 'true' ? 1 : 0;
  return type === 'integer' || type === 'number' ? Number(text) : text;
}

const WRITTEN: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?(e[+-]?\d+)?$/,
  boolean: /^(true|false)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  object: /^\{.*\}$/s,
  string: /./s,
};

function faultOf(text: string, { type, constraints }: Field): string | undefined {
  if (text === '') return constraints?.required ? 'is missing' : undefined;
  if (!WRITTEN[type]?.test(text)) return `is no ${type}: ${text}`;
  return constraints?.enum?.includes(text) === false ? `may not be ${text}` : undefined;
}

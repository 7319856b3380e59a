import type { LedgerTable, TableRow } from '../queries/tables/table.js';
import type { PackagedFile } from './data-package.js';
import { measured } from './measured.js';
import { csvLines } from './table-file.js';
import type { ZipEntry } from './zip.js';

/** A table in a package. */
export type PackagedTable = PackagedFile & { readonly rows: number };

/** The files of a package. Each is generated while it is written, and described once complete. */
export class PackageFiles {
  readonly files: PackagedFile[] = [];
  readonly tables: PackagedTable[] = [];

  /** A text file that the description of the package lists. */
  text(
    { name, path, title, mediatype }: Pick<PackagedFile, 'name' | 'path' | 'title' | 'mediatype'>,
    parts: AsyncIterable<string> | Iterable<string>,
  ): ZipEntry {
    const chunks = measured(parts, (measure) =>
      this.files.push({ name, path, title, mediatype, ...measure }),
    );
    return { name: path, chunks };
  }

  table(table: Omit<LedgerTable, 'rows'>, rows: AsyncIterable<TableRow> | Iterable<TableRow>): ZipEntry {
    const { name, title } = table;
    const path = `${name}.csv`;
    let count = 0;
    async function* counted(): AsyncGenerator<TableRow> {
      for await (const row of rows) {
        count += 1;
        yield row;
      }
    }
    const chunks = measured(csvLines(table.fields, counted()), (measure) => {
      const file = { name, path, title, mediatype: 'text/csv', table, ...measure };
      this.files.push(file);
      this.tables.push({ ...file, rows: count });
    });
    return { name: path, chunks };
  }
}

/** A file that the description of the package does not list, such as the description itself. */
export const plainFile = (path: string, text: string): ZipEntry => ({
  name: path,
  chunks: measured([text], () => undefined),
});

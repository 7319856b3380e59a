import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { remedyFor } from '../event-store/damage.js';
import type { Settings } from '../settings.js';

/** A file that belongs to the store is not there any more. Making a new one would hide what was lost with it. */
export class MissingFiles extends Error {
  override readonly name = 'MissingFiles';

  constructor(
    readonly dataDir: string,
    readonly files: readonly string[],
  ) {
    super(
      files
        .map(
          (name) =>
            `${join(dataDir, name)} is missing or empty: it belongs to this store. ${remedyFor(name)}`,
        )
        .join('\n'),
    );
  }
}

/** Where the parts of a store are. */
export type Places = Pick<Settings, 'dataDir' | 'kurrentdbUrl' | 'postgresUrl'>;

/** Names the files of the folder that cannot be computed again, so that one that goes missing is missed. */
const MANIFEST = 'store.json';

/** What a folder has to keep, by what else keeps it. */
function ownFiles({ kurrentdbUrl, postgresUrl }: Places): string[] {
  return [
    ...(kurrentdbUrl === undefined ? ['events.sqlite', 'log.sqlite'] : []),
    ...(postgresUrl === undefined ? ['log-key.pem', 'access.sqlite'] : []),
  ];
}

/** The files of a store that were there and are not any more. */
export function missingFiles(places: Places): string[] {
  const { dataDir } = places;
  const own = ownFiles(places);
  const isThere = (name: string) => holdsSomething(join(dataDir, name));
  const expected = new Set(manifestOf(dataDir) ?? []);
  // Of folders without the list: each of these is made after those before it.
  if (isThere('views.json') || isThere('log.sqlite') || (isThere('log-key.pem') && expected.size > 0))
    for (const name of ['events.sqlite', 'log-key.pem', 'log.sqlite']) expected.add(name);
  return own.filter((name) => expected.has(name) && !isThere(name));
}

/** An empty file is none: SQLite would take it for a new database. Neither is a folder of its name. */
function holdsSomething(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size > 0;
}

/** Throws MissingFiles where a file of the store is gone. */
export function refuseMissingFiles(places: Places, only?: string): void {
  const missing = missingFiles(places).filter((name) => only === undefined || name === only);
  if (missing.length > 0) throw new MissingFiles(places.dataDir, missing);
}

/** Notes that the files that are there belong to the store. `anew` forgets those that are not. */
export function noteFiles(places: Places, { anew = false } = {}): void {
  const { dataDir } = places;
  const before = manifestOf(dataDir);
  const there = ownFiles(places).filter((name) => holdsSomething(join(dataDir, name)));
  const files = [...new Set([...(anew ? [] : (before ?? [])), ...there])].sort();
  if (before?.join() === files.join()) return;
  const file = join(dataDir, MANIFEST);
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify({ files })}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

/** The files that the folder says it has; undefined where the list is missing or unreadable: it is made again. */
function manifestOf(dataDir: string): string[] | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(join(dataDir, MANIFEST), 'utf8'));
    const files: unknown =
      typeof found === 'object' && found !== null && 'files' in found ? found.files : undefined;
    return Array.isArray(files) ? files.filter((name) => typeof name === 'string') : undefined;
  } catch {
    return undefined;
  }
}

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { DoubleLog } from '../event-store/kurrentdb-double/log.js';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The releases whose exports and stores are kept. */
export const RELEASES = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export const textOf = (release: string, file: string): string =>
  gunzipSync(readFileSync(join(here, release, `${file}.gz`))).toString('utf8');

/** Unpacks a file and the files whose names start with its name, and returns its path. */
export function unpack(release: string, file: string, into: string): string {
  unpackAll(release, dirname(file), into, (name) => name.startsWith(basename(file)));
  return join(into, file);
}

/** Unpacks the files of a folder, and returns the path. */
export function unpackFolder(release: string, folder: string, into: string): string {
  unpackAll(release, folder, into, () => true);
  return join(into, folder);
}

function unpackAll(release: string, folder: string, into: string, isWanted: (name: string) => boolean): void {
  const [from, to] = [join(here, release, folder), join(into, folder)];
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from))
    if (name.endsWith('.gz') && isWanted(name))
      writeFileSync(join(to, name.slice(0, -3)), gunzipSync(readFileSync(join(from, name))));
}

/** Fills an empty database from a dump. */
export async function restoreDump(release: string, file: string, url: string): Promise<void> {
  // The dump changes settings of its session, so it gets its own connection.
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(textOf(release, file));
  } finally {
    await client.end();
  }
}

/** Puts saved events unchanged into the log of a server. */
export function restoreLog(release: string, file: string, log: DoubleLog): void {
  for (const line of textOf(release, file).trim().split('\n')) {
    const { stream, data, metadata, ...rest } = JSON.parse(line) as KeptEvent;
    log.append(stream, 'any', [{ ...rest, data: Buffer.from(data), metadata: Buffer.from(metadata) }]);
  }
}

interface KeptEvent {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: string;
  readonly metadata: string;
}

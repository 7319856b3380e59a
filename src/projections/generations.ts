import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the views' tables and records look like. Raise it whenever either changes: views of another version are not
 * read but built anew beside them.
 */
export const VIEWS_VERSION = 2;

/** Which set of view tables is live. Each generation is a file of its own; a pointer file names the live one. */
export interface Generations {
  readonly version: number;
  readonly live: number;
  /** The one before, kept for rollback. */
  readonly previous?: number;
}

const POINTER = 'views.json';

export function readGenerations(directory: string): Generations {
  const file = join(directory, POINTER);
  const fresh = { version: VIEWS_VERSION, live: 1 };
  if (!existsSync(file)) return fresh;
  const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isGenerations(found) ? found : fresh;
}

/** Switches in one step: the pointer is written beside and renamed. */
export function writeGenerations(directory: string, generations: Generations): void {
  const file = join(directory, POINTER);
  writeFileSync(`${file}.new`, JSON.stringify(generations));
  renameSync(`${file}.new`, file);
}

export function generationFile(directory: string, generation: number): string {
  return join(directory, `views-${generation}.sqlite`);
}

export function removeGeneration(directory: string, generation: number): void {
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(generationFile(directory, generation) + suffix, { force: true });
}

function isGenerations(value: unknown): value is Generations {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    typeof value.version === 'number' &&
    'live' in value &&
    typeof value.live === 'number'
  );
}

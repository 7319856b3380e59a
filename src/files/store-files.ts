import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { remedyFor } from '../event-store/damage.js';
import { refuseOtherThanFile, refuseOtherThanFolder } from '../event-store/ordinary-file.js';
import type { ChainMark } from '../event-store/sqlite/act-chain.js';
import { openDatabase, type SqliteDatabase } from '../event-store/sqlite/driver.js';
import type { Settings } from '../settings.js';

/** A file of the store no longer exists. Creating a new one would hide the loss. */
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

/** The settings that tell where the parts of a store are. */
export type Places = Pick<Settings, 'dataDir' | 'kurrentdbUrl' | 'postgresUrl'>;

/**
 * Lists the folder's files that cannot be recomputed, so that a missing one is noticed, and the last entries
 * of their registers. The log has a copy, in case this file is lost.
 */
const MANIFEST = 'store.json';
const LOG = 'log.sqlite';

/** Append-only registers, each with its hash chain in a separate file. */
export type Register = 'checkpoints' | 'keys';

interface Manifest {
  readonly files: readonly string[];
  readonly registers: Readonly<Partial<Record<Register, ChainMark>>>;
}

/** The files that must be in the folder, given the external databases. */
function ownFiles({ kurrentdbUrl, postgresUrl }: Places): string[] {
  return [
    ...(kurrentdbUrl === undefined ? ['events.sqlite', 'log.sqlite'] : []),
    ...(postgresUrl === undefined ? ['log-key.pem', 'access.sqlite'] : []),
  ];
}

/** The files of a store that have disappeared. */
export function missingFiles(places: Places): string[] {
  const { dataDir } = places;
  const own = ownFiles(places);
  const isThere = (name: string) => holdsSomething(join(dataDir, name));
  const expected = new Set(manifestOf(dataDir)?.files);
  // For folders without the list: each of these files is created after the ones before it.
  if (isThere('views.json') || isThere('log.sqlite') || (isThere('log-key.pem') && expected.size > 0))
    for (const name of ['events.sqlite', 'log-key.pem', 'log.sqlite']) expected.add(name);
  return own.filter((name) => expected.has(name) && !isThere(name));
}

/**
 * Whether a file has content. An empty file counts as missing, because SQLite would treat it as a new
 * database. So does a folder with its name.
 */
function holdsSomething(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size > 0;
}

/** Throws MissingFiles when a file of the store has disappeared. */
export function refuseMissingFiles(places: Places, only?: string): void {
  refuseOtherThanFolder(places.dataDir);
  const missing = missingFiles(places).filter((name) => only === undefined || name === only);
  if (missing.length > 0) throw new MissingFiles(places.dataDir, missing);
}

/** Records the existing files as part of the store. `anew` removes missing ones from the list. */
export function noteFiles(places: Places, { anew = false } = {}): void {
  const { dataDir } = places;
  const before = manifestOf(dataDir);
  const there = ownFiles(places).filter((name) => holdsSomething(join(dataDir, name)));
  const files = [...new Set([...(anew ? [] : (before?.files ?? [])), ...there])].sort();
  write(dataDir, { files, registers: before?.registers ?? {} });
}

/** The last known entry of a register; undefined if nothing is known. */
export const markOf = (dataDir: string, register: Register): ChainMark | undefined =>
  manifestOf(dataDir)?.registers[register];

/** Records the last entry of a register. */
export function noteMark(dataDir: string, register: Register, mark: ChainMark | undefined): void {
  const before = markOf(dataDir, register);
  if (mark && (before === undefined || before.number < mark.number)) replaceMark(dataDir, register, mark);
}

/**
 * Accepts the current state of a register, even if it had later entries before; undefined if the register no
 * longer exists.
 */
export function replaceMark(dataDir: string, register: Register, mark: ChainMark | undefined): void {
  const { files = [], registers = {} } = manifestOf(dataDir) ?? {};
  const { [register]: _before, ...others } = registers;
  write(dataDir, { files, registers: { ...others, ...(mark && { [register]: mark }) } });
}

function write(dataDir: string, manifest: Manifest): void {
  const text = JSON.stringify(manifest);
  const file = join(dataDir, MANIFEST);
  if (readText(file) !== text) {
    const fresh = `${file}.${process.pid}`;
    try {
      writeFileSync(fresh, `${text}\n`, { mode: 0o600 });
      renameSync(fresh, file);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw error;
    }
  }
  inLog(dataDir, { readOnly: false }, (log) => {
    const copy = log.prepare('SELECT text FROM beside').get() as { text: string } | undefined;
    if (copy?.text !== text) log.prepare('INSERT OR REPLACE INTO beside VALUES (1, ?)').run(text);
  });
}

/**
 * The folder's manifest, merged from the list and the log's copy; undefined if both are missing or
 * unreadable.
 */
function manifestOf(dataDir: string): Manifest | undefined {
  const list = manifestFrom(readText(join(dataDir, MANIFEST)));
  const copy = manifestFrom(
    inLog(dataDir, { readOnly: true }, (log) => {
      const row = log.prepare('SELECT text FROM beside').get() as { text: string } | undefined;
      return row?.text;
    }),
  );
  if (!list || !copy) return list ?? copy;
  const files = [...new Set([...list.files, ...copy.files])].sort();
  const registers: Partial<Record<Register, ChainMark>> = { ...list.registers };
  for (const register of REGISTERS) {
    const [mine, other] = [list.registers[register], copy.registers[register]];
    if (other && (!mine || other.number > mine.number)) registers[register] = other;
  }
  return { files, registers };
}

const REGISTERS: readonly Register[] = ['checkpoints', 'keys'];

function readText(file: string): string | undefined {
  try {
    refuseOtherThanFile(file);
    return readFileSync(file, 'utf8').trimEnd();
  } catch {
    return undefined;
  }
}

/**
 * Runs work on the log's copy. Errors of the log mean that there is no copy; the log's own readers report
 * them.
 */
function inLog<T>(
  dataDir: string,
  options: { readonly readOnly: boolean },
  work: (log: SqliteDatabase) => T,
): T | undefined {
  const file = join(dataDir, LOG);
  if (!holdsSomething(file)) return undefined;
  let log: SqliteDatabase | undefined;
  try {
    log = openDatabase(file, options);
    // Logs of earlier releases have no such table until this release opens them for writing.
    if (log.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'beside'").get() === undefined)
      return undefined;
    return work(log);
  } catch {
    return undefined;
  } finally {
    log?.close();
  }
}

function manifestFrom(text: string | undefined): Manifest | undefined {
  if (text === undefined) return undefined;
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== 'object' || found === null || !('files' in found) || !Array.isArray(found.files))
      return undefined;
    const files = found.files.filter((name) => typeof name === 'string');
    const told: unknown = 'registers' in found ? found.registers : undefined;
    const registers: Partial<Record<Register, ChainMark>> = {};
    for (const register of REGISTERS) {
      const mark = chainMark(
        typeof told === 'object' && told !== null ? Reflect.get(told, register) : undefined,
      );
      if (mark) registers[register] = mark;
    }
    return { files, registers };
  } catch {
    return undefined;
  }
}

function chainMark(told: unknown): ChainMark | undefined {
  if (typeof told !== 'object' || told === null || !('number' in told) || !('digest' in told))
    return undefined;
  const { number, digest } = told;
  return Number.isSafeInteger(number) && typeof digest === 'string'
    ? { number: Number(number), digest }
    : undefined;
}

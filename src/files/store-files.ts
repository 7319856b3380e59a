import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { remedyFor } from '../event-store/damage.js';
import { refuseOtherThanFile, refuseOtherThanFolder } from '../event-store/ordinary-file.js';
import type { ChainMark } from '../event-store/sqlite/act-chain.js';
import { openDatabase, type SqliteDatabase } from '../event-store/sqlite/driver.js';
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

/**
 * Names the files of the folder that cannot be computed again, so that one that goes missing is missed, and how far the
 * registers in them had come. The log keeps a copy, for where this one is lost.
 */
const MANIFEST = 'store.json';
const LOG = 'log.sqlite';

/** What is only ever added to, each with a chain of acts in a file of its own. */
export type Register = 'checkpoints' | 'keys';

interface Manifest {
  readonly files: readonly string[];
  readonly registers: Readonly<Partial<Record<Register, ChainMark>>>;
}

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
  const expected = new Set(manifestOf(dataDir)?.files);
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
  refuseOtherThanFolder(places.dataDir);
  const missing = missingFiles(places).filter((name) => only === undefined || name === only);
  if (missing.length > 0) throw new MissingFiles(places.dataDir, missing);
}

/** Notes that the files that are there belong to the store. `anew` forgets those that are not. */
export function noteFiles(places: Places, { anew = false } = {}): void {
  const { dataDir } = places;
  const before = manifestOf(dataDir);
  const there = ownFiles(places).filter((name) => holdsSomething(join(dataDir, name)));
  const files = [...new Set([...(anew ? [] : (before?.files ?? [])), ...there])].sort();
  write(dataDir, { files, registers: before?.registers ?? {} });
}

/** How far a register had come when it was last written to; undefined where nothing is known of it. */
export const markOf = (dataDir: string, register: Register): ChainMark | undefined =>
  manifestOf(dataDir)?.registers[register];

/** Notes how far a register has come. */
export function noteMark(dataDir: string, register: Register, mark: ChainMark | undefined): void {
  const before = markOf(dataDir, register);
  if (mark && (before === undefined || before.number < mark.number)) replaceMark(dataDir, register, mark);
}

/** Takes a register as it is, also where it had come further before; undefined where there is none any more. */
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

/** What the folder says that it has, in the list or in the log's copy; undefined where both are missing or unreadable. */
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

/** What is wrong with the log is told by those who read it; here it only has no copy then. */
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
    // Logs of earlier releases have no place for it until they are opened by this one.
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

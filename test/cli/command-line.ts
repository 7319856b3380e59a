import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/program.js';
import { openDatabase, type SqliteDatabase } from '../../src/event-store/sqlite/driver.js';
import { tierOf } from '../tier.js';

/** The result of a command. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  // Tests read answers without types.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

/** A folder with a store, and commands that run on that store inside this process. */
export interface CommandLine {
  readonly directory: string;
  readonly store: string;
  file(name: string, content?: string): string;
  tracker(...args: string[]): Promise<Outcome>;
  /** The settings that select this store, for another process. */
  environment(): Promise<Readonly<Record<string, string>>>;
  /** Changes the stored views directly, bypassing the tracker. */
  tamperViews(sql: string): Promise<void>;
  remove(): Promise<void>;
}

export function commandLine(store?: string): CommandLine {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-cli-'));
  const dataDir = store ?? join(directory, 'store');
  return {
    directory,
    store: dataDir,
    file: (name, content) => {
      const path = join(directory, name);
      if (content !== undefined) writeFileSync(path, content);
      return path;
    },
    tracker: (...args) => captured(dataDir, args),
    environment: async () => ({ DATA_DIR: dataDir, ...(await tierOf(dataDir)).environment }),
    tamperViews: async (sql) => (await tierOf(dataDir)).tamperViews(sql),
    remove: async () => {
      // The store of a server is removed by the server.
      if (store === undefined) await (await tierOf(dataDir)).remove();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function captured(dataDir: string, args: readonly string[]): Promise<Outcome> {
  const before = { ...process.env };
  const settings = {
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...(await tierOf(dataDir)).environment,
  };
  const [out, error] = [capture(process.stdout), capture(process.stderr)];
  Object.assign(process.env, settings);
  try {
    const code = await run(args);
    return { code, stdout: out.text(), stderr: error.text(), json: parsed(out.text()) };
  } finally {
    out.restore();
    error.restore();
    for (const name of Object.keys(settings)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

/** Collects what is written to a stream. During that time the stream is not a terminal. */
function capture(stream: NodeJS.WriteStream): { text(): string; restore(): void } {
  const chunks: string[] = [];
  const [write, isTTY] = [stream.write, stream.isTTY];
  stream.isTTY = false;
  stream.write = (chunk: string | Uint8Array): boolean => {
    chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    return true;
  };
  return {
    text: () => chunks.join(''),
    restore: () => {
      stream.write = write;
      stream.isTTY = isTTY;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Changes a database file of a store directly, bypassing the tracker. */
export function inFile<T>(store: string, file: string, work: (database: SqliteDatabase) => T): T {
  const database = openDatabase(join(store, file));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  Global,
  Inject,
  Logger,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { EVENT_STORE, type EventStore } from './event-store/event-store.js';
import { DamagedFile } from './event-store/damage.js';
import {
  LedgerParted,
  partingOf,
  sentenceOf,
  SERVER_REMEDY,
  type LedgerMemory,
} from './event-store/ledger-memory.js';
import { PartedLedger } from './event-store/parted-ledger.js';
import { credentialsAreIgnored } from './event-store/kurrentdb/url.js';
import { openSqliteEventStore } from './event-store/sqlite/sqlite-event-store.js';
import { StreamStateCache } from './event-store/stream-state-cache.js';
import { Clock } from './clock/clock.js';
import { EventStoreHealth, ReadModelHealth } from './operations/store-health.js';
import { ActiveImports } from './commands/import/active-imports.js';
import { ReadModel, type ViewsBuild } from './read-model/read-model.js';
import { buildByStream, BuildThreadFailed, hasBuildThreads } from './read-model/build-by-stream.js';
import { SqliteGenerations } from './read-model/sqlite/sqlite-generations.js';
import { ledgerMemoryOf } from './read-model/ledger-memory-of.js';
import type { Generations } from './read-model/generations.js';
import type { CheckpointRegister } from './transparency/checkpoint-register.js';
import { noteFiles, refuseMissingFiles } from './files/store-files.js';
import { SETTINGS, type Settings } from './settings.js';
import { LedgerLog } from './transparency/ledger-log.js';

/** A reader works beside a writer in another process and sees what the writer records and projects. */
export type StoreMode = 'writer' | 'reader';

/** The stores that everything else uses. */
export interface Stores {
  readonly store: EventStore;
  readonly states: StreamStateCache;
  readonly views: ReadModel;
  readonly log: LedgerLog;
}

const STORES = Symbol('stores');

const ledgerFile = (dataDir: string): string => join(dataDir, 'events.sqlite');

/** Opens the configured event store. Also tells whether this process is its only writer. */
export async function openEventStore(
  {
    dataDir,
    kurrentdbUrl: url,
    kurrentdbMaxAppend: largestAppend,
    kurrentdbStreamPrefix: streamPrefix,
  }: Settings,
  readOnly: boolean,
): Promise<{ readonly store: EventStore; readonly isOnlyWriter: boolean }> {
  if (url === undefined) {
    const store = await openSqliteEventStore({ file: ledgerFile(dataDir), readOnly });
    return { store, isOnlyWriter: true };
  }
  const logger = new Logger('KurrentDB');
  if (credentialsAreIgnored(url))
    logger.warn('KURRENTDB_URL has credentials and tls=false: the client does not send them unencrypted');
  // Loaded on demand: the client includes a native reader of ten megabytes.
  const { openKurrentEventStore } = await import('./event-store/kurrentdb/open.js');
  const onError = (error: Error) => logger.warn(error.message);
  const store = await openKurrentEventStore({
    url,
    directory: dataDir,
    readOnly,
    streamPrefix,
    largestAppend,
    onError,
  });
  return { store, isOnlyWriter: false };
}

// PostgreSQL code is loaded on demand: its drivers would make every start slower.
/** Opens the configured sets of views. */
export const openGenerations = async (
  { dataDir, postgresUrl }: Settings,
  readOnly: boolean,
): Promise<Generations> =>
  postgresUrl === undefined
    ? new SqliteGenerations(dataDir, readOnly)
    : (await import('./read-model/postgres/postgres-generations.js')).PostgresGenerations.open(postgresUrl);

/** The register shared by several nodes; undefined when it is in files. */
export const openSharedRegister = async ({
  dataDir,
  postgresUrl,
}: Settings): Promise<CheckpointRegister | undefined> =>
  postgresUrl === undefined
    ? undefined
    : (await import('./transparency/shared-register.js')).SharedRegister.open(postgresUrl, dataDir);

export interface OpenOptions {
  /** Allows a ledger shorter than its log knows, for example while a migration fills it. */
  readonly mayDiffer?: boolean;
  /** Opens a changed ledger on a server anyway, for reading and inspection. */
  readonly answersParted?: boolean;
}

/**
 * Opens the stores one after another, all or none. Separate Nest providers would not work: after one failed,
 * Nest would still create its dependents, and a follower without its store would keep the process alive for
 * ever.
 *
 * A ledger in files that differs from its log and views is not opened for writing: the operator who starts
 * its only process can decide. Throws LedgerParted, MissingFiles and DamagedFile, each with the remedy, and
 * then changes nothing. With `answersParted`, a ledger on a server that agrees with them up to some position
 * is opened, but nothing is recorded, signed or projected.
 */
export async function openStores(
  settings: Settings,
  mode: StoreMode,
  clock = new Clock(),
  imports = new ActiveImports(),
  { mayDiffer = false, answersParted = false }: OpenOptions = {},
): Promise<Stores> {
  const { dataDir } = settings;
  const readOnly = mode === 'reader';
  const logger = new Logger('Projector');
  const onError = (error: unknown) => logger.error(error);
  const isPaused = () => imports.any;
  if (!mayDiffer) refuseMissingFiles(settings);
  if (!readOnly) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { store, isOnlyWriter } = await openEventStore(settings, readOnly);
  const opened: { close(): Promise<void> }[] = [store];
  try {
    const sets = await openGenerations(settings, readOnly);
    const states = new StreamStateCache(store, { bytes: settings.stateCache });
    const views = await ReadModel.open(sets, store, {
      states,
      now: () => clock.now(),
      onError,
      isPaused: isPaused,
      ...(settings.kurrentdbUrl === undefined && buildOf(dataDir, clock)),
    });
    opened.push(views);
    const register = await openSharedRegister(settings);
    const log = await LedgerLog.open(dataDir, store, {
      readOnly,
      isOnlyWriter,
      register,
      onError,
      isPaused: isPaused,
    });
    opened.push(log);
    if (!readOnly) {
      if (isOnlyWriter && !mayDiffer) await refuseParted({ store, states, views, log });
      const parted =
        isOnlyWriter || mayDiffer ? undefined : await partedOnServer({ store, states, views, log });
      if (parted) {
        if (!answersParted || parted.isForeign) throw parted;
        new Logger('EventStore').error(parted.message);
        log.refuse(parted);
        return { store: new PartedLedger(store, parted), states, views, log };
      }
      noteFiles(settings);
      await log.takeUp();
      views.start();
      log.start();
    }
    return { store, states, views, log };
  } catch (error) {
    for (const part of opened.reverse()) await part.close();
    throw error;
  }
}

/** Views of a ledger in a file are built by worker threads. */
function buildOf(dataDir: string, clock: Clock): { readonly build: ViewsBuild } | undefined {
  if (!hasBuildThreads()) return undefined;
  const build: ViewsBuild = async (views, at) => {
    try {
      await buildByStream(views, { ledger: ledgerFile(dataDir), parkedAt: clock.now(), at });
      return true;
    } catch (error) {
      if (!(error instanceof BuildThreadFailed)) throw error;
      new Logger('Rebuild').warn(
        `A thread failed, so the events are read one after the other: ${error.message}`,
      );
      return false;
    }
  };
  return { build };
}

/**
 * Throws LedgerParted when the ledger is not the one that its log or views were built from. If only the views
 * disagree and remember no lost events, the views are wrong: throws DamagedFile, which a rebuild repairs.
 */
async function refuseParted(stores: Stores): Promise<void> {
  const { log, views } = await partingsOf(stores);
  if (log.parting || (views.parting && log.memory.position === 0))
    throw new LedgerParted([log.parting, views.parting].filter((each) => each !== undefined));
  if (!views.parting) return;
  const [lost] = await views.memory.idsAfter(views.parting.head, 1);
  if (lost) throw new LedgerParted([views.parting]);
  throw new DamagedFile('views', sentenceOf(views.parting).replace(/\.$/, ''));
}

/** How a ledger on a server differs from what earlier nodes built from it; undefined if it does not. */
async function partedOnServer(stores: Stores): Promise<LedgerParted | undefined> {
  const { log, views } = await partingsOf(stores);
  const partings = [log.parting, views.parting].filter((each) => each !== undefined);
  return partings.length === 0 ? undefined : new LedgerParted(partings, SERVER_REMEDY);
}

/** What the log and the views remember, and how the ledger differs from it. */
async function partingsOf({ store, views, log }: Stores) {
  const against = async (memory: LedgerMemory) => ({ memory, parting: await partingOf(store, memory) });
  return {
    log: await against(await log.memory()),
    views: await against(await ledgerMemoryOf(views.rows)),
  };
}

/** Closes the followers of the ledger before the ledger. */
export async function closeStores({ store, views, log }: Stores): Promise<void> {
  await log.close();
  await views.close();
  await store.close();
}

/** The event store and the views. They are opened before and closed after everything that uses them. */
@Global()
@Module({})
export class StoresModule implements Stores, OnApplicationShutdown {
  constructor(
    @Inject(EVENT_STORE) readonly store: EventStore,
    readonly states: StreamStateCache,
    readonly views: ReadModel,
    readonly log: LedgerLog,
  ) {}

  static forRoot(settings: Settings, mode: StoreMode = 'writer', options: OpenOptions = {}): DynamicModule {
    return {
      module: StoresModule,
      providers: [
        Clock,
        { provide: SETTINGS, useValue: settings },
        ActiveImports,
        {
          provide: STORES,
          useFactory: (clock: Clock, imports: ActiveImports) =>
            openStores(settings, mode, clock, imports, options),
          inject: [Clock, ActiveImports],
        },
        { provide: EVENT_STORE, inject: [STORES], useFactory: ({ store }: Stores) => store },
        { provide: ReadModel, inject: [STORES], useFactory: ({ views }: Stores) => views },
        { provide: LedgerLog, inject: [STORES], useFactory: ({ log }: Stores) => log },
        { provide: StreamStateCache, inject: [STORES], useFactory: ({ states }: Stores) => states },
        EventStoreHealth,
        ReadModelHealth,
      ],
      exports: [
        Clock,
        ActiveImports,
        SETTINGS,
        EVENT_STORE,
        ReadModel,
        LedgerLog,
        StreamStateCache,
        EventStoreHealth,
        ReadModelHealth,
      ],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return closeStores(this);
  }
}

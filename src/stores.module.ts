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
import {
  buildByStream,
  BuildThreadFailed,
  hasBuildThreads,
  isUnfinished,
} from './read-model/sqlite/build-by-stream.js';
import { SqliteTables } from './read-model/sqlite/sqlite-tables.js';
import { SqliteGenerations } from './read-model/sqlite/sqlite-generations.js';
import { ledgerMemoryOf } from './read-model/ledger-memory-of.js';
import type { Generations } from './read-model/generations.js';
import type { CheckpointRegister } from './transparency/checkpoint-register.js';
import { noteFiles, refuseMissingFiles } from './files/store-files.js';
import { SETTINGS, type Settings } from './settings.js';
import { LedgerLog } from './transparency/ledger-log.js';

/** A reader works beside a writer of another process: it sees what that one records and projects. */
export type StoreMode = 'writer' | 'reader';

/** What everything else stands on. */
export interface Stores {
  readonly store: EventStore;
  readonly states: StreamStateCache;
  readonly views: ReadModel;
  readonly log: LedgerLog;
}

const STORES = Symbol('stores');

const ledgerFile = (dataDir: string): string => join(dataDir, 'events.sqlite');

/** The event store that the settings name, and whether this process alone records in it. */
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
  // Loaded where it is needed: the client brings a native reader of ten megabytes.
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

// What speaks to PostgreSQL is loaded where it is needed: its drivers would make every start longer.
/** The sets of views that the settings name. */
export const openGenerations = async (
  { dataDir, postgresUrl }: Settings,
  readOnly: boolean,
): Promise<Generations> =>
  postgresUrl === undefined
    ? new SqliteGenerations(dataDir, readOnly)
    : (await import('./read-model/postgres/postgres-generations.js')).PostgresGenerations.open(postgresUrl);

/** The register that several nodes share; undefined where it is in files. */
export const openSharedRegister = async ({
  dataDir,
  postgresUrl,
}: Settings): Promise<CheckpointRegister | undefined> =>
  postgresUrl === undefined
    ? undefined
    : (await import('./transparency/shared-register.js')).SharedRegister.open(postgresUrl, dataDir);

export interface OpenOptions {
  /** A ledger that a migration fills may be shorter than what the log of its folder knows. */
  readonly mayDiffer?: boolean;
  /** A ledger on a server that is another one than before is opened all the same, to answer and to be looked at. */
  readonly answersParted?: boolean;
}

/**
 * Opens all or none, one after the other. Nest would go on with what depends on a provider that failed, and a follower
 * that was started without its store would keep the process alive for good.
 *
 * A ledger in files that is not the one that its log and views were made of is not opened for writing: its one process is
 * all that there is, and whoever starts it is there to decide. Throws LedgerParted, MissingFiles and DamagedFile, each
 * with what to do; nothing is changed then. With `answersParted`, a ledger on a server that agrees with them up to some position is
 * opened: nothing can be recorded in it, signed of it or projected from it.
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

/** Views in files are built from a ledger in a file by threads. */
function buildOf(dataDir: string, clock: Clock): { readonly build: ViewsBuild } | undefined {
  if (!hasBuildThreads()) return undefined;
  const fill: ViewsBuild['fill'] = async (views, at) => {
    if (!(views instanceof SqliteTables)) return false;
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
  return { build: { fill, isUnfinished } };
}

/**
 * Throws LedgerParted where the ledger is another one than its log or its views were made of. Views that disagree with
 * both, and remember nothing that was lost, are what is wrong: throws DamagedFile, which a rebuild mends.
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

/** How a ledger on a server differs from what the nodes before have made of it, undefined where it does not. */
async function partedOnServer(stores: Stores): Promise<LedgerParted | undefined> {
  const { log, views } = await partingsOf(stores);
  const partings = [log.parting, views.parting].filter((each) => each !== undefined);
  return partings.length === 0 ? undefined : new LedgerParted(partings, SERVER_REMEDY);
}

/** What the log and the views remember, and where the ledger is another one than that. */
async function partingsOf({ store, views, log }: Stores) {
  const against = async (memory: LedgerMemory) => ({ memory, parting: await partingOf(store, memory) });
  return {
    log: await against(await log.memory()),
    views: await against(await ledgerMemoryOf(views.rows)),
  };
}

/** Closes what follows the ledger first. */
export async function closeStores({ store, views, log }: Stores): Promise<void> {
  await log.close();
  await views.close();
  await store.close();
}

/** The event store and the views that everything else stands on, opened before and closed after it. */
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

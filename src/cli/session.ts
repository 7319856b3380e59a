import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext, LoggerService } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CoreModule } from '../core.module.js';
import { EVENT_STORE, LedgerInUse, type EventStore } from '../event-store/event-store.js';
import { PartedLedger } from '../event-store/parted-ledger.js';
import { onWritableFolder } from '../operations/read-only-folder.js';
import { ReadModel } from '../read-model/read-model.js';
import { settingsFrom, type Settings } from '../settings.js';
import type { OpenOptions, StoreMode } from '../stores.module.js';
import { CommandFailed } from './reported-error.js';
import { writeError } from './terminal.js';

/** The configured stores, opened for one command. */
export interface CliSession {
  readonly settings: Settings;
  readonly commands: CommandBus;
  readonly queries: QueryBus;
  readonly store: EventStore;
  readonly views: ReadModel;
  readonly app: INestApplicationContext;
}

/** How often the command line checks the views' progress, and how long it waits without progress. */
const LOOK_MS = 500;
const STUCK_MS = 3000;

/**
 * Runs a command that writes, as the only writer of the ledger. Throws LedgerInUse when a server is running.
 */
export function writing<T>(work: (session: CliSession) => Promise<T>): Promise<T> {
  return withSession(settingsFrom(process.env), 'writer', work);
}

/**
 * Runs a query. It updates the views itself, or reads beside a running server, or uses a copy if the folder
 * is not writable.
 */
export async function reading<T>(
  work: (session: CliSession) => Promise<T>,
  options: OpenOptions = {},
): Promise<T> {
  return onWritableFolder(settingsFrom(process.env), (settings) => readingFrom(settings, work, options));
}

async function readingFrom<T>(
  settings: Settings,
  work: (session: CliSession) => Promise<T>,
  options: OpenOptions,
): Promise<T> {
  const upToDate = async (session: CliSession): Promise<T> => {
    // The views belong to another ledger, so nothing is projected into them.
    if (!(session.store instanceof PartedLedger)) await caughtUp(session);
    return work(session);
  };
  try {
    return await withSession(settings, 'writer', upToDate, options);
  } catch (error) {
    if (!(error instanceof LedgerInUse)) throw error;
    return withSession(settings, 'reader', work);
  }
}

/** Waits until the views contain all recorded events. Throws CommandFailed when an error stops them. */
export async function caughtUp({ store, views }: Pick<CliSession, 'store' | 'views'>): Promise<void> {
  const head = await store.head();
  let stuckSince: number | undefined;
  for (let position = -1; !(await views.waitFor(head, LOOK_MS));) {
    const { status } = views;
    if (status.position !== position || !status.lastError) stuckSince = undefined;
    else stuckSince ??= Date.now();
    ({ position } = status);
    if (stuckSince !== undefined && Date.now() - stuckSince > STUCK_MS)
      throw new CommandFailed(
        `The views stand at position ${position} and get no further: ${status.lastError?.message ?? ''}`,
      );
  }
}

async function withSession<T>(
  settings: Settings,
  mode: StoreMode,
  work: (session: CliSession) => Promise<T>,
  options: OpenOptions = {},
): Promise<T> {
  const app = await NestFactory.createApplicationContext(CoreModule.forRoot(settings, mode, options), {
    logger: new ErrorsOnly(),
    abortOnError: false,
  });
  try {
    return await work({
      settings,
      app,
      commands: app.get(CommandBus),
      queries: app.get(QueryBus),
      store: app.get<EventStore>(EVENT_STORE),
      views: app.get(ReadModel),
    });
  } finally {
    await app.close();
  }
}

/** Prints only errors of background work, such as a stream that had to be parked. */
class ErrorsOnly implements LoggerService {
  error(message: unknown, ...parameters: unknown[]): void {
    // Nest logs start errors with a stack and also throws them. The command line prints the thrown error
    // instead.
    if (parameters.at(-1) !== 'ExceptionHandler') writeError(`warning: ${String(message)}\n`);
  }

  log(): void {
    // Informational messages are not shown at a terminal.
  }

  warn(): void {
    // Neither are warnings.
  }
}

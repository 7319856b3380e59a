import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext, LoggerService } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CoreModule } from '../core.module.js';
import { EVENT_STORE, LedgerInUse, type EventStore } from '../event-store/event-store.js';
import { onWritableFolder } from '../operations/read-only-folder.js';
import { LiveViews } from '../projections/live-views.js';
import { settingsFrom, type Settings } from '../settings.js';
import type { StoreMode } from '../stores.module.js';
import { printError } from './terminal.js';

/** The stores of the settings, opened for one command. */
export interface Session {
  readonly settings: Settings;
  readonly commands: CommandBus;
  readonly queries: QueryBus;
  readonly store: EventStore;
  readonly views: LiveViews;
  readonly app: INestApplicationContext;
}

/** How long a question waits for views that are behind. */
const CATCH_UP_MS = 600_000;

/** Runs a command that writes: the only writer of the ledger. Throws LedgerInUse where a server is running. */
export function writing<T>(work: (session: Session) => Promise<T>): Promise<T> {
  return withSession(settingsFrom(process.env), 'writer', work);
}

/**
 * Runs a question: on views brought up to date here, beside the server that keeps them, or on a copy of a folder that
 * cannot be written to.
 */
export async function reading<T>(work: (session: Session) => Promise<T>): Promise<T> {
  return onWritableFolder(settingsFrom(process.env), (settings) => readingFrom(settings, work));
}

async function readingFrom<T>(settings: Settings, work: (session: Session) => Promise<T>): Promise<T> {
  try {
    return await withSession(settings, 'writer', async (session) => {
      await session.views.hasReached(await session.store.head(), CATCH_UP_MS);
      return work(session);
    });
  } catch (error) {
    if (!(error instanceof LedgerInUse)) throw error;
    return withSession(settings, 'reader', work);
  }
}

async function withSession<T>(
  settings: Settings,
  mode: StoreMode,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const app = await NestFactory.createApplicationContext(CoreModule.forRoot(settings, mode), {
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
      views: app.get(LiveViews),
    });
  } finally {
    await app.close();
  }
}

/** What goes wrong beside the command, such as a stream that had to be parked. */
class ErrorsOnly implements LoggerService {
  error(message: unknown, ...parameters: unknown[]): void {
    // Nest logs with its stack what it then throws to us as well, and the command line tells it better.
    if (parameters.at(-1) !== 'ExceptionHandler') printError(`warning: ${String(message)}\n`);
  }

  log(): void {
    // Nothing that people at a terminal asked for.
  }

  warn(): void {
    // Nor this.
  }
}

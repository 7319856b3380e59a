import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { Settings } from '../settings.js';
import { openAccessDatabase } from './access-database.js';
import { AccessGuard } from './access-guard.js';
import { ApiKeys } from './api-keys.js';
import { BrowserSessions } from './browser-sessions.js';

/** The database of the keys, and of the data stored beside them. */
export const ACCESS_DATABASE = Symbol('access database');

/** API keys, browser sessions, and the guard of all routes. */
@Module({})
export class AccessModule implements OnApplicationShutdown {
  constructor(@Inject(ACCESS_DATABASE) private readonly database: DataSource) {}

  static forRoot(settings: Pick<Settings, 'dataDir' | 'openReading' | 'postgresUrl'>): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      providers: [
        {
          provide: ACCESS_DATABASE,
          useFactory: () => openAccessDatabase(settings.dataDir, settings.postgresUrl),
        },
        {
          provide: ApiKeys,
          inject: [ACCESS_DATABASE],
          useFactory: (database: DataSource) => new ApiKeys(database),
        },
        {
          provide: BrowserSessions,
          inject: [ACCESS_DATABASE],
          useFactory: (database: DataSource) => new BrowserSessions(database),
        },
        {
          provide: APP_GUARD,
          inject: [Reflector],
          useFactory: (reflector: Reflector) => new AccessGuard(reflector, settings.openReading),
        },
      ],
      exports: [ApiKeys, BrowserSessions, ACCESS_DATABASE],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.database.isInitialized) await this.database.destroy();
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import { NestFactory, RouterModule } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { AccessModule } from '../../src/access/access.module.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { configureHttp, createFastifyAdapter } from '../../src/http/http-application.js';
import type { HealthCheck } from '../../src/operations/health.js';
import { createLogger, PinoLogger } from '../../src/operations/logging.js';
import { OperationsModule } from '../../src/operations/operations.module.js';
import { Settings } from '../../src/settings.js';
import { tierOf } from '../tier.js';

/** A small application behind the real HTTP edge, listening on a free port. */
export interface EdgeApplication {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly dataDir: string;
  readonly keys: ApiKeys;
  /** Opens the database of keys as another process would. */
  openKeys(): Promise<DataSource>;
  /** Lines logged so far. */
  readonly log: string[];
  close(): Promise<void>;
}

export async function startEdge(
  controllers: Type[],
  changes: Partial<Settings> = {},
  checks: HealthCheck[] = [],
  outsideApi: Type[] = [],
  more: Type[] = [],
): Promise<EdgeApplication> {
  const dataDir = await mkdtemp(join(tmpdir(), 'edge-'));
  const tier = await tierOf(dataDir);
  const postgresUrl = tier.environment['POSTGRES_URL'];
  const settings = Object.assign(
    new Settings(),
    { dataDir, port: 0, ...(postgresUrl !== undefined && { postgresUrl }) },
    changes,
  );
  const log: string[] = [];
  const logger = createLogger(settings, { write: (line) => void log.push(line) });

  @Module({})
  class Parts {}
  const asOne = checks.map((check) => ({ provide: check.name, useValue: check }));
  const parts = { module: Parts, providers: asOne, exports: checks.map(({ name }) => name) };

  @Module({ controllers })
  class Api {}

  @Module({
    imports: [
      ...more,
      Api,
      RouterModule.register([{ path: 'api', module: Api }]),
      AccessModule.forRoot(settings),
      OperationsModule.forRoot({ imports: [parts], checks: checks.map(({ name }) => name) }),
    ],
    controllers: outsideApi,
  })
  class Edge {}

  const app = await NestFactory.create<NestFastifyApplication>(Edge, createFastifyAdapter(settings, logger), {
    logger: new PinoLogger(logger),
  });
  await configureHttp(app, settings);
  await app.listen(0, '127.0.0.1');
  const close = async (): Promise<void> => {
    await app.close();
    await tier.remove();
    await rm(dataDir, { recursive: true });
  };
  const openKeys = () => openAccessDatabase(dataDir, postgresUrl);
  return { app, url: await app.getUrl(), dataDir, keys: app.get(ApiKeys), openKeys, log, close };
}

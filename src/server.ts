import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { configureHttp, createFastifyAdapter } from './http/http-application.js';
import { useBrowserForms } from './http/browser-forms.js';
import { useLedgerBodies } from './http/ledger-bodies.js';
import { createLogger, PinoLogger } from './operations/logging.js';
import { WaitForPosition } from './queries/wait-for-position.js';
import type { Settings } from './settings.js';

/** Opens the stores of the settings and answers HTTP until the process is told to stop. */
export async function serve(settings: Settings): Promise<NestFastifyApplication> {
  const app = await createApplication(settings);
  await app.listen(settings.port, settings.host);
  return app;
}

/** The application, not yet listening. */
export async function createApplication(settings: Settings): Promise<NestFastifyApplication> {
  const logger = createLogger(settings);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(settings),
    createFastifyAdapter(settings, logger),
    { logger: new PinoLogger(logger), abortOnError: false },
  );
  await configureHttp(app, settings);
  useLedgerBodies(app);
  useBrowserForms(app, settings.bodyLimit);
  app.useGlobalGuards(app.get(WaitForPosition));
  return app;
}

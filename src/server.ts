import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { answerWhatIsKept, ResponseCache } from './api/response-cache.js';
import { configureHttp, createFastifyAdapter } from './http/http-application.js';
import { useBrowserForms } from './http/browser-forms.js';
import { useLedgerBodies } from './http/ledger-bodies.js';
import { createLogger, PinoLogger } from './operations/logging.js';
import { UnaskedParameters } from './api/unasked-parameters.js';
import { WaitForPosition } from './api/wait-for-position.js';
import { pause } from './event-store/waiting.js';
import type { Settings } from './settings.js';

/** Opens the configured stores and serves HTTP until the process is told to stop. */
export async function serve(settings: Settings): Promise<NestFastifyApplication> {
  let app: NestFastifyApplication | undefined;
  try {
    app = await createApplication(settings);
    endLateStops();
    await app.listen(settings.port, settings.host);
    return app;
  } catch (error) {
    // Open stores would keep the process alive; whatever does not close in time ends with the process. Where a part
    // of the application could not be made, nothing closes the parts before it.
    await Promise.race([app?.close(), pause(STOP_MS)]);
    setTimeout(() => process.exit(1), TOLD_MS).unref();
    throw error;
  }
}

/** Maximum duration of a stop in milliseconds, even if a database hangs or a client does not disconnect. */
const STOP_MS = 4500;
/** Time to print why the start failed. */
const TOLD_MS = 500;

/** Ends a process that has not stopped in time. As after a kill, all acknowledged events are on disk. */
function endLateStops(): void {
  const end = (signal: NodeJS.Signals): void => {
    setTimeout(() => {
      new Logger('Server').error(
        `${signal} came ${STOP_MS} ms ago, and something still waits: the process ends`,
      );
      process.exit(1);
    }, STOP_MS).unref();
  };
  const signals = ['SIGTERM', 'SIGINT'] as const;
  for (const signal of signals) process.once(signal, end);
}

/** Creates the application without listening. */
export async function createApplication(settings: Settings): Promise<NestFastifyApplication> {
  const logger = createLogger(settings);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(settings),
    createFastifyAdapter(settings, logger),
    { logger: new PinoLogger(logger), abortOnError: false },
  );
  await configureHttp(app, settings);
  answerWhatIsKept(app.getHttpAdapter().getInstance(), app.get(ResponseCache), settings.openReading);
  useLedgerBodies(app);
  await useBrowserForms(app, settings.bodyLimit);
  app.useGlobalGuards(app.get(WaitForPosition), new UnaskedParameters());
  return app;
}

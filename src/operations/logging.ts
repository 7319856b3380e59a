import { createRequire } from 'node:module';
import type { LoggerService } from '@nestjs/common';
import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import type { Settings } from '../settings.js';

/** Slower requests are logged even when they succeed. */
const SLOW_MS = 1000;
const KEY = /met_([0-9a-f]{16})_[A-Za-z0-9_-]{43}/g;
/** The password in a URL, such as that of a database. */
const PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/"]*:)[^\s@/"]+@/gi;

/** The application's logger: one JSON object per line, without secrets. */
export function createLogger(
  settings: Pick<Settings, 'logLevel' | 'logPretty'>,
  destination?: DestinationStream,
): Logger {
  const options: LoggerOptions = {
    level: settings.logLevel,
    redact: {
      paths: ['authorization', '*.authorization', '*.headers.authorization', 'headers.authorization'],
      censor: '(redacted)',
    },
    // Keys can appear anywhere: in a URL, an error message, a body. So every line is searched before it is
    // written.
    hooks: {
      streamWrite: (line) => line.replace(KEY, 'met_$1_(redacted)').replace(PASSWORD, '$1(redacted)@'),
    },
    serializers: { req: requestForLog, res: (reply: FastifyReply) => ({ status: reply.statusCode }) },
  };
  if (destination) return pino(options, destination);
  return settings.logPretty ? pino({ ...options, transport: prettyTransport() }) : pino(options);
}

function prettyTransport(): { target: string; options: object } {
  try {
    createRequire(import.meta.url).resolve('pino-pretty');
  } catch {
    throw new Error(
      'LOG_PRETTY is set, but pino-pretty is not installed: unset it, or npm install pino-pretty',
    );
  }
  return { target: 'pino-pretty', options: { translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' } };
}

function requestForLog(request: FastifyRequest): Record<string, unknown> {
  const { method, url, ip } = request;
  return { method, path: url.split('?', 1)[0], ip };
}

/**
 * Logs only failed or slow requests: a line for each request would reduce throughput and hide the important
 * ones.
 */
export class NotableRequests extends LogController {
  override incomingRequest(): void {
    // Requests are logged when they end.
  }

  override requestCompleted(error: Error | null, request: FastifyRequest, reply: FastifyReply): void {
    const ms = Math.round(reply.elapsedTime);
    const said = { reqId: request.id, req: request, res: reply, ms };
    if (error) request.log.warn({ ...said, err: error }, 'the answer did not get through');
    else if (reply.statusCode >= 500) request.log.warn(said, 'request failed');
    else if (ms >= SLOW_MS) request.log.warn(said, 'request was slow');
    else request.log.debug(said, 'request');
  }
}

/** Parts of Nest that log every module and route at start, which only helps debugging. */
const TALKATIVE = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

/** Nest's logger interface on top of pino. */
export class PinoLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    this.write(typeof context === 'string' && TALKATIVE.has(context) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    // Nest also throws its start errors, and the caller reports them better.
    if (rest.at(-1) === 'ExceptionHandler') return;
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the context last and, for errors, the stack before it. */
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const texts = rest.filter((each) => typeof each === 'string');
    const context = texts.at(-1);
    const stack = texts.slice(0, -1).find((text) => text.includes('\n    at '));
    const fields = {
      ...(context === undefined ? {} : { context }),
      ...(stack === undefined ? {} : { stack }),
    };
    if (message instanceof Error) this.logger[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'string') this.logger[level](fields, message);
    else this.logger[level]({ ...fields, value: message });
  }
}

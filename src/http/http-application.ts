import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import compress from '@fastify/compress';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type {
  FastifyBaseLogger,
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifyServerOptions,
} from 'fastify';
import type { Logger } from 'pino';
import { ApiKeys } from '../access/api-keys.js';
import { BrowserSessions } from '../access/browser-sessions.js';
import { noteCallers, readBodiesOfCallersOnly } from '../access/principals.js';
import { checkForms } from '../access/form-tokens.js';
import { checkHosts } from '../access/known-hosts.js';
import { limitRequests } from '../access/rate-limit.js';
import { createLogger, NotableRequests } from '../operations/logging.js';
import { Metrics } from '../operations/metrics.js';
import { ProblemFilter } from '../problems/problem-filter.js';
import { problemOf } from '../problems/problem-of.js';
import { PROBLEM_JSON, problemDocument, sendProblem } from '../problems/problem-response.js';
import { queryValidation } from '../problems/query-validation.js';
import { PlainProblem } from '../problems/server-problems.js';
import type { Settings } from '../settings.js';
import { watchRoutes } from './allowed-methods.js';
import { problemPageFor } from '../pages/problem/problem-page-for.js';
import { useJsonBodies } from './body-parser.js';
import { checkRequestTexts } from './request-texts.js';
import { answerInTurn } from './pipelined-requests.js';
import { endConnectionsOnShutdown } from './ending-connections.js';
import { sendSecurityHeaders } from './security-headers.js';

/** Longer than the heartbeat interval, so that idle readers of the feed stay connected. */
const SILENT_CONNECTION_MS = 120_000;
/** A client that has not sent its headers by then only occupies a connection. */
const HEADERS_MS = 15_000;
/** How often connections are held against their deadlines: Node's half minute would let each last that much longer. */
const DEADLINES_LOOKED_AT_MS = 2000;

/**
 * Prevents Nest's adapter from reading forms and JSON in its own way; `configureHttp` sets up the body
 * parsers.
 */
class JsonOnlyAdapter extends FastifyAdapter {
  override registerParserMiddleware(): void {
    // Nothing to register.
  }
}

/** A name of 200 characters, each up to nine characters when percent-encoded. */
const LONGEST_NAME_IN_PATH = 1800;

/** Creates Fastify with this server's limits, log and request ids. */
export function createFastifyAdapter(
  settings: Settings,
  logger: Logger = createLogger(settings),
): FastifyAdapter {
  const adapter = new JsonOnlyAdapter({
    loggerInstance: logger,
    logController: new NotableRequests(),
    // A logger per request would cost more than it is worth, because few requests are logged.
    childLoggerFactory: (parent: FastifyBaseLogger) => parent,
    bodyLimit: settings.bodyLimit,
    routerOptions: { maxParamLength: LONGEST_NAME_IN_PATH },
    requestTimeout: settings.requestTimeout,
    connectionTimeout: SILENT_CONNECTION_MS,
    http: { connectionsCheckingInterval: DEADLINES_LOOKED_AT_MS },
    trustProxy: proxies(settings),
    // Fastify would send its own kind of document.
    return503OnClosing: false,
    genReqId: requestIds(),
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const { id, method, url } = request;
      const failed = { id, method, url, unrouted: true, bodyLimit: settings.bodyLimit, allowed: () => [] };
      sendProblem(reply, problemOf(error, { ...failed, contentType: undefined }), url);
    },
  });
  const server = adapter.getInstance<FastifyInstance>().server;
  server.headersTimeout = Math.min(HEADERS_MS, settings.requestTimeout);
  return adapter;
}

/**
 * Configures HTTP: bodies, errors, headers, compression, limits, metrics. Must be called before `init` or
 * `listen`; the application must import AccessModule and MetricsModule.
 */
export async function configureHttp(app: NestFastifyApplication, settings: Settings): Promise<void> {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const methodsOf = watchRoutes(fastify);
  answerInTurn(fastify);
  sendSecurityHeaders(app);
  endConnectionsOnShutdown(fastify);
  checkHosts(fastify, settings);
  const [keys, sessions] = [app.get(ApiKeys, { strict: false }), app.get(BrowserSessions, { strict: false })];
  await noteCallers(fastify, keys, sessions);
  await limitRequests(fastify, settings.rateLimit);
  checkRequestTexts(fastify);
  readBodiesOfCallersOnly(fastify, settings.bodyLimit);
  await checkForms(fastify);
  app.get(Metrics, { strict: false }).timeRequests(fastify);
  // Routes without GET have short answers, so compression would only add a hook.
  fastify.addHook('onRoute', (route) => {
    const methods = [route.method].flat();
    if (!methods.includes('GET') && !methods.includes('HEAD')) route.compress = false;
  });
  // Request bodies must not be compressed: decompression would turn a small request into a large one.
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'], globalDecompression: false });
  useJsonBodies(app, settings.bodyLimit);
  app.useGlobalPipes(queryValidation());
  app.useGlobalFilters(new ProblemFilter({ methodsOf, pageOf: problemPageFor }));
  app.enableShutdownHooks();
}

/**
 * The trusted proxies in Fastify's form; hop 0 is the direct peer. The list is copied, because Fastify
 * modifies it.
 */
function proxies({ trustProxy }: Settings): NonNullable<FastifyServerOptions['trustProxy']> {
  if (typeof trustProxy === 'number') return (_address, hop) => hop < trustProxy;
  return trustProxy === false ? false : [...trustProxy];
}

/** Cheap ids that differ between processes, because a log may collect several of them. */
function requestIds(): () => string {
  const process = randomBytes(4).toString('hex');
  let count = 0;
  return () => `${process}-${(count += 1).toString(36)}`;
}

/** Answers requests that are not valid HTTP or do not arrive in time. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = BROKEN[error.code ?? ''] ?? [400, 'The request is not valid HTTP.'];
  const body = problemDocument(new PlainProblem(status, { detail }));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const BROKEN: Readonly<Record<string, readonly [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers are too long.'],
};

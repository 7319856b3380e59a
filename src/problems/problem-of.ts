import { basename } from 'node:path';
import { HttpException } from '@nestjs/common';
import { ForeignForm, NOT_RECORDED } from './access-problems.js';
import { damageIn, remedyFor } from '../event-store/damage.js';
import { diskFullIn } from '../event-store/disk-full.js';
import {
  EventIdInUse,
  EventTooLarge,
  LedgerReplaced,
  StoreAccessRefused,
  EventStoreClosed,
  StoreUnreachable,
  StreamDeleted,
} from '../event-store/event-store.js';
import { LedgerParted } from '../event-store/ledger-memory.js';
import { StreamParked } from '../event-store/stream-parked.js';
import { isConnectionLost } from '../postgres/connection-lost.js';
import { lostTablesInWords } from '../postgres/emptied.js';
import { MethodNotAllowed, NoSuchRoute } from './not-found.js';
import { HttpProblem } from './http-problem.js';
import { pathOf } from './problem-response.js';
import { BodyTooLarge, InvalidRequest, MalformedJson, UnsupportedMediaType } from './request-problems.js';
import { StreamIsParked } from './stream-is-parked.js';
import { InternalError, PlainProblem, StoreUnavailable } from './server-problems.js';

/** What is known about the request that failed. */
export interface FailedRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly contentType: string | undefined;
  /** Whether the router found no route. */
  readonly unrouted: boolean;
  readonly bodyLimit: number;
  /** The methods that the path allows. */
  readonly allowed: () => readonly string[];
}

/** Converts any thrown value to a problem. Unexpected errors become an InternalError without their cause. */
export function problemOf(thrown: unknown, request: FailedRequest): HttpProblem {
  if (thrown instanceof HttpProblem) return thrown;
  const store = storeProblem(thrown);
  if (store) return store;
  // Nest wraps Fastify's errors; the inner error is more precise.
  const code = codeOf(thrown) ?? (thrown instanceof Error ? codeOf(thrown.cause) : undefined);
  const known = code === undefined ? undefined : fastifyProblem(code, request);
  if (known) return known;
  if (thrown instanceof HttpException && thrown.getStatus() !== 500) return httpProblem(thrown, request);
  const status = statusOf(thrown);
  if (status !== undefined && status >= 400 && status < 500) {
    return new PlainProblem(status, { detail: 'The request could not be read.' });
  }
  return new InternalError(request.id);
}

function storeProblem(thrown: unknown): HttpProblem | undefined {
  if (isConnectionLost(thrown))
    return new StoreUnavailable({ detail: 'The database did not answer. Ask again in a moment.' });
  const damage = damageIn(thrown);
  if (damage)
    return new StoreUnavailable({
      detail: `${basename(damage.file)} is damaged: ${damage.damage}. ${remedyFor(damage.file)}`,
    });
  const lost = lostTablesInWords(thrown, 'The database');
  if (lost !== undefined) return new StoreUnavailable({ detail: lost });
  const full = diskFullIn(thrown);
  if (full) return new StoreUnavailable({ detail: `${full.message}.` });
  if (thrown instanceof StoreUnreachable)
    return new StoreUnavailable({ detail: 'The event store did not answer. Ask again in a moment.' });
  if (thrown instanceof StoreAccessRefused) return new StoreUnavailable({ detail: `${thrown.message}.` });
  if (thrown instanceof LedgerReplaced)
    return new StoreUnavailable({ detail: `Nothing is recorded: ${thrown.message}.` });
  if (thrown instanceof LedgerParted)
    return new StoreUnavailable({
      detail: `Nothing is recorded: the ledger is not the one that was here before. ${thrown.where}`,
    });
  if (thrown instanceof StreamDeleted) return new PlainProblem(409, { detail: `${thrown.message}.` });
  if (thrown instanceof EventStoreClosed)
    return new StoreUnavailable({ detail: 'The server is stopping. Ask again in a moment.' });
  if (thrown instanceof StreamParked)
    return new StreamIsParked({ detail: `Nothing was recorded: ${thrown.message}.` });
  if (thrown instanceof EventIdInUse)
    return new PlainProblem(409, { detail: `Nothing was recorded: ${thrown.message}.` });
  if (thrown instanceof EventTooLarge)
    return new PlainProblem(413, { detail: `Nothing was recorded: ${thrown.message}.` });
  return undefined;
}

function fastifyProblem(
  code: string,
  { bodyLimit, contentType, url }: FailedRequest,
): HttpProblem | undefined {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new BodyTooLarge(bodyLimit);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': {
      const given =
        contentType === undefined ? 'A body without Content-Type' : `A body of type "${contentType}"`;
      return new UnsupportedMediaType({ detail: `${given} is not read here. Send application/json.` });
    }
    case 'FST_CSRF_MISSING_SECRET':
    case 'FST_CSRF_INVALID_TOKEN':
      return new ForeignForm({ detail: NOT_RECORDED });
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new MalformedJson({ detail: 'The body is empty.' });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new PlainProblem(400, { detail: 'The body is not as long as its Content-Length says.' });
    case 'FST_ERR_BAD_URL':
      return new PlainProblem(400, {
        detail: `${pathOf(url)} is not a valid path: its %-escapes are not UTF-8.`,
      });
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new PlainProblem(414, { detail: 'A part of the path is too long.' });
    default:
      return undefined;
  }
}

function httpProblem(exception: HttpException, request: FailedRequest): HttpProblem {
  const status = exception.getStatus();
  const path = pathOf(request.url);
  if (status === 404 && request.unrouted) {
    const allowed = request.allowed();
    return allowed.length > 0
      ? new MethodNotAllowed(request.method, path, allowed)
      : new NoSuchRoute(request.method, path);
  }
  const messages = messagesOf(exception);
  // Nest's own validation pipe lists its findings without field names.
  if (messages.length > 1) return new InvalidRequest(messages.map((message) => ({ field: '', message })));
  return new PlainProblem(status, { detail: messages[0] ?? exception.message });
}

function messagesOf(exception: HttpException): string[] {
  const response = exception.getResponse();
  if (typeof response === 'string') return [response];
  const message = 'message' in response ? response.message : undefined;
  return (Array.isArray(message) ? message : [message]).filter((each) => typeof each === 'string');
}

function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

function statusOf(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('statusCode' in thrown)) return undefined;
  return typeof thrown.statusCode === 'number' ? thrown.statusCode : undefined;
}

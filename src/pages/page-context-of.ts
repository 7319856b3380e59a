import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Day } from '../domain/ledger/edtf.js';
import { clocksIn } from './clocks-in.js';
import type { PageContext } from './page-context.js';

/** The page context of a request; `api` is the path of the API answer with the page's data. */
export function pageContextOf(
  request: FastifyRequest,
  reply: FastifyReply,
  today: Day,
  api?: string,
): PageContext {
  const query = textsOf(request.query);
  return {
    site: `${request.protocol}://${request.host}`,
    path: request.url.split('?', 1)[0] ?? '/',
    query,
    // An address with invalid clocks still gets a page, which reports the error.
    clocks: clocksIn(query),
    today,
    principal: request.principal,
    ...(request.principal && request.session && { formToken: reply.generateCsrf() }),
    ...(api !== undefined && { api }),
  };
}

function textsOf(query: unknown): Record<string, string> {
  if (typeof query !== 'object' || query === null) return {};
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

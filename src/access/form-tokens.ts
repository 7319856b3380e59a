import { createHmac } from 'node:crypto';
import csrf from '@fastify/csrf-protection';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ForeignForm, NOT_RECORDED } from '../problems/access-problems.js';
import { isOfApi } from './is-of-api.js';

/** What the tokens of a session's forms are made from: another site cannot know it. */
export const formSecretOf = (session: string): string =>
  createHmac('sha256', session).update('form').digest('base64url');

/**
 * Lets a form through only where it brings along a token of this browser's session, which no page of another site can
 * read. The sign-in has no session yet: `checkOrigin` looks after it.
 */
export async function checkForms(fastify: FastifyInstance): Promise<void> {
  await fastify.register(csrf, {
    // Its name for "the secret is in request.session", which here is ours.
    sessionPlugin: '@fastify/session',
    sessionKey: 'formSecret',
    getToken: ({ body }) => tokenOf(body),
  });
  fastify.addHook('preHandler', (request, reply, done) => {
    if (
      request.method !== 'POST' ||
      isOfApi(request) ||
      request.routeOptions.config.anonymousBody !== undefined
    )
      done();
    else if (request.session) fastify.csrfProtection(request, reply, done);
    else done(new ForeignForm({ detail: NOT_RECORDED }));
  });
}

function tokenOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('formToken' in body)) return undefined;
  return typeof body.formToken === 'string' ? body.formToken : undefined;
}

/**
 * Throws ForeignForm where a browser says that another site sent the form; for forms of whoever has no session yet. The
 * names that we answer under have been checked by then.
 */
export function checkOrigin({ headers, host }: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const isOurs =
    (site === undefined || site === 'same-origin' || site === 'none') &&
    (origin === undefined || [host, headers.host].includes(authorityOf(origin)));
  if (!isOurs)
    throw new ForeignForm({ detail: 'Another site sent this form. Open the page here and sign in from it.' });
}

/** Whether a browser says that a page of this site sent the form; that it says nothing is not enough. */
export function isOwnForm({ method, headers, host }: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (method !== 'POST' || (site !== undefined && site !== 'same-origin')) return false;
  return origin === undefined ? site === 'same-origin' : [host, headers.host].includes(authorityOf(origin));
}

const authorityOf = (origin: string): string | undefined => /^https?:\/\/([^/]+)$/.exec(origin)?.[1];

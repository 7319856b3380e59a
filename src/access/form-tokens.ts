import { createHmac } from 'node:crypto';
import csrf from '@fastify/csrf-protection';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ForeignForm, NOT_RECORDED } from '../problems/access-problems.js';
import { isOfApi } from './is-of-api.js';

/** The secret behind a session's form tokens. Other sites cannot know it. */
export const formSecretOf = (session: string): string =>
  createHmac('sha256', session).update('form').digest('base64url');

/**
 * Accepts a form only with a token of this browser's session, which pages of other sites cannot read. The
 * sign-in has no session yet and is protected by `checkOrigin`.
 */
export async function checkForms(fastify: FastifyInstance): Promise<void> {
  await fastify.register(csrf, {
    // For the plugin, this means that the secret is in request.session, which the tracker sets itself.
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
 * Throws ForeignForm when the browser reports that another site sent the form. Protects forms without a
 * session. The host names have already been checked.
 */
export function checkOrigin({ headers, host }: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const isOurs =
    (site === undefined || site === 'same-origin' || site === 'none') &&
    (origin === undefined || [host, headers.host].includes(authorityOf(origin)));
  if (!isOurs)
    throw new ForeignForm({ detail: 'Another site sent this form. Open the page here and sign in from it.' });
}

/** Whether the browser reports that a page of this site sent the form. A missing report is not enough. */
export function isOwnForm({ method, headers, host }: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (method !== 'POST' || (site !== undefined && site !== 'same-origin')) return false;
  return origin === undefined ? site === 'same-origin' : [host, headers.host].includes(authorityOf(origin));
}

const authorityOf = (origin: string): string | undefined => /^https?:\/\/([^/]+)$/.exec(origin)?.[1];

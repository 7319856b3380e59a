import cookies from '@fastify/cookie';
import { NotFoundException } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NO_KEY, Unauthenticated, WRONG_KEY } from '../problems/access-problems.js';
import type { ApiKeys } from './api-keys.js';
import { SESSION_SECONDS, type BrowserSessions } from './browser-sessions.js';
import type { Principal } from './api-key.js';
import { formSecretOf, isOwnForm } from './form-tokens.js';
import { isOfApi } from './is-of-api.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session that the caller is signed in by; null where a key was sent, or nobody is signed in. */
    session: { readonly secret: string; readonly formSecret: string } | null;
    /** Whether a key was sent that lets nobody in. */
    hasWrongKey: boolean;
  }
  interface FastifyContextConfig {
    /** How many bytes of a body are read of somebody who is not known, such as who is about to sign in. */
    anonymousBody?: number;
  }
}

/** Only pages read it: a request to the API names its key itself. */
const COOKIE = 'tracker-session';
/** Of a form whose session has ended: it has to go through the sign-in, with a key beside it. */
const KEPT_BYTES = 48 * 1024;

/**
 * Notes who asks before anything is counted or read: by the key of the request, or, except at the API, by the session of
 * the browser. A session that has ended is no error: its browser may read on.
 */
export async function noteCallers(
  fastify: FastifyInstance,
  keys: ApiKeys,
  sessions: BrowserSessions,
): Promise<void> {
  await fastify.register(cookies, { hook: false });
  fastify.decorateRequest('principal', null);
  fastify.decorateRequest('session', null);
  fastify.decorateRequest('hasWrongKey', false);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { authorization, cookie } = request.headers;
    const isProbe = request.routeOptions.config.unlimited === true;
    if (!isProbe && authorization !== undefined) {
      noteKey(request, authorization, keys).then(() => done(), done);
    } else if (!isProbe && cookie?.includes(COOKIE) === true && !isOfApi(request)) {
      const secret = fastify.parseCookie(cookie)[COOKIE] ?? '';
      noteSession(request, secret, sessions).then(() => done(), done);
    } else done();
  });
}

async function noteKey(request: FastifyRequest, authorization: string, keys: ApiKeys): Promise<void> {
  const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  request.principal = (await keys.authenticate(key)) ?? null;
  request.hasWrongKey = request.principal === null;
}

async function noteSession(
  request: FastifyRequest,
  secret: string,
  sessions: BrowserSessions,
): Promise<void> {
  const principal = await sessions.find(secret);
  if (!principal) return;
  signInNow(request, principal, secret);
}

/** From here on the request is of whoever the session is of. */
export function signInNow(request: FastifyRequest, principal: Principal, secret: string): void {
  request.principal = principal;
  request.session = { secret, formSecret: formSecretOf(secret) };
}

/**
 * Refuses a body before it is read where nobody is known who sends it: reading costs memory and time, which is not
 * spent on strangers. Pages then lead to the sign-in. Where no route answers there is nothing to read either. A small form
 * of one of our own pages is read, so that nobody whose session ended while typing loses what was typed.
 */
export function readBodiesOfCallersOnly(fastify: FastifyInstance, bodyLimit: number): void {
  fastify.addHook('onRoute', (route) => {
    const anonymous = route.config?.anonymousBody;
    if (anonymous !== undefined) route.bodyLimit = Math.min(bodyLimit, anonymous);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (BODILESS.has(request.method)) done();
    else if (request.is404) done(new NotFoundException());
    else if (request.principal || request.routeOptions.config.anonymousBody !== undefined) done();
    else if (isOfApi(request))
      done(new Unauthenticated({ detail: request.hasWrongKey ? WRONG_KEY : NO_KEY }));
    else if (isOwnForm(request) && Number(request.headers['content-length']) <= KEPT_BYTES) done();
    else void reply.redirect('/sign-in', 303);
  });
}

const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Signs a browser in: no script can read the cookie, and no other site's form sends it. */
export function setSession(reply: FastifyReply, secret: string, secure: boolean): void {
  void reply.setCookie(COOKIE, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: SESSION_SECONDS,
  });
}

/** Has the browser forget its session. */
export function clearSession(reply: FastifyReply): void {
  void reply.clearCookie(COOKIE, { path: '/', httpOnly: true, sameSite: 'strict' });
}

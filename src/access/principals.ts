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
    /** The caller's browser session; null when a key was sent, or nobody is signed in. */
    session: { readonly secret: string; readonly formSecret: string } | null;
    /** Whether an invalid key was sent. */
    hasWrongKey: boolean;
  }
  interface FastifyContextConfig {
    /** Maximum body size from unknown callers, such as a browser that is about to sign in. */
    anonymousBody?: number;
  }
}

/** Only pages accept the cookie; API requests must send a key. */
const COOKIE = 'tracker-session';
/**
 * Maximum size of a form whose session has ended. It must fit through the sign-in form, together with a key.
 */
const KEPT_BYTES = 48 * 1024;

/**
 * Identifies the caller before anything is counted or read: by the key of the request or, outside the API, by
 * the browser session. An expired session is no error: the browser may continue to read.
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
      noteKey(request, authorization, keys, done);
    } else if (!isProbe && cookie?.includes(COOKIE) === true && !isOfApi(request)) {
      const secret = fastify.parseCookie(cookie)[COOKIE] ?? '';
      noteSession(request, secret, sessions).then(() => done(), done);
    } else done();
  });
}

/** Waits only for a key that has to be looked up. */
function noteKey(
  request: FastifyRequest,
  authorization: string,
  keys: ApiKeys,
  done: (error?: Error) => void,
): void {
  const note = (principal: Principal | undefined): void => {
    request.principal = principal ?? null;
    request.hasWrongKey = principal === undefined;
    done();
  };
  const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  const holder = keys.authenticate(key);
  if (holder instanceof Promise) holder.then(note, done);
  else note(holder);
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

/** From here on, the session's holder is the caller of the request. */
export function signInNow(request: FastifyRequest, principal: Principal, secret: string): void {
  request.principal = principal;
  request.session = { secret, formSecret: formSecretOf(secret) };
}

/**
 * Refuses bodies from unknown callers before reading them, because reading costs memory and time. Pages
 * redirect to the sign-in. Requests without a route are refused too. Small forms of the server's own pages
 * are read, so that a user whose session has ended loses no input.
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

/** Sets the session cookie. Scripts cannot read it, and forms of other sites do not send it. */
export function setSession(reply: FastifyReply, secret: string, secure: boolean): void {
  void reply.setCookie(COOKIE, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: SESSION_SECONDS,
  });
}

/** Deletes the session cookie. */
export function clearSession(reply: FastifyReply): void {
  void reply.clearCookie(COOKIE, { path: '/', httpOnly: true, sameSite: 'strict' });
}

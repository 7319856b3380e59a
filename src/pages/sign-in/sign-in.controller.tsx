import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MaxLength } from 'class-validator';
import { ApiKeys } from '../../access/api-keys.js';
import { BrowserSessions } from '../../access/browser-sessions.js';
import { clearSession, setSession, signInNow } from '../../access/principals.js';
import { checkOrigin } from '../../access/form-tokens.js';
import { RequireRole } from '../../access/require-role.js';
import { Optional } from '../../api/clock-parameters.js';
import { formValues, textOf } from '../form-body.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import { SeeOther, type Page } from '../page.js';
import { keptThrough, type KeptForm } from './kept-form.js';
import { SignInPage } from './sign-in-page.js';

export class SignInParameters extends PageParameters {
  /** Where to go after the sign-in: a path of this site. */
  @Optional()
  @MaxLength(2000)
  next?: string;
}

/** Maximum size of a sign-in form: enough for a kept form and a key. */
const SIGN_IN_BYTES = 64 * 1024;

/** Signs a browser in with an API key, and out again. */
@PageController()
@RequireRole('anyone')
export class SignInController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly sessions: BrowserSessions,
  ) {}

  @Get('sign-in')
  form(@Query() { next }: SignInParameters): Page {
    return pageOf(localPath(next));
  }

  @Post('sign-in')
  @RouteConfig({ anonymousBody: SIGN_IN_BYTES })
  @HttpCode(200)
  async signIn(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    checkOrigin(request);
    const values = formValues(body);
    const key = textOf(values, 'key');
    const next = localPath(textOf(values, 'next'));
    const principal = await this.keys.authenticate(key);
    const kept = keptThrough(next, values);
    if (!principal) {
      const problem = 'The key is not known, or it is revoked. It begins with met_.';
      return { ...pageOf(next, problem, kept), status: 401 };
    }
    // A new sign-in ends the previous session.
    if (request.session) await this.sessions.end(request.session.secret);
    // The Origin header shows whether the browser used TLS, even if a proxy has terminated it.
    const isSecure = request.protocol === 'https' || request.headers.origin?.startsWith('https:') === true;
    const secret = await this.sessions.begin(principal);
    setSession(reply, secret, isSecure);
    if (!kept) return new SeeOther(next);
    signInNow(request, principal, secret);
    return pageOf(next, undefined, kept);
  }

  @Post('sign-out')
  @HttpCode(303)
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeeOther> {
    if (request.session) await this.sessions.end(request.session.secret);
    clearSession(reply);
    return new SeeOther('/');
  }
}

function pageOf(next: string, problem?: string, kept?: KeptForm): Page {
  return {
    title: 'Sign in',
    description: 'Sign in with an API key to log events.',
    body: <SignInPage next={next} {...(problem !== undefined && { problem })} {...(kept && { kept })} />,
  };
}

/**
 * Accepts only a path of this site, because a redirect to another site after the sign-in would help phishing.
 */
function localPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/log';
}

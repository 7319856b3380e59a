import { Body, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MaxLength } from 'class-validator';
import { ApiKeys } from '../../access/api-keys.js';
import { Needs } from '../../access/needs.js';
import { checkForm, checkOrigin, SIGN_OUT_COOKIE, signInCookie } from '../../access/session.js';
import { LeftOut } from '../../queries/clock-parameters.js';
import { formValues, textOf } from '../form-body.js';
import { PageController } from '../page-controller.js';
import { PageParameters } from '../page-parameters.js';
import { SeeOther, type Page } from '../page.js';
import { SignInPage } from './sign-in-page.js';

export class SignInParameters extends PageParameters {
  /** Where to go once signed in: a path of this site. */
  @LeftOut()
  @MaxLength(2000)
  next?: string;
}

/** Signs a browser in by an API key, and out again. */
@PageController()
@Needs('anyone')
export class SignInController {
  constructor(private readonly keys: ApiKeys) {}

  @Get('sign-in')
  form(@Query() { next }: SignInParameters): Page {
    return pageOf(localPath(next));
  }

  @Post('sign-in')
  @HttpCode(200)
  async signIn(@Req() request: FastifyRequest, @Body() body: unknown): Promise<Page | SeeOther> {
    checkOrigin(request.headers);
    const values = formValues(body);
    const key = textOf(values, 'key');
    const next = localPath(textOf(values, 'next'));
    const caller = await this.keys.authenticate(key);
    if (!caller) {
      return { ...pageOf(next, 'The key is not known, or it is revoked. It begins with met_.'), status: 401 };
    }
    // The browser itself says whether it came over TLS; a proxy in front may have taken that away.
    const isSecure = request.headers.origin?.startsWith('https:') ?? false;
    return new SeeOther(next, signInCookie(key, isSecure));
  }

  @Post('sign-out')
  @HttpCode(303)
  signOut(@Req() request: FastifyRequest, @Body() body: unknown): SeeOther {
    checkForm(request.headers.cookie, formValues(body)['formToken']);
    return new SeeOther('/', SIGN_OUT_COOKIE);
  }
}

function pageOf(next: string, problem?: string): Page {
  return {
    title: 'Sign in',
    description: 'Sign in with an API key to log events.',
    body: <SignInPage next={next} {...(problem !== undefined && { problem })} />,
  };
}

/** A path of this site and nothing else: a sign-in that leads elsewhere would serve a thief. */
function localPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/log';
}

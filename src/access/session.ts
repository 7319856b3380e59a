import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../problems/problem.js';

/** The cookie that a browser is signed in by. Only pages read it: a request to the API names its key itself. */
const COOKIE = 'tracker-key';
/** A working day. */
const SIGNED_IN_S = 12 * 60 * 60;

/** The API key that a browser sends, or undefined. It may be unknown or revoked by now. */
export function sessionKey(cookies: string | undefined): string | undefined {
  for (const pair of cookies?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === COOKIE && value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** Set-Cookie that signs a browser in: no script can read it, and no other site's form sends it. */
export function signInCookie(key: string, isSecure: boolean): string {
  return `${COOKIE}=${key}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SIGNED_IN_S}${isSecure ? '; Secure' : ''}`;
}

/** Set-Cookie that signs a browser out. */
export const SIGN_OUT_COOKIE = `${COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;

/**
 * What a form has to bring along to change anything (OWASP's HMAC-based token pattern): it follows from the key, which
 * another site cannot read.
 */
export function formTokenOf(key: string): string {
  return createHmac('sha256', key).update('form').digest('base64url');
}

/** A form did not come from a page of this browser's session. */
export class ForeignForm extends Problem {
  readonly status = 403;
  readonly slug = 'foreign-form';
  readonly title = 'The form did not come from a page of yours';
}

/** Throws ForeignForm unless the form brings the token of the session's key. */
export function checkForm(cookies: string | undefined, token: unknown): void {
  const key = sessionKey(cookies);
  if (key !== undefined && typeof token === 'string') {
    const [given, expected] = [Buffer.from(token), Buffer.from(formTokenOf(key))];
    if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  }
  throw new ForeignForm({
    detail: 'Nothing was recorded. Go back, load the page again, and send the form from there.',
  });
}

/** What a browser says of where a form comes from. */
export interface FormOrigin {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
  readonly 'sec-fetch-site'?: string | readonly string[] | undefined;
}

/** Throws ForeignForm where a browser says that another site sent the form; for forms of whoever has no session yet. */
export function checkOrigin({ origin, host, 'sec-fetch-site': site }: FormOrigin): void {
  const isOurs =
    site === undefined
      ? origin === undefined || origin.replace(/^https?:\/\//, '') === host
      : site === 'same-origin' || site === 'none';
  if (!isOurs)
    throw new ForeignForm({ detail: 'Another site sent this form. Open the page here and sign in from it.' });
}

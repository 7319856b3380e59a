import { HttpProblem } from './http-problem.js';

export const NO_KEY = 'Send a key as "Authorization: Bearer met_…".';
export const WRONG_KEY = 'The key is not known, or it is revoked.';

/** The request has no valid key. */
export class Unauthenticated extends HttpProblem {
  readonly status = 401;
  readonly slug = 'unauthenticated';
  readonly title = 'A valid API key is needed';
  override readonly headers = { 'WWW-Authenticate': 'Bearer realm="market-expansion-tracker"' };
}

/** The key is valid, but its role is not sufficient. */
export class Forbidden extends HttpProblem {
  readonly status = 403;
  readonly slug = 'forbidden';
  readonly title = 'The API key does not allow this';
}

/** The client sends too many requests. */
export class TooManyRequests extends HttpProblem {
  readonly status = 429;
  readonly slug = 'too-many-requests';
  readonly title = 'Too many requests';
  override readonly headers: Readonly<Record<string, string>>;

  constructor(perMinute: number, retryAfterSeconds: number) {
    super({
      detail: `${perMinute} requests a minute are allowed. Try again in ${retryAfterSeconds} s.`,
      perMinute,
    });
    this.headers = { 'Retry-After': String(retryAfterSeconds) };
  }
}

/** An active key already has this name. Names are authors, and each belongs to one holder. */
export class KeyNameTaken extends HttpProblem {
  readonly status = 409;
  readonly slug = 'key-name-taken';
  readonly title = 'The name belongs to another key';
}

export const NOT_RECORDED =
  'Nothing was recorded. Go back, load the page again, and send the form from there.';

/** A form did not come from a page of this browser's session. */
export class ForeignForm extends HttpProblem {
  readonly status = 403;
  readonly slug = 'foreign-form';
  readonly title = 'The form did not come from a page of yours';
}

/**
 * The request names another host. Pages of such a host, pointed here by DNS, must not read or write anything.
 */
export class UnknownHost extends HttpProblem {
  readonly status = 421;
  readonly slug = 'unknown-host';
  readonly title = 'This server does not answer under that name';
}

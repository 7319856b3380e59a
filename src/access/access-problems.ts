import { Problem } from '../problems/problem.js';

/** There is no key, or none that is valid. */
export class Unauthenticated extends Problem {
  readonly status = 401;
  readonly slug = 'unauthenticated';
  readonly title = 'A valid API key is needed';
  override readonly headers = { 'WWW-Authenticate': 'Bearer realm="market-expansion-tracker"' };
}

/** The key is valid and its role does not suffice. */
export class Forbidden extends Problem {
  readonly status = 403;
  readonly slug = 'forbidden';
  readonly title = 'The API key does not allow this';
}

/** The client asks too often. */
export class TooManyRequests extends Problem {
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

/** A live key has this name already: names are authors, and each stands for one holder. */
export class KeyNameTaken extends Problem {
  readonly status = 409;
  readonly slug = 'key-name-taken';
  readonly title = 'The name belongs to another key';
}

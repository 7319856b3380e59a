import { HttpProblem } from '../../problems/http-problem.js';

/** A sender has reached the hourly limit. */
export class TooManySuggestions extends HttpProblem {
  readonly status = 429;
  readonly slug = 'too-many-suggestions';
  readonly title = 'Too many suggestions';
  override readonly headers: Readonly<Record<string, string>>;

  constructor(anHour: number, retryAfterSeconds: number) {
    super({
      detail: `${anHour} suggestions an hour are taken from one place. Nothing was kept; try again in ${Math.ceil(retryAfterSeconds / 60)} minutes.`,
      anHour,
    });
    this.headers = { 'Retry-After': String(retryAfterSeconds) };
  }
}

/** Too many suggestions wait; no more are accepted until some are decided. */
export class SuggestionsFull extends HttpProblem {
  readonly status = 503;
  readonly slug = 'suggestions-full';
  readonly title = 'No more suggestions are taken just now';
  override readonly headers = { 'Retry-After': '3600' };

  constructor(most: number) {
    super({ detail: `${most} suggestions wait to be looked at. Nothing was kept; try again another day.` });
  }
}

/** The suggestion was already accepted or declined, or another analyst is recording it now. */
export class SuggestionDecided extends HttpProblem {
  readonly status = 409;
  readonly slug = 'suggestion-decided';
  readonly title = 'The suggestion is decided already';
}

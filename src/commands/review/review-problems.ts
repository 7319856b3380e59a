import { HttpProblem } from '../../problems/http-problem.js';

/** Too many events already wait for a second analyst. */
export class TooManyReviews extends HttpProblem {
  readonly status = 409;
  readonly slug = 'too-many-reviews';
  readonly title = 'Too many events wait for a second analyst';

  constructor(most: number) {
    super({ detail: `${most} events wait already. Look at some of them first.` });
  }
}

/** The author of an event cannot be its second analyst. */
export class ReviewByAuthor extends HttpProblem {
  readonly status = 403;
  readonly slug = 'review-by-author';
  readonly title = 'A second analyst has to look at it';
}

import { HttpProblem } from './http-problem.js';

/** The requested item does not exist. */
export class NotFound extends HttpProblem {
  readonly status = 404;
  readonly slug = 'not-found';
  readonly title = 'Not found';
}

/** No route has this path. */
export class NoSuchRoute extends HttpProblem {
  readonly status = 404;
  readonly slug = 'no-such-route';
  readonly title = 'There is no such route';

  constructor(method: string, path: string) {
    super({ detail: `Nothing answers ${method} ${path}. GET /docs lists the routes.` });
  }
}

/** The path exists, but not with this method. */
export class MethodNotAllowed extends HttpProblem {
  readonly status = 405;
  readonly slug = 'method-not-allowed';
  readonly title = 'The method is not allowed here';
  override readonly headers: Readonly<Record<string, string>>;

  constructor(method: string, path: string, allowed: readonly string[]) {
    super({ detail: `${path} answers ${allowed.join(', ')}, not ${method}.`, allowed });
    this.headers = { Allow: allowed.join(', ') };
  }
}

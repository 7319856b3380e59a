import { STATUS_CODES } from 'node:http';
import { HttpProblem, type ProblemDetails } from './http-problem.js';

/** The server failed. The answer contains only the id of the incident; the log has the details. */
export class InternalError extends HttpProblem {
  readonly status = 500;
  readonly slug = 'internal-error';
  readonly title = 'The server failed';

  constructor(incident: string) {
    super({ detail: `The failure is in the server's log as incident ${incident}.`, incident });
  }
}

/** A database that the answer needs is unreachable. A retry may succeed. */
export class StoreUnavailable extends HttpProblem {
  readonly status = 503;
  readonly slug = 'store-unavailable';
  readonly title = 'A store is not reached';
  override readonly headers = { 'Retry-After': '2' };
}

/** A status from another layer (Nest, Fastify, Node) without a problem class of the tracker. */
export class PlainProblem extends HttpProblem {
  readonly slug: string;
  readonly title: string;

  constructor(
    readonly status: number,
    details: ProblemDetails,
  ) {
    super(details);
    this.title = STATUS_CODES[status] ?? 'Error';
    this.slug = this.title
      .toLowerCase()
      .replace(/[^a-z]+/g, '-')
      .replace(/^-|-$/g, '');
  }
}

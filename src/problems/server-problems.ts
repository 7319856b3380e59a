import { STATUS_CODES } from 'node:http';
import { HttpProblem, type ProblemDetails } from './http-problem.js';

/** The server failed. The answer says nothing but the incident's id, by which the log has the rest. */
export class InternalError extends HttpProblem {
  readonly status = 500;
  readonly slug = 'internal-error';
  readonly title = 'The server failed';

  constructor(incident: string) {
    super({ detail: `The failure is in the server's log as incident ${incident}.`, incident });
  }
}

/** A database that the answer stands on is not reached. It may be again in a moment. */
export class StoreUnavailable extends HttpProblem {
  readonly status = 503;
  readonly slug = 'store-unavailable';
  readonly title = 'A store is not reached';
  override readonly headers = { 'Retry-After': '2' };
}

/** A status that another layer (Nest, Fastify, Node) answers with and that no class of ours describes. */
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

/** The variable parts of an RFC 9457 problem response. */
export interface ProblemDetails {
  readonly detail: string;
  /** Extension members, such as `errors` or `contradicts`. */
  readonly [extension: string]: unknown;
}

/**
 * A condition that keeps the application from answering. This typed error becomes an RFC 9457 problem
 * response, and on the command line a message with an exit code. Subclasses define status, type and title.
 */
export abstract class HttpProblem extends Error {
  /** HTTP status code. */
  abstract readonly status: number;
  /** The kind of problem for programs; the response's `type` is `/problems/<slug>`. */
  abstract readonly slug: string;
  abstract readonly title: string;
  /** Response headers such as Retry-After. */
  readonly headers: Readonly<Record<string, string>> = {};

  constructor(readonly details: ProblemDetails) {
    super(details.detail);
    this.name = new.target.name;
  }
}

/** The parts of an RFC 9457 problem response that differ from one occurrence to the next. */
export interface ProblemDetails {
  readonly detail: string;
  /** Extension members, such as `errors` or `contradicts`. */
  readonly [extension: string]: unknown;
}

/**
 * What a caller did, or met, that keeps the application from answering: a typed error that becomes an RFC 9457 problem
 * response, and a message with an exit code on the command line. Subclasses fix status, type and title.
 */
export abstract class HttpProblem extends Error {
  /** HTTP status code. */
  abstract readonly status: number;
  /** Names the kind of problem for programs; the response's `type` is `/problems/<slug>`. */
  abstract readonly slug: string;
  abstract readonly title: string;
  /** Headers that go with the response, such as Retry-After. */
  readonly headers: Readonly<Record<string, string>> = {};

  constructor(readonly details: ProblemDetails) {
    super(details.detail);
    this.name = new.target.name;
  }
}

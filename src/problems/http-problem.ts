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

  readonly details: ProblemDetails;

  constructor(details: ProblemDetails) {
    super(cut(details.detail, LONGEST_DETAIL));
    this.name = new.target.name;
    this.details = bounded(details);
  }
}

/** Most wrong fields that an answer lists. The request is wrong as a whole, and the next answer lists those left. */
export const MOST_ERRORS = 50;
const LONGEST_DETAIL = 20_000;
const LONGEST_FIELD = 200;

/** A problem repeats names of the request: its answer must not grow with a request of a million of them, or of one name. */
function bounded(details: ProblemDetails): ProblemDetails {
  const { errors } = details;
  return {
    ...details,
    detail: cut(details.detail, LONGEST_DETAIL),
    ...(Array.isArray(errors) && { errors: errors.slice(0, MOST_ERRORS).map(withShortField) }),
  };
}

function withShortField(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'field' in error && typeof error.field === 'string'
    ? { ...error, field: shortField(error.field) }
    : error;
}

/** The name of a field as an answer says it. */
export const shortField = (field: string): string => cut(field, LONGEST_FIELD);

/** The beginning of a text that is too long, without half a character at its end. */
function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
}

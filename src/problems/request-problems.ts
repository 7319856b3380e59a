import { HttpProblem, MOST_ERRORS, shortField } from './http-problem.js';

/** An invalid field of a request, and how to correct it. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** Fields of a request are invalid; `errors` lists each. */
export class InvalidRequest extends HttpProblem {
  readonly status = 400;
  readonly slug = 'invalid-request';
  readonly title = 'The request is not valid';

  constructor(readonly problems: readonly FieldProblem[]) {
    const errors = problems;
    const count = errors.length === 1 ? '1 field is' : `${errors.length} fields are`;
    const named = errors.slice(0, MOST_ERRORS).map((each) => shortField(each.field));
    const more = errors.length > named.length ? ` and ${errors.length - named.length} more` : '';
    super({ detail: `${count} wrong: ${named.join(', ')}${more}.`, errors });
  }
}

/** The body is not JSON; `line` and `column` give the position of the error, if known. */
export class MalformedJson extends HttpProblem {
  readonly status = 400;
  readonly slug = 'malformed-json';
  readonly title = 'The body is not JSON';
}

/** The body is not UTF-8, and guessing could corrupt the names in it. `offset` is the first invalid byte. */
export class NotUtf8 extends HttpProblem {
  readonly status = 400;
  readonly slug = 'not-utf-8';
  readonly title = 'The body is not UTF-8';

  constructor(offset: number) {
    super({ detail: `JSON is sent as UTF-8 (RFC 8259); byte ${offset} of the body is not.`, offset });
  }
}

/** The body is larger than the server accepts. */
export class BodyTooLarge extends HttpProblem {
  readonly status = 413;
  readonly slug = 'body-too-large';
  readonly title = 'The body is too large';

  constructor(limit: number) {
    super({
      detail: `A body has at most ${limit} bytes here. Send fewer events at once, or import them.`,
      limit,
    });
  }
}

/** This route does not accept the body's media type. */
export class UnsupportedMediaType extends HttpProblem {
  readonly status = 415;
  readonly slug = 'unsupported-media-type';
  readonly title = 'The kind of body is not supported';
  override readonly headers = { 'Accept-Post': 'application/json' };
}

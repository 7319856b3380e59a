import type { Refused } from '../domain/decide.js';
import { Problem } from '../problems/problem.js';

/** A proposal is not well-formed; `errors` name each field and how to mend it. */
export class InvalidEvent extends Problem {
  readonly status = 400;
  readonly slug = 'invalid-event';
  readonly title = 'The event is not valid';
}

/** A proposal looks like an event that is recorded already; `duplicateOf` is that one's id. */
export class DuplicateEvent extends Problem {
  readonly status = 409;
  readonly slug = 'duplicate-event';
  readonly title = 'The event is recorded already';
}

/** A proposal contradicts recorded events; `contradicts` holds their ids. */
export class Contradicted extends Problem {
  readonly status = 409;
  readonly slug = 'contradiction';
  readonly title = 'The event contradicts what is recorded';
}

/** A proposal is unlikely; `confirm` holds the codes by which its author says that it is meant, `errors` what is doubtful. */
export class UnconfirmedEvent extends Problem {
  readonly status = 409;
  readonly slug = 'unconfirmed-event';
  readonly title = 'The event is unlikely';
}

/** The caller's If-Match or If-None-Match does not hold any more. */
export class StreamHasChanged extends Problem {
  readonly status = 412;
  readonly slug = 'stream-has-changed';
  readonly title = 'The stream has changed';
}

/** An Idempotency-Key came back with another request. */
export class IdempotencyKeyReused extends Problem {
  readonly status = 422;
  readonly slug = 'idempotency-key-reused';
  readonly title = 'The Idempotency-Key belongs to another request';
}

/** The id that an event is to have belongs to another event. */
export class EventIdTaken extends Problem {
  readonly status = 409;
  readonly slug = 'event-id-in-use';
  readonly title = 'The id belongs to another event';
}

/** Other writers were faster again and again. Nothing was recorded. */
export class TooMuchContention extends Problem {
  readonly status = 503;
  readonly slug = 'too-much-contention';
  readonly title = 'Too many writers at once';
  override readonly headers = { 'Retry-After': '1' };
}

/** The store did not say whether it recorded the events. */
export class OutcomeUnknown extends Problem {
  readonly status = 503;
  readonly slug = 'outcome-unknown';
  readonly title = 'It is not known whether the events were recorded';
  override readonly headers = { 'Retry-After': '1' };
}

/** The typed error for a refused proposal. `many` says whether the request held an array. */
export function refusal(refused: Refused, many: boolean): Problem {
  const at = many ? `Event ${refused.index} of the request: ` : '';
  const index = many ? { index: refused.index } : {};
  switch (refused.kind) {
    case 'invalid': {
      const errors = refused.problems.map(({ field, message }) => ({
        field: many ? `[${refused.index}].${field}` : field,
        message,
      }));
      const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
      return new InvalidEvent({ detail, errors });
    }
    case 'duplicate':
      return new DuplicateEvent({
        detail: `${at}${refused.message}, as ${refused.duplicateOf}. Add evidence to that one (EvidenceAdded), or say "duplicateOf": "none" if it is another event.`,
        duplicateOf: refused.duplicateOf,
        ...index,
      });
    case 'unconfirmed': {
      const codes = [...new Set(refused.doubts.map(({ code }) => code))];
      return new UnconfirmedEvent({
        detail: `${at}${refused.doubts.map(({ field, message }) => `${field} ${message}`).join('; ')}. Mend it, or say "confirm": ${JSON.stringify(codes)} if it is meant.`,
        confirm: codes,
        errors: refused.doubts.map(({ field, message }) => ({
          field: many ? `[${refused.index}].${field}` : field,
          message,
        })),
        ...index,
      });
    }
    case 'contradiction':
      return new Contradicted({
        detail: at + refused.refusals.map(({ message }) => message).join('; '),
        contradicts: [...new Set(refused.refusals.flatMap(({ contradicts }) => contradicts ?? []))],
        rules: refused.refusals,
        ...index,
      });
  }
}

import type { RuleViolation } from '../../domain/events/event-type.js';
import type { RejectedAt } from '../../domain/ledger/decide.js';
import { HttpProblem } from '../../problems/http-problem.js';

/** A proposal is not well-formed. `errors` name each field and its correction. */
export class InvalidEvent extends HttpProblem {
  readonly status = 400;
  readonly slug = 'invalid-event';
  readonly title = 'The event is not valid';
}

/** A proposal looks like an already recorded event, whose id is `duplicateOf`. */
export class DuplicateEvent extends HttpProblem {
  readonly status = 409;
  readonly slug = 'duplicate-event';
  readonly title = 'The event is recorded already';
}

/** A proposal contradicts recorded events. `contradicts` contains their ids. */
export class Contradicted extends HttpProblem {
  readonly status = 409;
  readonly slug = 'contradiction';
  readonly title = 'The event contradicts what is recorded';
}

/**
 * A proposal is implausible. `errors` describe the doubts, and `confirm` contains the codes with which the
 * author can confirm it.
 */
export class UnconfirmedEvent extends HttpProblem {
  readonly status = 409;
  readonly slug = 'unconfirmed-event';
  readonly title = 'The event is unlikely';
}

/** The caller's If-Match or If-None-Match no longer holds. */
export class StreamHasChanged extends HttpProblem {
  readonly status = 412;
  readonly slug = 'stream-has-changed';
  readonly title = 'The stream has changed';
}

/** An Idempotency-Key was used again for a different request. */
export class IdempotencyKeyReused extends HttpProblem {
  readonly status = 422;
  readonly slug = 'idempotency-key-reused';
  readonly title = 'The Idempotency-Key belongs to another request';
}

/** Another event already has the requested id. */
export class EventIdTaken extends HttpProblem {
  readonly status = 409;
  readonly slug = 'event-id-in-use';
  readonly title = 'The id belongs to another event';
}

/** Other writers were faster several times in a row. Nothing was recorded. */
export class TooMuchContention extends HttpProblem {
  readonly status = 503;
  readonly slug = 'too-much-contention';
  readonly title = 'Too many writers at once';
  override readonly headers = { 'Retry-After': '1' };
}

/** The store did not report whether it recorded the events. */
export class OutcomeUnknown extends HttpProblem {
  readonly status = 503;
  readonly slug = 'outcome-unknown';
  readonly title = 'It is not known whether the events were recorded';
  override readonly headers = { 'Retry-After': '1' };
}

/** The answer to an append of which the store said nothing, or this. */
export function outcomeUnknown(error: unknown): OutcomeUnknown {
  const detail = `The event store failed: ${String(error)}. Send the request again with the same Idempotency-Key; nothing will be recorded twice.`;
  return new OutcomeUnknown({ detail });
}

/**
 * The typed error for a rejected proposal. `many` says whether the request contained an array. `stream` names
 * the stream in a request about several.
 */
export function rejectionProblem(rejected: RejectedAt, many: boolean, stream?: string): HttpProblem {
  const at =
    stream === undefined ? (many ? `Event ${rejected.index} of the request: ` : '') : `In ${stream}: `;
  const index = many ? { index: rejected.index } : {};
  switch (rejected.kind) {
    case 'invalid': {
      const errors = rejected.problems.map(({ field, message }) => ({
        field: many ? `[${rejected.index}].${field}` : field,
        message,
      }));
      const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
      return new InvalidEvent({ detail, errors });
    }
    case 'duplicate':
      return new DuplicateEvent({
        detail: `${at}${rejected.message}, as ${rejected.duplicateOf}. Add evidence to that one (EvidenceAdded), or say "duplicateOf": "none" if it is another event.`,
        duplicateOf: rejected.duplicateOf,
        ...index,
      });
    case 'unconfirmed': {
      const codes = [...new Set(rejected.doubts.map(({ code }) => code))];
      return new UnconfirmedEvent({
        detail: `${at}${rejected.doubts.map(({ field, message }) => `${field} ${message}`).join('; ')}. Mend it, or say "confirm": ${JSON.stringify(codes)} if it is meant.`,
        confirm: codes,
        errors: rejected.doubts.map(({ field, message }) => ({
          field: many ? `[${rejected.index}].${field}` : field,
          message,
        })),
        ...index,
      });
    }
    case 'contradiction':
      return new Contradicted({
        detail: at + messagesOf(rejected.violations, rejected.isCut),
        contradicts: [...new Set(rejected.violations.flatMap(({ contradicts }) => contradicts ?? []))],
        rules: rejected.violations,
        ...index,
      });
  }
}

function messagesOf(violations: readonly RuleViolation[], isCut: boolean): string {
  const messages = violations.map(({ message }) => message);
  return (isCut ? [...messages, 'and more'] : messages).join('; ');
}

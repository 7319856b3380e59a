import { goalInSentence } from '../words/goals.js';
import { earlierVersion, eventType, type RuleViolation } from './event-type.js';
import { OneOf, Optional } from './fields.js';
import { VEHICLES, type Vehicles } from '../measures/measures.js';
import type { TargetTerms } from '../state/records.js';
import { grown, type SubjectStates } from '../state/subject-state.js';
import { TargetSetV1 } from './target-set-v1.js';
import { TargetSetV2 } from './target-set-v2.js';
import { problemsOfTerms } from './target-terms.js';
import type { FieldError } from './field-kind.js';

export class TargetSet extends TargetSetV2 {
  @Optional()
  @OneOf(VEHICLES, 'Which vehicles it counts; all where the words do not say')
  vehicles?: Vehicles;
}

/** Errors of the terms as a whole. */
export const checkTerms = (terms: TargetSetV2): FieldError[] => problemsOfTerms(terms);

/** The terms without the id of the target and the reason of the change. */
export function termsOf(data: TargetSet & { reason?: string }): TargetTerms {
  const { target: _target, reason: _reason, ...terms } = data;
  return terms;
}

/** Why a target cannot be changed: it does not exist yet, or no longer. */
export function notOpen(
  record: SubjectStates['target'] | undefined,
  target: string,
): RuleViolation | undefined {
  if (!record) return { rule: 'target-not-set', message: `the target ${target} was not set by then` };
  const last = record.versions.last;
  return record.withdrawn && last
    ? {
        rule: 'target-withdrawn',
        message: `the target ${target} was withdrawn by then`,
        contradicts: last.event,
      }
    : undefined;
}

/** The wording for a goal without a date. */
export const undated = ({ deadline, period }: TargetTerms): string =>
  deadline === undefined && period === undefined ? ', no date given' : '';

/** The quoted title of a goal in a sentence, if the ledger has one. */
export const titled = (title: string | undefined): string => (title === undefined ? '' : ` “${title}”`);

export const targetSet = eventType({
  type: 'TargetSet',
  summary: 'An automaker announced a goal.',
  data: TargetSet,
  previous: earlierVersion({
    data: TargetSetV2,
    check: checkTerms,
    upcast: (data): TargetSet => ({ ...data }),
    // The kind of the goal is inferred from its wording until somebody states it.
    previous: earlierVersion({
      data: TargetSetV1,
      check: checkTerms,
      upcast: (data): TargetSetV2 => ({ ...data }),
    }),
  }),
  stream: 'automaker',
  kind: 'target',
  subject: ({ target }) => target,
  check: checkTerms,
  rule: (record, { data }) => {
    const first = record?.versions.get(0);
    return (
      first && {
        rule: 'target-exists',
        message: `the target ${data.target} was set already; revise it, or choose another slug`,
        contradicts: first.event,
      }
    );
  },
  effect: (_, { id, occurredOn, data }) => ({
    target: data.target,
    withdrawn: false,
    versions: grown(undefined, { event: id, occurredOn, type: 'TargetSet', terms: termsOf(data) }),
  }),
  sentence: (data, words) => `${words.automaker} set a goal: ${goalInSentence(data, words)}${undated(data)}`,
});

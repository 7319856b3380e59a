import { goalInSentence } from '../words/goals.js';
import { earlierVersion, eventType } from './event-type.js';
import { Optional, Text } from './fields.js';
import { grown } from '../state/subject-state.js';
import { TargetRevisedV1 } from './target-set-v1.js';
import { TargetRevisedV2 } from './target-set-v2.js';
import { checkTerms, notOpen, TargetSet, termsOf, undated } from './target-set.js';

export class TargetRevised extends TargetSet {
  @Optional()
  @Text('Why, where it was said')
  reason?: string;
}

export const targetRevised = eventType({
  type: 'TargetRevised',
  summary: 'An automaker changed the terms of a goal; the new terms are given in full.',
  data: TargetRevised,
  previous: earlierVersion({
    data: TargetRevisedV2,
    check: checkTerms,
    upcast: (data): TargetRevised => ({ ...data }),
    previous: earlierVersion({
      data: TargetRevisedV1,
      check: checkTerms,
      upcast: (data): TargetRevisedV2 => ({ ...data }),
    }),
  }),
  stream: 'automaker',
  kind: 'target',
  subject: ({ target }) => target,
  check: (data) => checkTerms(data),
  rule: (record, { data }) => notOpen(record, data.target),
  effect: (record, { id, occurredOn, data }) => ({
    target: data.target,
    withdrawn: false,
    versions: grown(record?.versions, {
      event: id,
      occurredOn,
      type: 'TargetRevised',
      terms: termsOf(data),
      ...(data.reason !== undefined && { reason: data.reason }),
    }),
  }),
  duplicateKey: (data) => JSON.stringify(termsOf(data)),
  sentence: (data, words) =>
    `${words.automaker} changed its goal, which is now: ${goalInSentence(data, words)}${undated(data)}`,
});

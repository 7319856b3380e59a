import { eventType } from './event-type.js';
import { Slug, Text } from './fields.js';
import { grown } from '../state/subject-state.js';
import { identityOf } from '../ledger/text.js';
import { notOpen, titled } from './target-set.js';

export class TargetRestated {
  @Slug('The target')
  target!: string;

  @Text('The words that it was said in again')
  wording!: string;
}

export const targetRestated = eventType({
  type: 'TargetRestated',
  summary: 'An automaker said a goal again, with the same terms.',
  data: TargetRestated,
  stream: 'automaker',
  kind: 'target',
  subject: ({ target }) => target,
  rule: (record, { data }) => notOpen(record, data.target),
  effect: (record, { id, occurredOn, data }) => {
    const last = record?.versions.last;
    if (!last) throw new Error(`target ${data.target} is restated before it is set`);
    const terms = { ...last.terms, wording: data.wording };
    return {
      target: data.target,
      withdrawn: false,
      versions: grown(record.versions, { event: id, occurredOn, type: 'TargetRestated', terms }),
    };
  },
  duplicateKey: ({ wording }) => identityOf(wording),
  sentence: ({ target, wording }, { automaker, named }) =>
    `${automaker} repeated its goal${titled(named?.('target', target))}: “${wording}”`,
});

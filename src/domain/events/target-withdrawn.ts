import { eventType } from './event-type.js';
import { Slug, Text } from './fields.js';
import { grown } from '../state/subject-state.js';
import { notOpen, titled } from './target-set.js';

export class TargetWithdrawn {
  @Slug('The target')
  target!: string;

  @Text('Why, as the automaker or its source says')
  reason!: string;
}

export const targetWithdrawn = eventType({
  type: 'TargetWithdrawn',
  summary: 'An automaker gave a goal up, and said so.',
  data: TargetWithdrawn,
  stream: 'automaker',
  kind: 'target',
  subject: ({ target }) => target,
  rule: (record, { data }) => notOpen(record, data.target),
  effect: (record, { id, occurredOn, data }) => {
    const last = record?.versions.last;
    if (!last) throw new Error(`target ${data.target} is withdrawn before it is set`);
    return {
      target: data.target,
      withdrawn: true,
      versions: grown(record.versions, {
        event: id,
        occurredOn,
        type: 'TargetWithdrawn',
        terms: last.terms,
        reason: data.reason,
      }),
    };
  },
  sentence: ({ target, reason }, { automaker, named }) =>
    `${automaker} withdrew its goal${titled(named?.('target', target))}: ${reason}`,
});

import { eventType } from './event-type.js';
import { Country, Optional, Slug, Text } from './fields.js';

export class AutomakerRegistered {
  @Text('Name to show', 200)
  name!: string;

  @Country('The market that is not overseas for it')
  homeMarket!: string;

  @Optional()
  @Slug('The automaker that it belongs to')
  group?: string;
}

export const automakerRegistered = eventType({
  type: 'AutomakerRegistered',
  summary: 'The ledger follows an automaker from now on. Comes first in its stream and holds on every day.',
  data: AutomakerRegistered,
  stream: 'automaker',
  kind: 'automaker',
  subject: () => '',
  rule: (record) =>
    record && {
      rule: 'already-registered',
      message: `it is registered already, as ${record.name}`,
      contradicts: record.registered.event,
    },
  effect: (_, { id, occurredOn, data }) => ({ ...data, registered: { event: id, occurredOn } }),
  sentence: ({ homeMarket }, { automaker, place }) =>
    `The ledger follows ${automaker}, at home in ${place(homeMarket)}`,
});

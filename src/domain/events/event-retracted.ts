import { amendment } from './event-type.js';
import { EventId, Text } from './fields.js';

export class EventRetracted {
  @EventId('The event, correction or added evidence that it voids')
  event!: string;

  @Text('Why it never should have been recorded')
  reason!: string;
}

export const eventRetracted = amendment({
  type: 'EventRetracted',
  summary:
    'An earlier event, correction or piece of evidence is void, with the reason. The earlier one stays.',
  data: EventRetracted,
  act: true,
  sentence: ({ reason }) => `Retraction: ${reason}`,
});

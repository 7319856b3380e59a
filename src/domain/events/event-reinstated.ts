import { amendment } from './event-type.js';
import { EventId, Text } from './fields.js';

export class EventReinstated {
  @EventId('The event whose retraction was a mistake')
  event!: string;

  @Text('Why it counts after all')
  reason!: string;
}

export const eventReinstated = amendment({
  type: 'EventReinstated',
  summary: 'An event that was retracted counts again, with the reason. Its retraction stays readable.',
  data: EventReinstated,
  act: true,
  sentence: ({ reason }) => `Reinstatement: ${reason}`,
});

import { amendment } from './event-type.js';
import { AnyObject, Count, EventId, Occurrence, Optional, Text } from './fields.js';

export class EventCorrected {
  @EventId('The event that it replaces')
  event!: string;

  @AnyObject('The data that the event should have had, in full')
  data!: Record<string, unknown>;

  @Occurrence('When it happened')
  occurredOn!: string;

  @Text('What was wrong')
  reason!: string;

  @Optional()
  @Count(
    'The version of the type of that event that the data is of. Left out of a request: the newest that it fits; left out of what is recorded: 1',
  )
  version?: number;
}

export const eventCorrected = amendment({
  type: 'EventCorrected',
  summary: 'An earlier event is replaced: its data and its date, with the reason. The earlier one stays.',
  data: EventCorrected,
  act: true,
  sentence: ({ reason }) => `Correction: ${reason}`,
});

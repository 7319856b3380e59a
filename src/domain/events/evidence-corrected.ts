import { Evidence } from '../ledger/evidence.js';
import { amendment } from './event-type.js';
import { EventId, Part, Text, Url } from './fields.js';

export class EvidenceCorrected {
  @EventId('The event whose evidence was wrong')
  event!: string;

  @Url('The address that the wrong evidence has now; of several pieces with it, the first is meant')
  url!: string;

  @Part(Evidence, 'The evidence as it should have been, in full')
  replacement!: Evidence;

  @Text('What was wrong')
  reason!: string;
}

export const evidenceCorrected = amendment({
  type: 'EvidenceCorrected',
  summary:
    'A piece of evidence is replaced, such as a wrong address or date, with the reason. The earlier one stays.',
  data: EvidenceCorrected,
  act: true,
  sentence: ({ reason }) => `Evidence corrected: ${reason}`,
});

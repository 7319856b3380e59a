import { amendment } from './event-type.js';
import { Evidence } from '../ledger/evidence.js';
import { EventId, Parts } from './fields.js';

export class EvidenceAdded {
  @EventId('The event that it states')
  event!: string;

  @Parts(Evidence, 'Where else the event is stated')
  evidence!: Evidence[];
}

export const evidenceAdded = amendment({
  type: 'EvidenceAdded',
  summary: 'One more source states an event.',
  data: EvidenceAdded,
  act: true,
  sentence: ({ evidence }) => `Evidence added: ${evidence.map(({ publisher }) => publisher).join(', ')}`,
});

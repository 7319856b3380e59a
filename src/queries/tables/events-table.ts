import { EVENT_STATUSES } from '../events/event-status.js';
import { canonicalJson } from '../../formats/canonical-json.js';
import type { LedgerTable } from './table.js';

/** Every recorded event, with its current content. */
export const EVENTS_TABLE: LedgerTable = {
  name: 'events',
  title: 'Events',
  description:
    'Every recorded event, amendments among them, in the order of recording, with what it says after all that was recorded about it.',
  fields: [
    { name: 'id', type: 'string', required: true, description: 'Names the event for good (UUID)' },
    { name: 'position', type: 'integer', required: true, description: 'Place in the ledger, from 1' },
    { name: 'automaker', type: 'string', description: 'The automaker whose stream it stands in' },
    {
      name: 'market',
      type: 'string',
      description: 'The market whose stream it stands in, by ISO 3166-1 alpha-2 code or region',
    },
    { name: 'company', type: 'string', description: 'The company whose stream it stands in' },
    { name: 'type', type: 'string', required: true, description: 'Type of event' },
    { name: 'subject', type: 'string', required: true, description: 'What it is about within its stream' },
    { name: 'sentence', type: 'string', required: true, description: 'What it says, in words' },
    { name: 'occurredOn', type: 'string', required: true, description: 'When it happened (EDTF)' },
    {
      name: 'day',
      type: 'date',
      required: true,
      description: 'The day by which it has surely happened; of amendments, the day of recording',
    },
    {
      name: 'standing',
      type: 'string',
      required: true,
      enum: EVENT_STATUSES,
      description: 'Whether it stands as recorded, was corrected, or is void',
    },
    { name: 'about', type: 'string', description: 'Of an amendment: the event that it is about' },
    { name: 'recordedAt', type: 'datetime', required: true, description: 'When it was recorded (UTC)' },
    { name: 'recordedBy', type: 'string', required: true, description: 'Who recorded it' },
    { name: 'note', type: 'string', description: 'A remark of whoever recorded it' },
    { name: 'data', type: 'object', required: true, description: 'All that it says, as canonical JSON' },
  ],
  key: ['id'],
  references: [{ field: 'about', table: 'events', of: 'id' }],
  async *rows(source) {
    for await (const event of source.events()) {
      const { id, position, automaker, market, company, type, subject, sentence } = event;
      const { occurredOn, day, standing, about, recordedAt, recordedBy, note, data } = event;
      yield [
        id,
        position,
        automaker,
        market,
        company,
        type,
        subject,
        sentence,
        occurredOn,
        day,
        standing,
        about,
        recordedAt,
        recordedBy,
        note,
        canonicalJson(data),
      ];
    }
  },
};

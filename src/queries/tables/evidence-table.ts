import { GRADES, STANCES } from '../../domain/ledger/evidence.js';
import type { LedgerTable } from './table.js';

/** The sources of each event, one row per source. */
export const EVIDENCE_TABLE: LedgerTable = {
  name: 'evidence',
  title: 'Evidence',
  description: 'Where each event is stated: a row for each source of an event.',
  fields: [
    { name: 'event', type: 'string', required: true, description: 'The event that it states' },
    { name: 'number', type: 'integer', required: true, description: 'Its place among them, from 1' },
    { name: 'url', type: 'string', required: true, description: 'Address of the source' },
    { name: 'publisher', type: 'string', required: true, description: 'Who published it' },
    { name: 'publishedOn', type: 'string', description: 'When it was published (EDTF)' },
    {
      name: 'grade',
      type: 'string',
      required: true,
      enum: GRADES,
      description: 'By the company or an official body, by the press, or by unnamed sources',
    },
    {
      name: 'stance',
      type: 'string',
      required: true,
      enum: STANCES,
      description: 'Whether it says that it is so, or that it is not',
    },
    { name: 'quote', type: 'string', description: 'A short quote that states the event' },
    { name: 'language', type: 'string', description: 'The language of the quote' },
    { name: 'note', type: 'string', description: 'What this source says differently' },
    { name: 'archivedUrl', type: 'string', description: 'Address of a copy of the source' },
    { name: 'archivedSha256', type: 'string', description: 'Hash of that copy' },
  ],
  key: ['event', 'number'],
  references: [{ field: 'event', table: 'events', of: 'id' }],
  async *rows(source) {
    for await (const { id, evidence } of source.events()) {
      for (const [index, each] of evidence.entries()) {
        const { url, publisher, publishedOn, grade, stance = 'supports', quote, language, note } = each;
        const { archived } = each;
        yield [
          id,
          index + 1,
          url,
          publisher,
          publishedOn,
          grade,
          stance,
          quote,
          language,
          note,
          archived?.url,
          archived?.sha256,
        ];
      }
    }
  },
};

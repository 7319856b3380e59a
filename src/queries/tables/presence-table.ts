import type { LedgerTable } from './table.js';

/** Who is in which market, since when and how. */
export const PRESENCE_TABLE: LedgerTable = {
  name: 'presence',
  title: 'Presence in markets',
  description: 'Each stay of an automaker, or of one of its brands, in a market, with how it sells there.',
  fields: [
    { name: 'automaker', type: 'string', required: true, description: 'Who is there' },
    { name: 'market', type: 'string', required: true, description: 'Where: ISO 3166-1 alpha-2, or a region' },
    { name: 'stay', type: 'integer', required: true, description: 'Which stay in that market, from 1' },
    { name: 'present', type: 'boolean', required: true, description: 'Whether this stay goes on' },
    { name: 'entity', type: 'string', description: 'The brand or group, where it is not the automaker' },
    { name: 'enteredOn', type: 'string', description: 'When it entered (EDTF)' },
    { name: 'exitedOn', type: 'string', description: 'When it left (EDTF)' },
    { name: 'entryMode', type: 'string', description: 'How it sells there' },
    { name: 'partner', type: 'string', description: 'With whom' },
    { name: 'event', type: 'string', description: 'The event of the entry' },
    { name: 'exitEvent', type: 'string', description: 'The event of the exit' },
  ],
  key: ['automaker', 'market', 'stay'],
  references: [
    { field: 'event', table: 'events', of: 'id' },
    { field: 'exitEvent', table: 'events', of: 'id' },
  ],
  async *rows({ states, clocks }) {
    for await (const { id, markets } of states.every(clocks))
      for (const { market, stays } of markets)
        for (const [index, stay] of stays.entries()) {
          const { entity, entryMode, partner, entered, exited } = stay;
          yield [
            id,
            market,
            index + 1,
            entered !== undefined && exited === undefined,
            entity,
            entered?.occurredOn,
            exited?.occurredOn,
            entryMode,
            partner,
            entered?.event,
            exited?.event,
          ];
        }
  },
};

import type { LedgerTable } from './table.js';

/** Automakers, and the groups, brands and partners registered as companies. */
export const COMPANIES_TABLE: LedgerTable = {
  name: 'companies',
  title: 'Companies',
  description:
    'Automakers that the ledger follows, and the groups, brands, partners and joint ventures that were registered as companies.',
  fields: [
    { name: 'id', type: 'string', required: true, description: 'Names the company in the ledger' },
    {
      name: 'role',
      type: 'string',
      required: true,
      enum: ['automaker', 'company'],
      description: 'Whether the ledger follows it as an automaker, or knows it as a company',
    },
    { name: 'name', type: 'string', required: true, description: 'Its name' },
    { name: 'otherNames', type: 'string', description: 'Other names and aliases, by semicolons' },
    { name: 'kind', type: 'string', description: 'What kind of company it is' },
    { name: 'homeMarket', type: 'string', description: 'Of an automaker: its home market' },
    { name: 'parent', type: 'string', description: 'The company that controls it, where one does' },
    { name: 'lei', type: 'string', description: 'Legal Entity Identifier' },
    { name: 'isin', type: 'string', description: 'International Securities Identification Number' },
    { name: 'wikidata', type: 'string', description: 'Item of Wikidata' },
    { name: 'event', type: 'string', description: 'The event that registered it' },
  ],
  key: ['id', 'role'],
  references: [{ field: 'event', table: 'events', of: 'id' }],
  async *rows({ states, clocks, companies }) {
    for await (const { id, profile } of states.every(clocks)) {
      const { name, homeMarket, group, registered } = profile;
      yield [
        id,
        'automaker',
        name,
        undefined,
        'automaker',
        homeMarket,
        group,
        undefined,
        undefined,
        undefined,
        registered.event,
      ];
    }
    const directory = await companies();
    for (const id of directory.ids) {
      const record = directory.record(id);
      if (!record) continue;
      const { names, aliases = [], kind, identifiers, registered } = record;
      const [name = id, ...others] = names;
      const otherNames = [...others, ...aliases];
      yield [
        id,
        'company',
        name,
        otherNames.length === 0 ? undefined : otherNames.join('; '),
        kind,
        undefined,
        directory.parentOf(id),
        identifiers?.lei,
        identifiers?.isin,
        identifiers?.wikidata,
        registered?.event,
      ];
    }
  },
};

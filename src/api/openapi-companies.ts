import { COMPANY_KINDS, OWNERSHIP_ROLES } from '../domain/state/choices.js';
import { AS_OF, COUNT, EDTF, listOf, NUMBER, object, oneOf, TEXT } from './json-schema.js';

const NAMED = object({ company: TEXT, name: TEXT });
const KIND = oneOf(COMPANY_KINDS);
const OCCURRENCE = object({ event: TEXT, occurredOn: EDTF });

/** What `/companies` answers. */
export const COMPANIES_SCHEMA = object(
  {
    asOf: AS_OF,
    companies: listOf(
      object({ company: TEXT, name: TEXT, otherNames: listOf(TEXT), kind: KIND }, { group: NAMED }),
    ),
  },
  { next: TEXT },
);

const HOLDING = object(
  { name: TEXT, share: { ...NUMBER, description: 'Percent' }, occurredOn: EDTF, event: TEXT },
  { company: TEXT, role: oneOf(OWNERSHIP_ROLES) },
);

const PARTNER_OF = object({
  partner: TEXT,
  partnerships: { ...listOf({ type: 'object' }), description: 'As the automaker’s own answer has them' },
  markets: { ...listOf(TEXT), description: 'Where the automaker is through it' },
  plannedMarkets: { ...listOf(TEXT), description: 'Where it announced to enter through it' },
  formerMarkets: { ...listOf(TEXT), description: 'Where it was through it' },
  sites: { ...listOf({ type: 'object' }), description: 'As the automaker’s own answer has them' },
});

/** What `/companies/:company` answers. */
export const COMPANY_SCHEMA = object(
  {
    asOf: AS_OF,
    name: TEXT,
    otherNames: listOf(TEXT),
    owners: listOf(HOLDING),
    owns: listOf(HOLDING),
    ambiguous: listOf(TEXT),
    partnerOf: listOf(object({ automaker: TEXT, name: TEXT, as: listOf(PARTNER_OF) })),
  },
  {
    company: { ...TEXT, description: 'Absent where it is known by a name alone' },
    automaker: { ...TEXT, description: 'The automaker of this name that the ledger follows' },
    kind: KIND,
    identifiers: object({}, { lei: TEXT, isin: TEXT, ticker: TEXT, wikidata: TEXT }),
    registered: OCCURRENCE,
    group: NAMED,
    partnersLeftOut: COUNT,
  },
);

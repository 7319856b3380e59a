import { definitionOf } from '../../src/domain/events/catalogue.js';
import { companyFromSlug } from '../../src/domain/words/values.js';

describe('A company that has no name in the ledger', () => {
  it.each([
    ['brand-lynkco', 'Lynk & Co'],
    ['great-wall', 'Great Wall'],
    // Properties of every JavaScript object must not count as known names.
    ['constructor', 'Constructor'],
    ['brand-constructor', 'Constructor'],
    ['group-__proto__', '__proto__'],
    ['model-ex2', 'EX2'],
    ['model-aion-ut', 'Aion UT'],
    ['model-geometry-c', 'Geometry C'],
    ['model-zeekr-009', 'Zeekr 009'],
    ['model-ora-5', 'ORA 5'],
  ])('%s is called %s', (slug, name) => {
    expect(companyFromSlug(slug)).toBe(name);
  });

  it.each([
    ['geely-holding', 'Geely Holding owns 26.4 % of Renault do Brasil'],
    ['constructor', 'Constructor owns 26.4 % of Renault do Brasil'],
    // A name is shown as it is written.
    ['e.GO Mobile', 'e.GO Mobile owns 26.4 % of Renault do Brasil'],
    ['Magna-Steyr AG', 'Magna-Steyr AG owns 26.4 % of Renault do Brasil'],
  ])('and owns another one as %s', (parent, sentence) => {
    const words = { automaker: 'Renault do Brasil', place: (code: string) => code, company: companyFromSlug };
    expect(definitionOf('OwnershipChanged').sentence({ parent, share: 26.4 }, words)).toBe(sentence);
  });
});

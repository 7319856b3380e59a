import { COMPANY_KIND_WORDS } from '../words/values.js';
import { eventType } from './event-type.js';
import { OneOf, Optional, Part, Texts } from './fields.js';
import { Identifiers } from './identifiers.js';
import { COMPANY_KINDS, type CompanyKind } from '../state/choices.js';
import { PersistentList } from '../state/persistent-list.js';

export class CompanyRegistered {
  @Texts('Its names, the one to show first; also in other scripts', 20)
  names!: string[];

  @OneOf(COMPANY_KINDS, 'What kind of company')
  kind!: CompanyKind;

  @Optional()
  @Texts('Other names that sources use for it; each belongs to one company', 50)
  aliases?: string[];

  @Optional()
  @Part(Identifiers, 'How registers name it')
  identifiers?: Identifiers;
}

export const companyRegistered = eventType({
  type: 'CompanyRegistered',
  summary: 'The ledger knows a company from now on: a group, a brand, a partner or a joint venture.',
  data: CompanyRegistered,
  stream: 'company',
  kind: 'company',
  subject: () => '',
  rule: (record) =>
    record?.registered && {
      rule: 'already-registered',
      message: `it is registered already, as ${record.names[0] ?? 'a company'}`,
      contradicts: record.registered.event,
    },
  effect: (record, { id, occurredOn, data }) => ({
    ...data,
    registered: { event: id, occurredOn },
    owners: record?.owners ?? PersistentList.empty(),
  }),
  sentence: ({ names, kind }) => `${names[0] ?? 'A company'} is on record as ${COMPANY_KIND_WORDS[kind]}`,
});

import { eventType } from './event-type.js';
import { isSlug, OneOf, Optional, Percent, Text } from './fields.js';
import { OWNERSHIP_ROLES, type OwnershipRole } from '../state/choices.js';
import { identityOf } from '../ledger/text.js';
import { PersistentList } from '../state/persistent-list.js';
import type { Owner } from '../state/company-record.js';

export class OwnershipChanged {
  @Text('Who owns it: a company of this ledger by its id, or a name', 200)
  parent!: string;

  @Percent('Its share from that day on, in percent; 0 where it has none any more')
  share!: number;

  @Optional()
  @OneOf(OWNERSHIP_ROLES, 'controls: whose company it is, where the share alone does not say so')
  role?: OwnershipRole;
}

export const ownershipChanged = eventType({
  type: 'OwnershipChanged',
  summary: 'A company has another owner, or one with another share, from the day of the event on.',
  data: OwnershipChanged,
  stream: 'company',
  kind: 'company',
  subject: () => '',
  rule: (record, { data: { parent, share } }) => {
    const others = withoutOwner(record?.owners ?? PersistentList.empty(), parent).toArray();
    const told = others.reduce((sum, each) => sum + each.share, 0);
    const last = others.at(-1);
    // Published shares are rounded, so their sum may slightly exceed 100.
    return told + share > 100.05
      ? {
          rule: 'more-than-whole',
          message: `${parent} with ${share} % and the others with ${Math.round(told * 100) / 100} % (${others.map((each) => each.parent).join(', ')}) would own more than all of it; record first whose share fell`,
          ...(last && { contradicts: last.event }),
        }
      : undefined;
  },
  effect: (record, { id, occurredOn, data }) => {
    const others = withoutOwner(record?.owners ?? PersistentList.empty(), data.parent);
    const owners = data.share === 0 ? others : others.push({ event: id, occurredOn, ...data });
    return { names: [], kind: 'other', ...record, owners };
  },
  duplicateKey: ({ parent, share }) => `${identityOf(parent)}|${share}`,
  sentence: ({ parent, share, role }, { automaker, company }) => {
    const owner = isSlug(parent) ? company(parent) : parent;
    return share === 0
      ? `${owner} owns nothing of ${automaker} any more`
      : `${owner} owns ${share} % of ${automaker}${role === 'controls' ? ' and controls it' : ''}`;
  },
});

/** The owners except one; the same list if that one is not among them. */
function withoutOwner(owners: PersistentList<Owner>, parent: string): PersistentList<Owner> {
  const identity = identityOf(parent);
  const others = [...owners].filter((each) => identityOf(each.parent) !== identity);
  return others.length === owners.size ? owners : PersistentList.of(others);
}

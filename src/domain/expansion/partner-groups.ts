import type { Automaker } from '../state/automaker.js';
import type { CompanyDirectory } from '../state/company-directory.js';
import { identityOf } from '../ledger/text.js';

/** Maps a partner to the name under which it counts. */
export interface PartnerGroups {
  readonly of: (partner: string) => string;
}

/**
 * The groups of an automaker's partners, as of the day of the companies.
 *
 * A company of the ledger counts as the one at the top of its group. A joint venture of the automaker counts
 * as its other owner, the one with the largest share if there are several. A partner that is not a company of
 * the ledger is matched by name: a name that contains another partner's whole name, as "Leapmotor
 * International (Stellantis)" contains "Stellantis", counts as that partner, the shortest of several.
 */
export function partnerGroups(
  { id, profile, partnerships, markets, sites }: Automaker,
  companies: CompanyDirectory,
): PartnerGroups {
  const isOwn = ownCompanies(
    [id, profile.name, ...(profile.group === undefined ? [] : [profile.group])],
    companies,
  );
  const names = [
    ...partnerships.map(({ partner }) => partner),
    ...markets.flatMap(({ stays }) => stays.flatMap(({ partner }) => partner ?? [])),
    ...sites.flatMap(({ partner }) => partner ?? []),
  ];
  const known = [...new Map(names.map((name) => [identityOf(name), name])).values()]
    .map((name) => ({ name, words: wordsOf(name) }))
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => a.words.length - b.words.length || (a.name < b.name ? -1 : 1));
  return {
    of: (partner) => {
      const behind = companyBehind(partner, companies, isOwn);
      if (behind !== undefined) return behind;
      const words = wordsOf(partner);
      const named = known.find((other) => holds(words, other.words))?.name ?? partner;
      return companyBehind(named, companies, isOwn) ?? named;
    },
  };
}

/** The name of the company behind a partner; undefined if the partner is not a company of the ledger. */
function companyBehind(
  partner: string,
  companies: CompanyDirectory,
  isOwn: (owner: string) => boolean,
): string | undefined {
  const company = companies.resolve(partner);
  if (company === undefined) return undefined;
  const owners = companies.ownersOf(company);
  const others = owners.filter((owner) => !isOwn(owner.company ?? owner.parent));
  if (others.length === owners.length || others.length === 0)
    return companies.nameOf(companies.groupOf(company));
  const most = Math.max(...others.map(({ share }) => share));
  const [first, ...rest] = others.filter(({ share }) => share === most);
  // With several equal owners, none is behind it more than another, so it counts as itself.
  if (!first || rest.length > 0) return companies.nameOf(company);
  return first.company === undefined ? first.parent : companies.nameOf(companies.groupOf(first.company));
}

/**
 * Whether an owner, given by id or name, is the automaker or its group: "Zhejiang Geely Holding Group" is
 * Geely. A joint venture may be named after the automaker without being it.
 */
function ownCompanies(names: readonly string[], companies: CompanyDirectory): (owner: string) => boolean {
  const own = names.map(wordsOf).filter((words) => words.length > 0);
  const isNamedSo = (name: string): boolean => own.some((words) => holds(wordsOf(name), words));
  return (owner) => {
    const record = companies.record(owner);
    if (!record) return isNamedSo(owner);
    return (
      record.kind !== 'joint-venture' && [owner, ...record.names, ...(record.aliases ?? [])].some(isNamedSo)
    );
  };
}

const wordsOf = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Whether a list of words contains another one as consecutive words. */
const holds = (words: readonly string[], others: readonly string[]): boolean =>
  words.some((_, start) => others.every((word, index) => words[start + index] === word));

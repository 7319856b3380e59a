import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { identityOf } from '../../domain/ledger/text.js';
import { partnersOf, type PartnerOf } from '../../domain/expansion/partner-of.js';
import type { CompanyKind } from '../../domain/state/choices.js';
import type { CompanyDirectory } from '../../domain/state/company-directory.js';
import type { CompanyRecord, Owner } from '../../domain/state/company-record.js';
import type { Occurrence } from '../../domain/state/occurrence.js';
import type { RecordKind } from '../../domain/state/records.js';
import { NotFound } from '../../problems/not-found.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { CompanyReader } from '../company-reader.js';
import { companyNamed, type NamedCompany } from './named-company.js';

/** Upper bound on the listed automakers of which it is a partner; further ones are only counted. */
const MOST_AUTOMAKERS = 100;

/** A share held in a company, in percent, since the day of the event. */
export type Holding = Pick<Owner, 'share' | 'role' | 'occurredOn' | 'event'> & {
  /** The other party's id in this ledger; absent if only its name is known. */
  readonly company?: string;
  readonly name: string;
};

/** What one automaker does with the company, or with companies of its group. */
export interface CompanyPartner {
  readonly automaker: string;
  readonly name: string;
  readonly as: readonly PartnerOf[];
}

export interface CompanyAnswer {
  readonly asOf: AsOf;
  /** Absent if the ledger knows it only by name, as a partner. */
  readonly company?: string;
  /** The primary name. */
  readonly name: string;
  /** The automaker of this name in the ledger; absent if there is none. */
  readonly automaker?: string;
  readonly otherNames: readonly string[];
  readonly kind?: CompanyKind;
  readonly identifiers?: CompanyRecord['identifiers'];
  readonly registered?: Occurrence;
  /** The company at the top of its group; absent if that is the company itself. */
  readonly group?: NamedCompany;
  /** Its owners, ordered by the latest change of their share. */
  readonly owners: readonly Holding[];
  /** The companies in which it holds a share. */
  readonly owns: readonly Holding[];
  /** Names of its own that another company also has, so that they identify neither. */
  readonly ambiguous: readonly string[];
  /** The automakers of which it, or a company of its group, is a partner, ordered by id. */
  readonly partnerOf: readonly CompanyPartner[];
  /** The number of automakers not listed; absent if all are. */
  readonly partnersLeftOut?: number;
}

/** A company by its id, name or alias; or a partner by the name in an automaker's records. */
export class GetCompany extends Query<CompanyAnswer> {
  constructor(
    readonly asked: string,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetCompany)
export class GetCompanyHandler implements IQueryHandler<GetCompany> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly companies: CompanyReader,
  ) {}

  async execute({ asked, clocks }: GetCompany): Promise<CompanyAnswer> {
    const asOf = await this.states.asOf(clocks);
    const directory = await this.companies.directory(clocks);
    const company = directory.resolve(asked);
    const isAsked = askedFor(directory, company, asked);
    const partnerOf: CompanyPartner[] = [];
    const isNamed = namedAs(directory, company, asked);
    let followed: { readonly id: string; readonly name: string } | undefined;
    let leftOut = 0;
    for await (const automaker of this.states.every(clocks, '', PARTNERED)) {
      if (isNamed(automaker.profile.name)) followed ??= { id: automaker.id, name: automaker.profile.name };
      const as = partnersOf(automaker, isAsked);
      if (as.length === 0) continue;
      if (partnerOf.length < MOST_AUTOMAKERS)
        partnerOf.push({ automaker: automaker.id, name: automaker.profile.name, as });
      else leftOut += 1;
    }
    const owns = company === undefined ? holdingsOf(directory, asked) : [];
    if (company === undefined && followed === undefined && partnerOf.length + owns.length === 0)
      throw new NotFound({ detail: unknownCompany(asked, directory.resembling(asked)) });
    const name = partnerOf[0]?.as[0]?.partner ?? directory.nameOfOwner(asked) ?? followed?.name ?? asked;
    return {
      asOf,
      ...(company === undefined ? { name, ...UNTOLD, owns } : whatIsTold(directory, company)),
      ...(followed !== undefined && { automaker: followed.id }),
      partnerOf,
      ...(leftOut > 0 && { partnersLeftOut: leftOut }),
    };
  }
}

/** Names a few companies that may be meant. */
function unknownCompany(asked: string, meant: readonly string[]): string {
  const which =
    meant.length === 0
      ? 'GET /api/companies lists the companies.'
      : `Is ${meant.slice(0, MOST_MEANT).join(' or ')} meant? GET /api/companies lists all.`;
  return `No company, partner or owner is called ${asked}. ${which}`;
}

const MOST_MEANT = 5;

const UNTOLD = { otherNames: [], owners: [], ambiguous: [] } as const;

/** The kinds of records that name an automaker's partners. */
const PARTNERED: readonly RecordKind[] = ['automaker', 'partnership', 'site', 'market'];

/** Tests whether a name belongs to the requested company. */
function namedAs(
  directory: CompanyDirectory,
  company: string | undefined,
  asked: string,
): (name: string) => boolean {
  const { names = [], aliases = [] } = (company === undefined ? undefined : directory.record(company)) ?? {};
  const own = new Set([asked, ...names, ...aliases].map(identityOf));
  return (name) => own.has(identityOf(name));
}

/** Tests whether a partner's name is that of the requested company, or of a company in its group. */
function askedFor(
  directory: CompanyDirectory,
  company: string | undefined,
  asked: string,
): (partner: string) => boolean {
  const name = identityOf(asked);
  return (partner) => {
    if (company === undefined) return identityOf(partner) === name;
    const found = directory.resolve(partner);
    return found !== undefined && (found === company || directory.groupOf(found) === company);
  };
}

function whatIsTold(
  directory: CompanyDirectory,
  company: string,
): Omit<CompanyAnswer, 'asOf' | 'partnerOf' | 'partnersLeftOut'> {
  const { names = [], aliases = [], kind, identifiers, registered } = directory.record(company) ?? {};
  const group = directory.groupOf(company);
  return {
    ...companyNamed(directory, company),
    otherNames: [...names.slice(1), ...aliases],
    ...(kind && { kind }),
    ...(identifiers && { identifiers }),
    ...(registered && { registered }),
    ...(group !== company && { group: companyNamed(directory, group) }),
    owners: directory
      .ownersOf(company)
      .map((owner) => holding(directory, owner, owner.company, owner.parent)),
    owns: holdingsOf(directory, company),
    ambiguous: directory.ambiguous(company),
  };
}

/** The holdings of a company, given by id, or of an owner, given by name. */
const holdingsOf = (directory: CompanyDirectory, owner: string): Holding[] =>
  directory.ownedBy(owner).map((owned) => holding(directory, owned, owned.company, owned.company));

function holding(
  directory: CompanyDirectory,
  { share, role, occurredOn, event }: Owner,
  company: string | undefined,
  name: string,
): Holding {
  return {
    ...(company === undefined ? { name } : companyNamed(directory, company)),
    share,
    ...(role && { role }),
    occurredOn,
    event,
  };
}

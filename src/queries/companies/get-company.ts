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

/** So many automakers are listed that it is a partner of; further ones are counted. */
const MOST_AUTOMAKERS = 100;

/** What is held of a company, and by whom: in percent, since the day of the event. */
export type Holding = Pick<Owner, 'share' | 'role' | 'occurredOn' | 'event'> & {
  /** Of this ledger, by its id; absent where the other one has a name only. */
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
  /** Absent where the ledger knows it by a name alone, as somebody's partner. */
  readonly company?: string;
  /** The one to show first. */
  readonly name: string;
  /** The automaker of this name that the ledger follows; absent where there is none. */
  readonly automaker?: string;
  readonly otherNames: readonly string[];
  readonly kind?: CompanyKind;
  readonly identifiers?: CompanyRecord['identifiers'];
  readonly registered?: Occurrence;
  /** The company at the top of its group; absent where that is itself. */
  readonly group?: NamedCompany;
  /** Whose it is, by when they last changed their share. */
  readonly owners: readonly Holding[];
  /** What it owns a part of. */
  readonly owns: readonly Holding[];
  /** Names of its own that another company has as well, so that they name neither. */
  readonly ambiguous: readonly string[];
  /** Whose partner it is, in the order of the automakers' ids: it, or a company of its group. */
  readonly partnerOf: readonly CompanyPartner[];
  /** Automakers that are counted and not listed; absent where all are. */
  readonly partnersLeftOut?: number;
}

/** A company by its id, its name or an alias; or a partner by the name that an automaker's records have. */
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
    let followed: string | undefined;
    let leftOut = 0;
    for await (const automaker of this.states.every(clocks, '', PARTNERED)) {
      if (isNamed(automaker.profile.name)) followed ??= automaker.id;
      const as = partnersOf(automaker, isAsked);
      if (as.length === 0) continue;
      if (partnerOf.length < MOST_AUTOMAKERS)
        partnerOf.push({ automaker: automaker.id, name: automaker.profile.name, as });
      else leftOut += 1;
    }
    const owns = company === undefined ? holdingsOf(directory, asked) : [];
    if (company === undefined && followed === undefined && partnerOf.length + owns.length === 0)
      throw new NotFound({
        detail: `No company, partner or owner is called ${asked}. GET /api/companies lists the companies.`,
      });
    const name = partnerOf[0]?.as[0]?.partner ?? directory.nameOfOwner(asked) ?? asked;
    return {
      asOf,
      ...(company === undefined ? { name, ...UNTOLD, owns } : whatIsTold(directory, company)),
      ...(followed !== undefined && { automaker: followed }),
      partnerOf,
      ...(leftOut > 0 && { partnersLeftOut: leftOut }),
    };
  }
}

const UNTOLD = { otherNames: [], owners: [], ambiguous: [] } as const;

/** Records that tell with whom an automaker works. */
const PARTNERED: readonly RecordKind[] = ['automaker', 'partnership', 'site', 'market'];

/** Whether a name is one of those of the company that is asked for. */
function namedAs(
  directory: CompanyDirectory,
  company: string | undefined,
  asked: string,
): (name: string) => boolean {
  const { names = [], aliases = [] } = (company === undefined ? undefined : directory.record(company)) ?? {};
  const own = new Set([asked, ...names, ...aliases].map(identityOf));
  return (name) => own.has(identityOf(name));
}

/** Whether a partner's name is that of the company that is asked for, or of one of its group. */
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

/** What a company by its id, or an owner by name, has a part of. */
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

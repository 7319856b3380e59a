import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import type { ExpansionContext } from '../../domain/expansion/expansion-reading.js';
import { THESES } from '../../domain/theses/catalogue.js';
import { findingOf, type ThesisFinding } from '../../domain/theses/thesis.js';
import { NotFound } from '../../problems/not-found.js';
import {
  AutomakerIndex,
  mostOf,
  type IndexedAutomaker,
  type MostRecorded,
} from '../automakers/automaker-index.js';
import { recordsOf } from '../automakers/outline.js';
import { mapInTurns } from '../../api/in-turns.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { CompanyReader } from '../company-reader.js';
import { ConditionReader } from '../condition-reader.js';

export interface ThesesAnswer {
  readonly asOf: AsOf;
  readonly theses: readonly (ThesisFinding & {
    /** The number of cases not listed; absent if all are. */
    readonly casesLeftOut?: number;
  })[];
  /** The number of automakers not examined, because others have more records; absent if all were. */
  readonly automakersLeftOut?: number;
}

/** Theses compare automakers in pairs: at most this many, those with the most records. */
const MOST_AUTOMAKERS = 200;
/** Upper bound on the listed cases of a thesis. Decided cases come first. */
const MOST_CASES = 200;

/** What the ledger says about the claims on asset-light expansion, or about the one that is named. */
export class GetTheses extends Query<ThesesAnswer> {
  constructor(
    readonly clocks: Clocks,
    readonly thesis?: string,
  ) {
    super();
  }
}

@QueryHandler(GetTheses)
export class GetThesesHandler implements IQueryHandler<GetTheses> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly index: AutomakerIndex,
    private readonly conditions: ConditionReader,
    private readonly companies: CompanyReader,
  ) {}

  async execute({ clocks, thesis: id }: GetTheses): Promise<ThesesAnswer> {
    const asked = id === undefined ? THESES : THESES.filter((thesis) => thesis.id === id);
    if (asked.length === 0)
      throw new NotFound({
        detail: `There is no thesis ${id}. There are ${THESES.map((thesis) => thesis.id).join(', ')}.`,
      });
    const asOf = await this.states.asOf(clocks);
    const conditions = await this.conditions.all(clocks);
    const companies = await this.companies.directory(clocks);
    const { automakers, leftOut } = await this.mostRecorded(clocks);
    const world = automakers.map((automaker): ExpansionContext => ({
      automaker,
      conditions,
      companies,
      on: asOf.trueOn,
    }));
    const theses = await mapInTurns(asked, (thesis) => listed(findingOf(thesis, world)));
    return { asOf, theses, ...(leftOut > 0 && { automakersLeftOut: leftOut }) };
  }

  private async mostRecorded(clocks: Clocks): Promise<{ automakers: Automaker[]; leftOut: number }> {
    const { ids, leftOut } = isNow(clocks)
      ? await this.index.mostRecorded(MOST_AUTOMAKERS)
      : await this.mostRecordedThen(clocks);
    return { automakers: await this.states.some([...ids].sort(), clocks), leftOut };
  }

  private async mostRecordedThen(clocks: Clocks): Promise<MostRecorded> {
    const { automakers, hasMore } = await this.states.page(clocks, '', MOST_AUTOMAKERS);
    if (!hasMore) return { ids: automakers.map(({ id }) => id), leftOut: 0 };
    return mostOf(await this.weighed(clocks), MOST_AUTOMAKERS);
  }

  private async weighed(clocks: Clocks): Promise<Weighed[]> {
    const all: Weighed[] = [];
    for await (const automaker of this.states.every(clocks))
      all.push({ id: automaker.id, records: recordsOf(automaker) });
    return all;
  }
}

type Weighed = Pick<IndexedAutomaker, 'id' | 'records'>;

function listed(finding: ThesisFinding): ThesesAnswer['theses'][number] {
  const { cases } = finding;
  if (cases.length <= MOST_CASES) return finding;
  const decided = cases.filter((each) => each.finding !== 'undecided');
  const undecided = cases.filter((each) => each.finding === 'undecided');
  return {
    ...finding,
    cases: [...decided, ...undecided].slice(0, MOST_CASES),
    casesLeftOut: cases.length - MOST_CASES,
  };
}

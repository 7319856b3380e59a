import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import { addMonths, type Day } from '../../domain/ledger/edtf.js';
import {
  promisedBy,
  promisedThenAndNow,
  type PromisedThenAndNow,
  type Promiser,
} from '../../domain/goals/promised-sums.js';
import type { RecordKind } from '../../domain/state/records.js';
import type { Measure } from '../../domain/measures/measures.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { AutomakerIndex } from '../automakers/automaker-index.js';
import { summaryOf } from '../automakers/automaker-summary.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

export interface PromisesQuestion {
  /** The first day. Defaults to two years before the second one. */
  readonly from?: Day;
  readonly measure?: Measure;
  readonly year?: string;
}

export interface PromisesAnswer {
  readonly asOf: AsOf;
  readonly from: Day;
  readonly to: Day;
  /** Ordered by year, then measure. */
  readonly sums: readonly PromisedThenAndNow[];
}

/** What automakers promised for a year, as of a first day and as of the day of the question. */
export class SumPromises extends Query<PromisesAnswer> {
  constructor(
    readonly question: PromisesQuestion,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

const USUAL_MONTHS = 24;
/** The kinds of records that contain promises. */
const PROMISED: readonly RecordKind[] = ['automaker', 'target'];

@QueryHandler(SumPromises)
export class SumPromisesHandler implements IQueryHandler<SumPromises> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly index: AutomakerIndex,
  ) {}

  /** Throws InvalidRequest if the first day is after the second one. */
  async execute({ question, clocks }: SumPromises): Promise<PromisesAnswer> {
    const asOf = await this.states.asOf(clocks);
    const to = asOf.trueOn;
    const { from = addMonths(to, -USUAL_MONTHS), measure, year } = question;
    if (from > to)
      throw new InvalidRequest([{ field: 'from', message: `must not lie after the second point, ${to}` }]);
    const sums = promisedThenAndNow(await this.promisers(clocks), from, to).filter(
      (each) =>
        (measure === undefined || each.measure === measure) && (year === undefined || each.year === year),
    );
    return { asOf, from, to, sums };
  }

  private async promisers(clocks: Clocks): Promise<Promiser[]> {
    // Reading all records of goals is faster than computing all outlines.
    if (isNow(clocks) && this.index.isAtHand)
      return (await this.index.all()).map(({ summary, promised }) => ({ ...summary, promised }));
    const promisers: Promiser[] = [];
    for await (const automaker of this.states.every(clocks, '', PROMISED))
      promisers.push({ ...summaryOf(automaker), promised: promisedBy(automaker) });
    return promisers;
  }
}

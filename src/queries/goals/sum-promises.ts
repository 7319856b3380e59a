import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { addMonths, type Day } from '../../domain/ledger/edtf.js';
import { promisedThenAndNow, type PromisedThenAndNow } from '../../domain/goals/promised-sums.js';
import type { Automaker } from '../../domain/state/automaker.js';
import type { RecordKind } from '../../domain/state/records.js';
import type { Measure } from '../../domain/measures/measures.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

export interface PromisesQuestion {
  /** The day of the first point; two years before the second where it is left out. */
  readonly from?: Day;
  readonly measure?: Measure;
  readonly year?: string;
}

export interface PromisesAnswer {
  readonly asOf: AsOf;
  readonly from: Day;
  readonly to: Day;
  /** By year, then measure. */
  readonly sums: readonly PromisedThenAndNow[];
}

/** What automakers promised for a year, as it stood on a day and as it stands on the day of asking. */
export class SumPromises extends Query<PromisesAnswer> {
  constructor(
    readonly question: PromisesQuestion,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

const USUAL_MONTHS = 24;
/** The kinds of records that promises are in. */
const PROMISED: readonly RecordKind[] = ['automaker', 'target'];

@QueryHandler(SumPromises)
export class SumPromisesHandler implements IQueryHandler<SumPromises> {
  constructor(private readonly states: AutomakerReader) {}

  /** Throws InvalidRequest where the first point lies after the second. */
  async execute({ question, clocks }: SumPromises): Promise<PromisesAnswer> {
    const asOf = await this.states.asOf(clocks);
    const to = asOf.trueOn;
    const { from = addMonths(to, -USUAL_MONTHS), measure, year } = question;
    if (from > to)
      throw new InvalidRequest([{ field: 'from', message: `must not lie after the second point, ${to}` }]);
    const automakers: Automaker[] = [];
    for await (const automaker of this.states.every(clocks, '', PROMISED)) automakers.push(automaker);
    const sums = promisedThenAndNow(automakers, from, to).filter(
      (each) =>
        (measure === undefined || each.measure === measure) && (year === undefined || each.year === year),
    );
    return { asOf, from, to, sums };
  }
}

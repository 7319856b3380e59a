import { Injectable } from '@nestjs/common';
import { isNow, type Clocks } from '../domain/ledger/clocks.js';
import { marketStream, ownerOf } from '../domain/ledger/streams.js';
import type { RecordSource } from '../domain/state/automaker.js';
import type { ConditionRecord } from '../domain/state/records.js';
import { ReadModel } from '../read-model/read-model.js';
import { SubjectRow, TimelineRow } from '../read-model/row-entities.js';
import { AutomakerReader } from './automaker-reader.js';

/** Sorts after all streams of markets, and before those of anything else. */
const BEYOND_MARKETS = 'market.';

/** The source of all answers about the conditions of markets, such as tariffs. */
@Injectable()
export class ConditionReader {
  constructor(
    private readonly views: ReadModel,
    private readonly states: AutomakerReader,
  ) {}

  /** The conditions of a market or region as of three clocks, ordered by key. */
  async of(market: string, clocks: Clocks): Promise<ConditionRecord[]> {
    const stream = marketStream(market);
    const source: RecordSource = isNow(clocks)
      ? ((await this.views.tables.recordsOf([stream])).get(stream) ?? NO_RECORDS)
      : await this.states.state(stream, clocks);
    return [...source.entries('condition')].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  }

  /** The conditions of all markets. */
  async all(clocks: Clocks): Promise<ConditionRecord[]> {
    const markets = await this.markets(clocks);
    return (await Promise.all(markets.map((market) => this.of(market, clocks)))).flat();
  }

  /** The markets with conditions of their own, now or, with a clock, ever. */
  async markets(clocks: Clocks): Promise<string[]> {
    const rows = this.views.rows;
    const found: { stream: string }[] = isNow(clocks)
      ? await rows
          .getRepository(SubjectRow)
          .createQueryBuilder('r')
          .select('DISTINCT r.stream', 'stream')
          .where('r.kind = :kind', { kind: 'condition' })
          .orderBy('r.stream')
          .getRawMany()
      : await rows
          .getRepository(TimelineRow)
          .createQueryBuilder('t')
          .select('DISTINCT t.stream', 'stream')
          // There is no index by type, and no other stream holds conditions.
          .where('t.stream > :from AND t.stream < :end', { from: marketStream(''), end: BEYOND_MARKETS })
          .andWhere('t.type = :type', { type: 'MarketConditionChanged' })
          .orderBy('t.stream')
          .getRawMany();
    return found.flatMap(({ stream }) => {
      const owner = ownerOf(stream);
      return owner?.owner === 'market' ? [owner.market] : [];
    });
  }
}

const NO_RECORDS: RecordSource = { entries: () => [] };

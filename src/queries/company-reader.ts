import { Injectable } from '@nestjs/common';
import { isNow, type Clocks } from '../domain/ledger/clocks.js';
import { companyStream, ownerOf } from '../domain/ledger/streams.js';
import { CompanyDirectory } from '../domain/state/company-directory.js';
import type { CompanyRecord } from '../domain/state/company-record.js';
import { ReadModel } from '../read-model/read-model.js';
import { TimelineRow } from '../read-model/row-entities.js';
import { AutomakerReader } from './automaker-reader.js';

interface RegisteredNow {
  readonly position: number;
  readonly companies: AsyncIterable<readonly [id: string, record: CompanyRecord]>;
}

/** The number of companies read at a time. */
const PAGE = 500;

/** Reads groups, brands, partners and joint ventures that have a stream of their own. */
@Injectable()
export class CompanyReader {
  constructor(
    private readonly states: AutomakerReader,
    private readonly views: ReadModel,
  ) {}

  /** All current companies, and a position up to which all events are certainly included. */
  all(): RegisteredNow {
    // Events recorded meanwhile may be included too.
    const { position } = this.views.status;
    return { position, companies: this.every({}) };
  }

  /** All companies with their ids, ordered by id, as of three clocks. */
  async *every(clocks: Clocks): AsyncGenerator<readonly [id: string, record: CompanyRecord]> {
    for (let after = ''; ;) {
      const streams = await this.streams(after);
      const last = streams.at(-1);
      if (last === undefined) return;
      yield* isNow(clocks) ? await this.stored(streams) : this.past(streams, clocks);
      after = last;
    }
  }

  /** Resolves company names and ownership, as of three clocks. Reads the record of every company. */
  async directory(clocks: Clocks): Promise<CompanyDirectory> {
    const records: (readonly [string, CompanyRecord])[] = [];
    for await (const each of this.every(clocks)) records.push(each);
    return new CompanyDirectory(records);
  }

  private async stored(streams: readonly string[]): Promise<(readonly [string, CompanyRecord])[]> {
    const records = await this.views.tables.recordsOf(streams);
    return streams.flatMap((stream) =>
      [...(records.get(stream)?.entries('company') ?? [])].map(
        ([, record]): readonly [string, CompanyRecord] => [idOf(stream), record],
      ),
    );
  }

  private async *past(
    streams: readonly string[],
    clocks: Clocks,
  ): AsyncGenerator<readonly [string, CompanyRecord]> {
    for (const stream of streams) {
      const state = await this.states.state(stream, clocks);
      for (const [, record] of state.entries('company')) yield [idOf(stream), record];
    }
  }

  /** The next streams of companies after one of them, in order. */
  private async streams(after: string): Promise<string[]> {
    const rows: { stream: string }[] = await this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select('DISTINCT t.stream', 'stream')
      .where('t.stream > :after AND t.stream < :end', {
        after: after === '' ? companyStream('') : after,
        end: companyStream('~'),
      })
      .orderBy('t.stream')
      .limit(PAGE)
      .getRawMany();
    return rows.map(({ stream }) => stream);
  }
}

function idOf(stream: string): string {
  const owner = ownerOf(stream);
  return owner?.owner === 'company' ? owner.company : stream;
}

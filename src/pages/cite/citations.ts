import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { NotFound } from '../../problems/not-found.js';
import { GetAsOf } from '../../queries/get-as-of.js';
import { FindSnapshot } from '../../queries/tables/find-snapshot.js';
import { LedgerLog } from '../../transparency/ledger-log.js';
import { addressOf } from '../page-context.js';
import { citableFrom, titleOfPage } from './citable.js';
import type { CitedPage } from './citation.js';
import { isRootOf, namedState, stateName } from './frozen-address.js';

/** Creates frozen addresses of pages, and resolves them. */
@Injectable()
export class Citations {
  constructor(
    private readonly queries: QueryBus,
    private readonly log: LedgerLog,
  ) {}

  /** A page as it is now, or at its clocks. Throws InvalidRequest, NotFound. */
  async cite(of: string, site: string): Promise<CitedPage> {
    const page = citableFrom(of);
    const { path, query, clocks } = page;
    const { position, trueOn, publicOn } = await this.queries.execute(new GetAsOf(clocks));
    if (position === 0)
      throw new NotFound({ detail: 'Nothing was recorded by then, so there is nothing to cite.' });
    const title = await titleOfPage(this.queries, page);
    const { recordedAt } = await this.queries.execute(new FindSnapshot(String(position)));
    const root = await this.log.rootOf(position);
    const shown = addressOf(path, { ...query, trueOn, publicOn });
    return {
      title,
      address: `${site}/at/${stateName(position, root)}${shown}`,
      position,
      recordedAt,
      trueOn,
      ...(publicOn !== undefined && { publicOn }),
      root: root.toString('base64'),
    };
  }

  /**
   * The page of a frozen address. Throws InvalidRequest, or NotFound if the address belongs to another
   * ledger.
   */
  async frozen(state: string, page: string): Promise<string> {
    const named = namedState(state);
    if (!named) throw new NotFound({ detail: 'The address names no state of a ledger.' });
    const { path, query, clocks } = citableFrom(page);
    const { recordedAt } = await this.queries.execute(new FindSnapshot(String(named.position)));
    if (!isRootOf(named, await this.log.rootOf(named.position)))
      throw new NotFound({
        detail: `The first ${named.position} events of this ledger are not those that the address was made for.`,
      });
    const { knownOn: _knownOn, ...others } = clocks;
    return addressOf(path, { ...query, ...others, knownOn: recordedAt });
  }
}

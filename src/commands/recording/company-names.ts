import { Inject, Injectable } from '@nestjs/common';
import { ownerOf } from '../../domain/ledger/streams.js';
import { ClaimedNames } from '../../domain/state/claimed-names.js';
import type { CompanyRecord } from '../../domain/state/company-record.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { EVENT_STORE, type EventStore } from '../../event-store/event-store.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { InFlightAppends } from './in-flight-appends.js';

/** Companies as the read model has them. */
export abstract class RegisteredCompanies {
  /** All of them with their ids, and the position of the last event that is surely in them. */
  abstract all(): {
    readonly position: number;
    readonly companies: AsyncIterable<readonly [id: string, record: CompanyRecord]>;
  };
}

/** The streams of companies that have events after a position, as far as the ledger was searched. */
interface News {
  readonly after: number;
  searched: number;
  readonly streams: Set<string>;
}

/** Whoever decides on the names of a company holds this key: one name goes to one company. */
const COMPANY_NAMES = 'names of companies';

/** Finds out which company has which name, by all that is recorded or on its way. */
@Injectable()
export class CompanyNames {
  /** What the read model may not have yet. It is kept, because an import lets the read model wait until its end. */
  private news: News = { after: 0, searched: 0, streams: new Set() };

  constructor(
    private readonly registered: RegisteredCompanies,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly states: StreamStateCache,
    private readonly inFlight: InFlightAppends,
  ) {}

  /** What a decision on some streams holds besides: the names too, where one of the streams is a company's. */
  keysOf(streams: readonly string[]): readonly string[] {
    return streams.some(isOfCompany) ? [...streams, COMPANY_NAMES] : streams;
  }

  /**
   * The names of all companies, where one of some streams is a company's. Costs a record for each company, and the events that were
   * recorded since the last time and are not in the read model yet.
   */
  claimed(streams: readonly string[]): Promise<ClaimedNames> | undefined {
    return streams.some(isOfCompany) ? this.all() : undefined;
  }

  private async all(): Promise<ClaimedNames> {
    // Before the ledger is read: what is on its way now is there by then, or is not and counts as well.
    const onTheirWay = [...this.inFlight.streams].filter(isOfCompany);
    const { position, companies } = this.registered.all();
    const news = this.newsSince(position);
    const names = new ClaimedNames();
    for await (const [company, record] of companies) names.set(company, record);
    for await (const event of this.store.readAll({ after: news.searched })) {
      if (isOfCompany(event.stream)) news.streams.add(event.stream);
      news.searched = Math.max(news.searched, event.position);
    }
    for (const stream of new Set([...onTheirWay, ...news.streams])) claim(names, await this.latest(stream));
    return names;
  }

  /** Begun anew where the read model has all that is known of by now, or was put back. */
  private newsSince(position: number): News {
    if (position < this.news.after || position >= this.news.searched)
      this.news = { after: position, searched: position, streams: new Set() };
    return this.news;
  }

  private async latest(stream: string): Promise<StreamState> {
    return this.inFlight.latest(stream) ?? this.states.soFar(stream);
  }
}

/** The names that a state of a company's stream gives it. */
export function claim(names: ClaimedNames, state: StreamState): void {
  const owner = ownerOf(state.stream);
  if (owner?.owner === 'company') names.set(owner.company, state.record('company', ''));
}

const isOfCompany = (stream: string): boolean => ownerOf(stream)?.owner === 'company';

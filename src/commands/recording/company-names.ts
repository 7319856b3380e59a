import { Inject, Injectable } from '@nestjs/common';
import { ownerOf } from '../../domain/ledger/streams.js';
import { ClaimedNames } from '../../domain/state/claimed-names.js';
import type { CompanyRecord } from '../../domain/state/company-record.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { EVENT_STORE, type EventStore } from '../../event-store/event-store.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { InFlightAppends } from './in-flight-appends.js';

/** The companies in the read model. */
export abstract class RegisteredCompanies {
  /** All companies with their ids, and the position up to which events are certainly included. */
  abstract all(): {
    readonly position: number;
    readonly companies: AsyncIterable<readonly [id: string, record: CompanyRecord]>;
  };
}

/** Company streams with events after a position, up to the searched position. */
interface News {
  readonly after: number;
  searched: number;
  readonly streams: Set<string>;
}

/** Mutex key for all decisions on company names, because a name may belong to only one company. */
const COMPANY_NAMES = 'names of companies';

/**
 * Finds all company names, including events that are recorded but not yet projected and appends in flight.
 */
@Injectable()
export class CompanyNames {
  /**
   * Events that the read model may lack. Kept between calls, because the read model does not advance during
   * an import.
   */
  private news: News = { after: 0, searched: 0, streams: new Set() };

  constructor(
    private readonly registered: RegisteredCompanies,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly states: StreamStateCache,
    private readonly inFlight: InFlightAppends,
  ) {}

  /**
   * The mutex keys for a decision on some streams, including the key for names if one of them is a company's.
   */
  keysOf(streams: readonly string[]): readonly string[] {
    return streams.some(isOfCompany) ? [...streams, COMPANY_NAMES] : streams;
  }

  /**
   * The names of all companies, if one of the streams is a company's. Reads one record per company, and the
   * events since the last call that are not in the read model yet.
   */
  claimed(streams: readonly string[]): Promise<ClaimedNames> | undefined {
    return streams.some(isOfCompany) ? this.all() : undefined;
  }

  private async all(): Promise<ClaimedNames> {
    // Taken before the ledger is read: these appends are then either in the ledger or still in flight, and
    // count in both cases.
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

  /** Starts again when the read model contains all searched events, or was reset. */
  private newsSince(position: number): News {
    if (position < this.news.after || position >= this.news.searched)
      this.news = { after: position, searched: position, streams: new Set() };
    return this.news;
  }

  private async latest(stream: string): Promise<StreamState> {
    return this.inFlight.latest(stream) ?? this.states.soFar(stream);
  }
}

/** Adds the names that a company's stream gives to the company. */
export function claim(names: ClaimedNames, state: StreamState): void {
  const owner = ownerOf(state.stream);
  if (owner?.owner === 'company') names.set(owner.company, state.record('company', ''));
}

const isOfCompany = (stream: string): boolean => ownerOf(stream)?.owner === 'company';

import { Inject, Injectable } from '@nestjs/common';
import { ownerOf } from '../../domain/ledger/streams.js';
import { ClaimedNames } from '../../domain/state/claimed-names.js';
import type { CompanyRecord } from '../../domain/state/records.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { EVENT_STORE, type EventStore } from '../../event-store/event-store.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { InFlightAppends } from './in-flight-appends.js';

/** Companies as the read model has them. */
export abstract class RegisteredCompanies {
  /** All of them with their ids, and the position of the last event that is surely in them. */
  abstract all(): Promise<{
    readonly position: number;
    readonly companies: AsyncIterable<readonly [id: string, record: CompanyRecord]>;
  }>;
}

/** Whoever decides on the names of a company holds this key: one name goes to one company. */
export const COMPANY_NAMES = 'names of companies';

/** Finds out which company has which name, by all that is recorded or on its way. */
@Injectable()
export class CompanyNames {
  /** Streams in which this process has decided on names: the read model may not have them yet. */
  private readonly touched = new Set<string>();

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

  /** The names of all companies, where one of some streams is a company's. Costs a record for each, and the events that are not in the read model yet. */
  async claimed(streams: readonly string[]): Promise<ClaimedNames | undefined> {
    const ours = streams.filter(isOfCompany);
    if (ours.length === 0) return undefined;
    const names = new ClaimedNames();
    const { position, companies } = await this.registered.all();
    for await (const [company, record] of companies) names.set(company, record);
    const newer = new Set(this.touched);
    for await (const { stream } of this.store.readAll({ after: position })) newer.add(stream);
    for (const stream of newer) if (isOfCompany(stream)) claim(names, await this.latest(stream));
    for (const stream of ours) this.touched.add(stream);
    return names;
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

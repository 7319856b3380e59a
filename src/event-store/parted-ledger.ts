import type { Appended, EventStore, HarmedStream, ReadAllOptions, ReadStreamOptions } from './event-store.js';
import type { LedgerParted } from './ledger-memory.js';

/** A ledger that differs from its log or views. Until an operator decides, it can be read but not written. */
export class PartedLedger implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly parted: LedgerParted,
  ) {}

  get keepsOrder(): boolean {
    return this.store.keepsOrder;
  }

  append(): Promise<Appended> {
    return Promise.reject(this.parted);
  }

  checkWritable(): Promise<void> {
    return Promise.reject(this.parted);
  }

  readStream(stream: string, options?: ReadStreamOptions) {
    return this.store.readStream(stream, options);
  }

  readAll(options?: ReadAllOptions) {
    return this.store.readAll(options);
  }

  subscribe(options: Parameters<EventStore['subscribe']>[0]) {
    return this.store.subscribe(options);
  }

  streamsOf(ids: readonly string[]) {
    return this.store.streamsOf(ids);
  }

  head(): Promise<number> {
    return this.store.head();
  }

  get deletedStreams(): readonly string[] {
    return this.store.deletedStreams ?? [];
  }

  async harmedStreams(): Promise<readonly HarmedStream[]> {
    return (await this.store.harmedStreams?.()) ?? [];
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

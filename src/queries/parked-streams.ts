import { Inject, Injectable } from '@nestjs/common';
import { ownerOf } from '../domain/ledger/streams.js';
import { EVENT_STORE, type EventStore } from '../event-store/event-store.js';
import { ReadModel } from '../read-model/read-model.js';
import { ParkedStreamRow } from '../read-model/row-entities.js';
import { marketName, Names } from './names.js';

/** A stream that the views stopped following, at an event that cannot be applied here. */
export interface ParkedStream {
  readonly stream: string;
  /** When that event was recorded. */
  readonly recordedAt: string;
}

/** Upper bound on the named streams; the views list all of them. */
const MOST_NAMED = 50;

/** The streams that answers lack, from some event on. */
@Injectable()
export class ParkedStreams {
  private known:
    { readonly rows: unknown; readonly parked: number; readonly list: readonly ParkedStream[] } | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly views: ReadModel,
    private readonly names: Names,
  ) {}

  /** Reads the list again only if the number of parked streams or the set of views has changed. */
  async list(): Promise<readonly ParkedStream[]> {
    const { rows, status } = this.views;
    if (status.parked === 0) return [];
    if (this.known?.rows === rows && this.known.parked === status.parked) return this.known.list;
    const found = await rows
      .getRepository(ParkedStreamRow)
      .find({ order: { stream: 'ASC' }, take: MOST_NAMED });
    const list = await Promise.all(found.map((row) => this.read(row)));
    this.known = { rows, parked: status.parked, list };
    return list;
  }

  /** The names of the owners of these streams. */
  async inWords(): Promise<readonly string[]> {
    const streams = (await this.list()).map(({ stream }) => stream);
    if (streams.length === 0) return [];
    const words = await this.names.forStreams(streams);
    return streams.map((stream) => {
      const owner = ownerOf(stream);
      return owner?.owner === 'market' ? marketName(owner.market) : words.forStream(stream).automaker;
    });
  }

  private async read({ stream, position, parkedAt }: ParkedStreamRow): Promise<ParkedStream> {
    for await (const event of this.store.readAll({ after: position - 1, limit: 1 }))
      return { stream, recordedAt: event.recordedAt };
    return { stream, recordedAt: parkedAt };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { ownerOf } from '../domain/ledger/streams.js';
import { EVENT_STORE, type EventStore } from '../event-store/event-store.js';
import { marketName, Names } from './names.js';

/** An automaker, company or market whose stream was deleted in the event store. */
export interface DeletedStream {
  /** The path of its page. */
  readonly path: string;
  readonly name: string;
}

/** Streams that were permanently deleted behind the ledger's back. Nothing more can be recorded in them. */
@Injectable()
export class DeletedStreams {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly names: Names,
  ) {}

  get areThere(): boolean {
    return (this.store.deletedStreams ?? []).length > 0;
  }

  async list(): Promise<readonly DeletedStream[]> {
    const streams = this.store.deletedStreams ?? [];
    if (streams.length === 0) return [];
    const words = await this.names.forStreams(streams);
    return streams.flatMap((stream): DeletedStream[] => {
      const owner = ownerOf(stream);
      switch (owner?.owner) {
        case 'automaker':
          return [{ path: `/automakers/${owner.automaker}`, name: words.forStream(stream).automaker }];
        case 'company':
          return [{ path: `/companies/${owner.company}`, name: words.forStream(stream).automaker }];
        case 'market':
          return [{ path: `/markets/${owner.market}`, name: marketName(owner.market) }];
        case undefined:
          return [];
      }
    });
  }
}

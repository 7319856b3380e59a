import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { In } from 'typeorm';
import { knownBy, type Clocks } from '../../domain/ledger/clocks.js';
import { ownerOf } from '../../domain/ledger/streams.js';
import type { AutomakerRecord } from '../../domain/state/records.js';
import { ReadModel } from '../../read-model/read-model.js';
import { SubjectRow, TimelineRow } from '../../read-model/row-entities.js';
import { storedRecord } from '../../read-model/stored-record.js';

/** An automaker with its current name. */
export interface NamedAutomaker {
  readonly id: string;
  readonly name: string;
}

/** Automakers to choose from. */
export interface AutomakerNames {
  /** Ordered by id. */
  readonly automakers: readonly NamedAutomaker[];
  /** Whether there are more than these. */
  readonly hasMore: boolean;
}

/**
 * The first automakers by id, with their current names, as options of a choice. For the past, only those
 * registered by then. Registrations always count as published, and as of every day.
 */
export class ListAutomakerNames extends Query<AutomakerNames> {
  constructor(
    readonly clocks: Clocks,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListAutomakerNames)
export class ListAutomakerNamesHandler implements IQueryHandler<ListAutomakerNames> {
  constructor(private readonly views: ReadModel) {}

  async execute({ clocks: { knownOn }, limit }: ListAutomakerNames): Promise<AutomakerNames> {
    const rows = await firstRows(this.views, limit + 1);
    const wanted = knownOn === undefined ? rows : await this.knownBy(knownOn, rows);
    return { automakers: namedIn(wanted).slice(0, limit), hasMore: rows.length > limit };
  }

  private async knownBy(knownOn: string, rows: readonly SubjectRow[]): Promise<SubjectRow[]> {
    const registrations = await this.views.rows.getRepository(TimelineRow).find({
      select: { stream: true, recordedAt: true },
      where: { type: 'AutomakerRegistered', stream: In(rows.map(({ stream }) => stream)) },
    });
    const known = new Set(
      registrations.flatMap(({ stream, recordedAt }) => (knownBy(recordedAt, knownOn) ? [stream] : [])),
    );
    return rows.filter(({ stream }) => known.has(stream));
  }
}

/** The first automakers by id, with their current names. */
export const firstAutomakers = async (views: ReadModel, limit: number): Promise<NamedAutomaker[]> =>
  namedIn(await firstRows(views, limit));

const firstRows = (views: ReadModel, limit: number): Promise<SubjectRow[]> =>
  views.rows.getRepository(SubjectRow).find({
    where: { kind: 'automaker' },
    order: { stream: 'ASC' },
    take: limit,
  });

const namedIn = (rows: readonly SubjectRow[]): NamedAutomaker[] =>
  rows.flatMap((row) => {
    const owner = ownerOf(row.stream);
    // A row of this kind was written from a record of this kind.
    const { name } = storedRecord(row) as AutomakerRecord;
    return owner?.owner === 'automaker' ? [{ id: owner.automaker, name }] : [];
  });

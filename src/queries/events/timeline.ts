import { Inject, Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { Evidence } from '../../domain/evidence.js';
import type { RecordedEvent, Warning } from '../../domain/event.js';
import { definitionOf, isEventType } from '../../domain/events/catalogue.js';
import { effective, logged, withAct, type LoggedEvent } from '../../domain/logged-event.js';
import { ownerOf } from '../../domain/streams.js';
import { EVENT_STORE, type EventStore } from '../../event-store/event-store.js';
import { LiveViews } from '../../projections/live-views.js';
import { TimelineRow, type Standing } from '../../projections/view-rows.js';
import { Names, type StreamWords } from '../names.js';

/** An event as the timeline tells it: what it says now, in a sentence and in full. */
export interface TimelineEntry {
  readonly id: string;
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly automaker?: string;
  readonly market?: string;
  readonly type: string;
  readonly sentence: string;
  readonly occurredOn: string;
  readonly day: string;
  readonly data: object;
  readonly evidence: readonly Evidence[];
  readonly note?: string;
  readonly warnings: readonly Warning[];
  readonly standing: Standing;
  /** Of a correction, retraction or added evidence: the event that it is about. */
  readonly about?: string;
  readonly subject: string;
  readonly recordedAt: string;
  readonly recordedBy: string;
}

export interface TimelineFilter {
  readonly automaker?: string;
  readonly market?: string;
  readonly types?: readonly string[];
  readonly subject?: string;
  /** Days between which it happened, both included. */
  readonly from?: string;
  readonly to?: string;
  /** Days between which it was recorded, both included. */
  readonly recordedFrom?: string;
  readonly recordedTo?: string;
  readonly author?: string;
  readonly standing?: Standing;
}

/** In which order: as things happened, or as the ledger learned of them; newest first unless told. */
export interface TimelineOrder {
  readonly by: 'day' | 'position';
  readonly newestFirst: boolean;
}

/** The place of the last entry of a page. */
export interface TimelinePlace {
  readonly day: string;
  readonly position: number;
}

/** Finds events by the timeline view and reads what they say from the ledger. */
@Injectable()
export class Timeline {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly views: LiveViews,
    private readonly names: Names,
  ) {}

  async page(
    filter: TimelineFilter,
    order: TimelineOrder,
    after: TimelinePlace | undefined,
    limit: number,
  ): Promise<TimelineEntry[]> {
    const query = this.views.rows.getRepository(TimelineRow).createQueryBuilder('t').limit(limit);
    narrow(query, filter);
    const direction = order.newestFirst ? 'DESC' : 'ASC';
    const beyond = order.newestFirst ? '<' : '>';
    if (order.by === 'day') query.orderBy('t.day', direction);
    query.addOrderBy('t.position', direction);
    if (after) {
      query.andWhere(
        order.by === 'day'
          ? `(t.day, t.position) ${beyond} (:day, :position)`
          : `t.position ${beyond} :position`,
        after,
      );
    }
    return this.entries(await query.getMany());
  }

  /** One event and all that was recorded about it, in the order of recording. Undefined where there is no such event. */
  async one(
    id: string,
  ): Promise<{ entry: TimelineEntry; recorded: RecordedEvent; acts: TimelineEntry[] } | undefined> {
    const rows = this.views.rows.getRepository(TimelineRow);
    const row = await rows.findOneBy({ id });
    if (!row) return undefined;
    const acts = await rows.find({ where: { about: id }, order: { position: 'ASC' } });
    const [[entry], tellings, recorded] = await Promise.all([
      this.entries([row]),
      this.entries(acts),
      this.read(row),
    ]);
    return entry && { entry, recorded, acts: tellings };
  }

  private async entries(rows: readonly TimelineRow[]): Promise<TimelineEntry[]> {
    const acts = await this.actsAbout(rows.filter(({ about }) => about === null).map(({ id }) => id));
    const words = await this.names.forStreams(rows.map(({ stream }) => stream));
    return Promise.all(
      rows.map(async (row) => {
        const recorded = await this.read(row);
        const entry = (acts.get(row.id) ?? []).reduce(takeIn, logged(recorded));
        return told(row, entry, words);
      }),
    );
  }

  /** All acts about some events, by the event that they are about. */
  private async actsAbout(ids: readonly string[]): Promise<Map<string, RecordedEvent[]>> {
    const acts = new Map<string, RecordedEvent[]>();
    if (ids.length === 0) return acts;
    const rows = await this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .where('t.about IN (:...ids)', { ids })
      .orderBy('t.position')
      .getMany();
    for (const row of rows) {
      const about = row.about ?? '';
      acts.set(about, [...(acts.get(about) ?? []), await this.read(row)]);
    }
    return acts;
  }

  private async read({ stream, revision }: TimelineRow): Promise<RecordedEvent> {
    for await (const event of this.store.readStream(stream, { from: revision, limit: 1 })) return event;
    throw new Error(`the ledger has no event ${revision} in ${stream}, though the timeline names it`);
  }
}

function narrow(query: SelectQueryBuilder<TimelineRow>, filter: TimelineFilter): void {
  const { automaker, market, types, subject, from, to, recordedFrom, recordedTo, author, standing } = filter;
  if (automaker !== undefined) query.andWhere('t.stream = :stream', { stream: `automaker-${automaker}` });
  if (market !== undefined) query.andWhere('t.markets LIKE :market', { market: `%,${market},%` });
  if (types !== undefined) query.andWhere('t.type IN (:...types)', { types });
  if (subject !== undefined) query.andWhere('t.subject = :subject', { subject });
  if (from !== undefined) query.andWhere('t.day >= :from', { from });
  if (to !== undefined) query.andWhere('t.day <= :to', { to });
  if (recordedFrom !== undefined) query.andWhere('t.recordedAt >= :recordedFrom', { recordedFrom });
  // "\uffff" sorts after every time of the day.
  if (recordedTo !== undefined)
    query.andWhere('t.recordedAt <= :recordedTo', { recordedTo: `${recordedTo}\uffff` });
  if (author !== undefined) query.andWhere('t.recordedBy = :author', { author });
  if (standing !== undefined) query.andWhere('t.standing = :standing', { standing });
}

function takeIn(entry: LoggedEvent, act: RecordedEvent): LoggedEvent {
  return withAct(entry, act, 'event' in act.data ? act.data.event : '');
}

function told(row: TimelineRow, entry: LoggedEvent, words: StreamWords): TimelineEntry {
  const { recorded } = entry;
  const { retraction: _retraction, ...unretracted } = entry;
  const now = effective(unretracted) ?? recorded;
  const owner = ownerOf(row.stream);
  const { note, warnings = [] } = recorded;
  return {
    id: row.id,
    position: row.position,
    stream: row.stream,
    revision: row.revision,
    ...(owner?.owner === 'automaker' && { automaker: owner.automaker }),
    ...(owner?.owner === 'market' && { market: owner.market }),
    type: row.type,
    sentence: sentenceOf(row, now.data, words),
    occurredOn: now.occurredOn,
    day: row.day,
    data: now.data,
    evidence: now.evidence,
    ...(note !== undefined && { note }),
    warnings,
    standing: row.standing,
    ...(row.about !== null && { about: row.about }),
    subject: row.subject,
    recordedAt: row.recordedAt,
    recordedBy: row.recordedBy,
  };
}

function sentenceOf({ type, stream }: TimelineRow, data: object, words: StreamWords): string {
  return isEventType(type) ? definitionOf(type).sentence(data, words.forStream(stream)) : type;
}

import { Injectable } from '@nestjs/common';
import { knownBy, lastInstantOf, type Clocks } from '../../domain/ledger/clocks.js';
import { evidencePublicOn } from '../../domain/ledger/publication.js';
import { withPublicEvidence } from '../../domain/state/public-events.js';
import type { Day } from '../../domain/ledger/edtf.js';
import type { Evidence } from '../../domain/ledger/evidence.js';
import type { RecordedEvent } from '../../domain/ledger/event.js';
import type { Warning } from '../../domain/ledger/warning.js';
import type { SentenceWords } from '../../domain/events/event-type.js';
import { definitionOf, isEventType } from '../../domain/events/catalogue.js';
import { logged, saidBy, type LoggedEvent } from '../../domain/state/logged-event.js';
import { warningsIn } from '../../domain/ledger/warnings.js';
import { ownerOf } from '../../domain/ledger/streams.js';
import { ReadModel } from '../../read-model/read-model.js';
import type { EventStatus } from '../../read-model/rows.js';
import { TimelineRow } from '../../read-model/row-entities.js';
import { Names } from '../names.js';
import { amendedRows, recordedIn } from './amended-rows.js';
import { SubjectNames } from './subject-names.js';
import { PastTimeline, type PastStream } from './past-timeline.js';
import { isPublicRow, onlyPublic, publicRows } from './public-timeline.js';
import {
  inTimelineOrder,
  matches,
  narrow,
  type TimelineFilter,
  type TimelineOrder,
  type TimelinePlace,
} from './timeline-filter.js';

/** An event in the timeline: its current content, as a sentence and in full. */
export interface TimelineEntry {
  readonly id: string;
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly automaker?: string;
  readonly market?: string;
  readonly company?: string;
  readonly type: string;
  readonly sentence: string;
  readonly occurredOn: string;
  readonly day: string;
  /** @schema EventData */
  readonly data: object;
  readonly evidence: readonly Evidence[];
  readonly note?: string;
  readonly warnings: readonly Warning[];
  readonly standing: EventStatus;
  /** For a correction, retraction or added evidence: the event that it is about. */
  readonly about?: string;
  readonly subject: string;
  readonly recordedAt: string;
  readonly recordedBy: string;
}

/** Finds events and their content in the rows of the timeline. */
@Injectable()
export class Timeline {
  constructor(
    private readonly views: ReadModel,
    private readonly names: Names,
    private readonly past: PastTimeline,
    private readonly subjects: SubjectNames,
  ) {}

  /** The next entries after a place, as of three clocks. With `trueOn`, only those up to that day. */
  async page(
    filter: TimelineFilter,
    order: TimelineOrder,
    after: TimelinePlace | undefined,
    limit: number,
    clocks: Clocks = {},
  ): Promise<TimelineEntry[]> {
    const { trueOn, knownOn, publicOn } = clocks;
    const to = trueOn !== undefined && (filter.to === undefined || trueOn < filter.to) ? trueOn : filter.to;
    const wanted = { ...filter, ...(to !== undefined && { to }) };
    const past = await this.past.streams(knownOn);
    const stored = await this.storedRows(wanted, order, after, limit, {
      clocks,
      without: [...past.keys()],
    });
    if (past.size === 0) return this.entries(stored, clocks, past);
    const told = [...past.values()].flatMap(({ rows }) =>
      (publicOn === undefined ? rows : onlyPublic(rows, publicOn)).filter(
        (row) => matches(row, wanted) && (after === undefined || inTimelineOrder(after, row, order) < 0),
      ),
    );
    const rows = [...stored, ...told].sort((a, b) => inTimelineOrder(a, b, order)).slice(0, limit);
    return this.entries(rows, clocks, past);
  }

  /** One event and all that was recorded about it, in order. Undefined if it did not exist by then. */
  async one(
    id: string,
    clocks: Clocks = {},
  ): Promise<{ entry: TimelineEntry; recorded: RecordedEvent; acts: TimelineEntry[] } | undefined> {
    const { trueOn, knownOn, publicOn } = clocks;
    const rows = this.views.rows.getRepository(TimelineRow);
    const stored = await rows.findOneBy({ id });
    if (!stored || !knownBy(stored.recordedAt, knownOn)) return undefined;
    const past = await this.past.streams(knownOn, stored.stream);
    const row = past.get(stored.stream)?.rows.find((each) => each.id === id) ?? stored;
    if (trueOn !== undefined && row.day > trueOn) return undefined;
    if (publicOn !== undefined && !(await this.isPublic(row, publicOn, past))) return undefined;
    const about = await rows.find({ where: { about: id }, order: { position: 'ASC' } });
    const acts = about.filter(
      (act) => knownBy(act.recordedAt, knownOn) && (publicOn === undefined || isPublicRow(act, publicOn)),
    );
    const [[entry], tellings] = await Promise.all([
      this.entries([row], clocks, past),
      this.entries(acts, clocks, past),
    ]);
    const recorded = recordedIn(row);
    const told = publicOn === undefined ? recorded : (withPublicEvidence(recorded, publicOn) ?? recorded);
    return entry && { entry, recorded: told, acts: tellings };
  }

  private storedRows(
    filter: TimelineFilter,
    order: TimelineOrder,
    after: TimelinePlace | undefined,
    limit: number,
    {
      clocks: { knownOn, publicOn },
      without,
    }: { readonly clocks: Clocks; readonly without: readonly string[] },
  ): Promise<TimelineRow[]> {
    const query = this.views.rows.getRepository(TimelineRow).createQueryBuilder('t').limit(limit);
    narrow(query, filter);
    if (knownOn !== undefined) query.andWhere('t.recordedAt <= :known', { known: lastInstantOf(knownOn) });
    if (publicOn !== undefined) publicRows(query, publicOn);
    if (without.length > 0) query.andWhere('t.stream NOT IN (:...without)', { without });
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
    return query.getMany();
  }

  /** Whether a row, and the event that it is about, had been published. */
  private async isPublic(
    row: TimelineRow,
    publicOn: Day,
    past: ReadonlyMap<string, PastStream>,
  ): Promise<boolean> {
    if (!isPublicRow(row, publicOn)) return false;
    if (row.about === null) return true;
    const about =
      past.get(row.stream)?.rows.find(({ id }) => id === row.about) ??
      (await this.views.rows.getRepository(TimelineRow).findOneBy({ id: row.about }));
    return about !== null && isPublicRow(about, publicOn);
  }

  private async entries(
    rows: readonly TimelineRow[],
    { knownOn, publicOn }: Clocks,
    past: ReadonlyMap<string, PastStream>,
  ): Promise<TimelineEntry[]> {
    const amended = await amendedRows(
      rows.filter(({ about }) => about === null),
      this.views.rows.getRepository(TimelineRow),
      knownOn,
    );
    const names = [...past].flatMap(([stream, { name }]) =>
      name === undefined ? [] : [[stream, name] as const],
    );
    const words = await this.names.forStreams(
      rows.map(({ stream }) => stream),
      new Map(names),
    );
    const named = await this.subjects.of(rows, knownOn);
    return rows.map((row) => {
      const entry = amended.get(row.id) ?? logged(recordedIn(row));
      return told(row, entry, { ...words.forStream(row.stream), named: named(row.stream) }, publicOn);
    });
  }
}

function told(
  row: TimelineRow,
  entry: LoggedEvent,
  words: SentenceWords,
  publicOn: Day | undefined,
): TimelineEntry {
  const { recorded } = entry;
  const now = saidBy(entry);
  const owner = ownerOf(row.stream);
  const { note, warnings } = recorded;
  return {
    id: row.id,
    position: row.position,
    stream: row.stream,
    revision: row.revision,
    ...(owner?.owner === 'automaker' && { automaker: owner.automaker }),
    ...(owner?.owner === 'market' && { market: owner.market }),
    ...(owner?.owner === 'company' && { company: owner.company }),
    type: row.type,
    sentence: sentenceOf(row, now.data, words),
    occurredOn: now.occurredOn,
    day: row.day,
    data: now.data,
    evidence: publicOn === undefined ? now.evidence : evidencePublicOn(now.evidence, publicOn),
    ...(note !== undefined && { note }),
    warnings: warningsIn(warnings),
    standing: row.standing,
    ...(row.about !== null && { about: row.about }),
    subject: row.subject,
    recordedAt: row.recordedAt,
    recordedBy: row.recordedBy,
  };
}

function sentenceOf({ type }: TimelineRow, data: object, words: SentenceWords): string {
  return isEventType(type) ? definitionOf(type).sentence(data, words) : type;
}

import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { knownBy, type Clocks } from '../../domain/ledger/clocks.js';
import type { RecordedEvent } from '../../domain/ledger/event.js';
import { isRegistration } from '../../domain/ledger/publication.js';
import type { LoggedEvent } from '../../domain/state/logged-event.js';
import { withCorrectedEvidence } from '../../domain/state/standing-evidence.js';
import { withPublicEvidence } from '../../domain/state/public-events.js';
import { ReadModel } from '../../read-model/read-model.js';
import { TimelineRow } from '../../read-model/row-entities.js';
import { amendedRows } from './amended-rows.js';
import { PastTimeline } from './past-timeline.js';
import { isPublicRow } from './public-timeline.js';

const PAGE = 500;

/** The columns of an event's timeline row that decide whether it is visible on some clocks. */
type Place = Pick<TimelineRow, 'id' | 'type' | 'about' | 'day' | 'published'>;

/** Filters events by three clocks. */
@Injectable()
export class HappenedEvents {
  constructor(
    private readonly views: ReadModel,
    private readonly past: PastTimeline,
  ) {}

  /**
   * Filters events in ledger order: keeps those known by then, published by then and, as far as was known,
   * occurred by then. On the public clock, each event has only the evidence published by then, with later
   * corrections of evidence applied to it and left out as events.
   */
  async *of(
    events: AsyncIterable<RecordedEvent>,
    { trueOn, knownOn, publicOn }: Clocks,
  ): AsyncGenerator<RecordedEvent> {
    const past = await this.past.streams(knownOn);
    const places = new Map<string, Place>();
    for (const { rows } of past.values()) for (const row of rows) places.set(row.id, row);
    for await (const page of pagesOf(events, PAGE)) {
      const known = page.filter(({ recordedAt }) => knownBy(recordedAt, knownOn));
      if (trueOn === undefined && publicOn === undefined) {
        yield* known;
        continue;
      }
      const found = new Map([...(await this.stored(known.map(aboutOf))), ...places]);
      const corrected =
        publicOn === undefined
          ? new Map<string, LoggedEvent>()
          : await this.withCorrections(
              known.flatMap((event) => chainOf(aboutOf(event), found).at(-1)?.id ?? []),
              knownOn,
            );
      for (const event of known) {
        const chain = chainOf(aboutOf(event), found);
        const world = chain.at(-1);
        if (trueOn !== undefined && !isRegistration(event.type) && (world?.day ?? '') > trueOn) continue;
        if (publicOn === undefined) yield event;
        else if (event.type === 'EvidenceCorrected' || chain[0]?.type === 'EvidenceCorrected') continue;
        else if (chain.length > 0 && chain.every((place) => isPublicRow(place, publicOn))) {
          const entry = corrected.get(world?.id ?? '');
          yield* only(withPublicEvidence(entry ? withCorrectedEvidence(event, entry) : event, publicOn));
        }
      }
    }
  }

  /** Those of some events whose evidence was corrected, with everything recorded about them by then. */
  private async withCorrections(
    ids: readonly string[],
    knownOn: string | undefined,
  ): Promise<Map<string, LoggedEvent>> {
    const rows = this.views.rows.getRepository(TimelineRow);
    const wanted = [...new Set(ids)];
    const acts = await rows.find({
      where: { about: In(wanted), type: 'EvidenceCorrected' },
      select: { about: true },
    });
    const about = [...new Set(acts.flatMap((act) => act.about ?? []))];
    if (about.length === 0) return new Map();
    return amendedRows(await rows.findBy({ id: In(about) }), rows, knownOn);
  }

  /** The places of some events, and of the events that they are about. */
  private async stored(ids: readonly string[]): Promise<Map<string, Place>> {
    if (ids.length === 0) return new Map();
    const rows = await this.views.rows.getRepository(TimelineRow).find({
      where: { id: In([...new Set(ids)]) },
      select: { id: true, type: true, day: true, about: true, published: true },
    });
    const about = rows.flatMap((row) => row.about ?? []);
    return new Map([...(await this.stored(about)), ...rows.map((row) => [row.id, row] as const)]);
  }
}

/** The place of an event, then that of the event it is about, and so on. */
function chainOf(id: string, places: ReadonlyMap<string, Place>): Place[] {
  const place = places.get(id);
  if (!place) return [];
  return place.about === null ? [place] : [place, ...chainOf(place.about, places)];
}

/** The event that an amendment names, which may be an amendment too; else the event's own id. */
const aboutOf = ({ id, data }: RecordedEvent): string => ('event' in data ? data.event : id);

const only = <T>(item: T | undefined): T[] => (item === undefined ? [] : [item]);

async function* pagesOf<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let page: T[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  yield page;
}

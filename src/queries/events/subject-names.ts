import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { SentenceWords } from '../../domain/events/event-type.js';
import type { PartnershipRecord, SiteRecord, TargetRecord } from '../../domain/state/records.js';
import { recordOf, type AnySubjectState } from '../../domain/state/subject-state.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { siteName } from '../../domain/words/values.js';
import { goalTitle } from '../../domain/words/goals.js';
import { ReadModel } from '../../read-model/read-model.js';
import type { TimelineRow } from '../../read-model/rows.js';
import { SubjectRow } from '../../read-model/row-entities.js';
import { storedRecord } from '../../read-model/stored-record.js';
import { AutomakerReader } from '../automaker-reader.js';
import { NAMING } from '../names.js';

type Named = NonNullable<SentenceWords['named']>;
type NamedKind = Parameters<Named>[0];

/** Event types that identify their goal, site or partner only by its slug. */
const BY_SLUG: Readonly<Record<string, NamedKind>> = {
  TargetRestated: 'target',
  TargetWithdrawn: 'target',
  ProductionStarted: 'site',
  ProductionEnded: 'site',
  ProductionPlanRevised: 'site',
  PartnershipEnded: 'partnership',
};

/** Finds the names of goals, sites and partners that events identify only by slug. */
@Injectable()
export class SubjectNames {
  constructor(
    private readonly views: ReadModel,
    private readonly states: AutomakerReader,
  ) {}

  /** The names needed for the sentences of some rows, as known by then. */
  async of(rows: readonly TimelineRow[], knownOn: string | undefined): Promise<(stream: string) => Named> {
    const wanted = rows.flatMap(({ type, stream, subject }) => {
      const kind = BY_SLUG[type];
      return kind === undefined ? [] : [{ stream, kind, key: subject.slice(subject.indexOf('/') + 1) }];
    });
    const names = new Map<string, string>();
    if (knownOn === undefined) {
      for (const row of await this.stored(wanted)) {
        const name = nameOf(row.kind as NamedKind, storedRecord(row));
        if (name !== undefined) names.set(`${row.stream} ${row.kind} ${row.key}`, name);
      }
    } else {
      // A past state requires folding the whole stream, so it is done once per stream.
      const past = new Map<string, StreamState>();
      for (const { stream, kind, key } of wanted) {
        const then = past.get(stream) ?? (await this.states.state(stream, { knownOn }));
        past.set(stream, then);
        const state = then.record(kind, key);
        const name = state && nameOf(kind, recordOf(state as AnySubjectState));
        if (name !== undefined) names.set(`${stream} ${kind} ${key}`, name);
      }
    }
    return (stream) => (kind, key) => names.get(`${stream} ${kind} ${key}`);
  }

  private stored(wanted: readonly { stream: string; kind: NamedKind; key: string }[]): Promise<SubjectRow[]> {
    if (wanted.length === 0) return Promise.resolve([]);
    const distinct = (pick: (each: (typeof wanted)[number]) => string) => In([...new Set(wanted.map(pick))]);
    return this.views.rows.getRepository(SubjectRow).findBy({
      stream: distinct(({ stream }) => stream),
      kind: distinct(({ kind }) => kind) as never,
      key: distinct(({ key }) => key),
      part: 0,
    });
  }
}

function nameOf(kind: NamedKind, record: unknown): string | undefined {
  switch (kind) {
    case 'site':
      return siteName(record as SiteRecord);
    case 'partnership':
      return (record as PartnershipRecord).partner;
    case 'target': {
      const terms = (record as TargetRecord).versions.at(-1)?.terms;
      return terms && goalTitle(terms, NAMING);
    }
  }
}

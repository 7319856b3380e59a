import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { lastInstantOf } from '../../domain/ledger/clocks.js';
import { addDays, type Day } from '../../domain/ledger/edtf.js';
import { ownerOf } from '../../domain/ledger/streams.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { Status } from '../../domain/goals/status.js';
import type { Automaker } from '../../domain/state/automaker.js';
import type { TargetTerms } from '../../domain/state/records.js';
import { Turns } from '../../api/in-turns.js';
import { ReadModel } from '../../read-model/read-model.js';
import { TimelineRow } from '../../read-model/row-entities.js';
import { memoizedProgress } from '../automakers/memoized-progress.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { ListSnapshotsHandler, ListSnapshots } from '../tables/list-snapshots.js';

/** A verdict on a goal that changed because of what was recorded on a day. */
export interface VerdictChange {
  readonly automaker: string;
  readonly name: string;
  readonly target: string;
  readonly terms: TargetTerms;
  /** The day of recording, and the instant of the automaker's last event of that day. */
  readonly recordedOn: Day;
  readonly recordedAt: string;
  readonly before: { readonly status: Status; readonly summary: string };
  readonly after: { readonly status: Status; readonly summary: string };
}

export interface VerdictChangesAnswer {
  readonly asOf: AsOf;
  /** The most recent first. */
  readonly changes: readonly VerdictChange[];
}

/** The number of days covered. Each requires two states of every automaker with new events. */
const MOST_DAYS = 30;

/**
 * The verdicts that changed on the most recent days of recording: compares the verdict on a goal by what was
 * known at the end of the previous day and at the end of the day. Time alone changes no verdict here, and new
 * goals do not count.
 */
export class ListVerdictChanges extends Query<VerdictChangesAnswer> {
  constructor(
    readonly clocks: Clocks,
    readonly automaker?: string,
    readonly days = MOST_DAYS,
  ) {
    super();
  }
}

@QueryHandler(ListVerdictChanges)
export class ListVerdictChangesHandler implements IQueryHandler<ListVerdictChanges> {
  private readonly recorded: ListSnapshotsHandler;

  constructor(
    private readonly states: AutomakerReader,
    private readonly views: ReadModel,
  ) {
    this.recorded = new ListSnapshotsHandler(views, states);
  }

  async execute({ clocks, automaker, days }: ListVerdictChanges): Promise<VerdictChangesAnswer> {
    const { asOf, snapshots } = await this.recorded.execute(new ListSnapshots(clocks, days));
    const changes: VerdictChange[] = [];
    const turns = new Turns();
    for (const { day } of snapshots) {
      const news = await this.newsOf(day, clocks);
      const wanted = [...news.keys()].filter((id) => automaker === undefined || id === automaker).sort();
      const known = clocks.knownOn !== undefined && clocks.knownOn.startsWith(day) ? clocks.knownOn : day;
      const after = await this.states.some(wanted, { ...clocks, trueOn: day, knownOn: known });
      const before = await this.states.some(wanted, { ...clocks, trueOn: day, knownOn: addDays(day, -1) });
      for (const each of after) {
        const earlier = before.find(({ id }) => id === each.id);
        if (earlier) changes.push(...changesOf(earlier, each, day, news.get(each.id) ?? day));
        await turns.next();
      }
    }
    return { asOf, changes };
  }

  /** The automakers with events recorded on a day, each with the instant of the last one. */
  private async newsOf(day: Day, { knownOn }: Clocks): Promise<Map<string, string>> {
    const query = this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select('t.stream', 'stream')
      .addSelect('MAX(t.recordedAt)', 'at')
      .where('t.recordedAt >= :day AND t.recordedAt <= :end', { day, end: lastInstantOf(day) })
      .groupBy('t.stream');
    if (knownOn !== undefined) query.andWhere('t.recordedAt <= :known', { known: lastInstantOf(knownOn) });
    const rows = await query.getRawMany<{ stream: string; at: string }>();
    return new Map(
      rows.flatMap(({ stream, at }) => {
        const owner = ownerOf(stream);
        return owner?.owner === 'automaker' ? [[owner.automaker, at] as const] : [];
      }),
    );
  }
}

function changesOf(before: Automaker, after: Automaker, day: Day, recordedAt: string): VerdictChange[] {
  return after.targets.flatMap((record): VerdictChange[] => {
    const earlier = before.targets.find(({ target }) => target === record.target);
    if (!earlier) return [];
    const [was, is] = [memoizedProgress(before, earlier, day), memoizedProgress(after, record, day)];
    if (was.status === is.status) return [];
    return [
      {
        automaker: after.id,
        name: after.profile.name,
        target: record.target,
        terms: is.terms,
        recordedOn: day,
        recordedAt,
        before: verdictOf(was),
        after: verdictOf(is),
      },
    ];
  });
}

const verdictOf = ({ status, summary }: Progress) => ({ status, summary });

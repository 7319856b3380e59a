import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import { AutomakerIndex } from '../automakers/automaker-index.js';
import { Turns } from '../../api/in-turns.js';
import type { PageOf } from '../../api/paging.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { quietGoalsOf, type QuietGoal } from './quiet-goals.js';
import { isQuiet } from '../../domain/goals/quiet.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import type { RecordKind, TargetRecord } from '../../domain/state/records.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ReadModel } from '../../read-model/read-model.js';
import { SubjectRow } from '../../read-model/row-entities.js';
import { storedRecord } from '../../read-model/stored-record.js';

export interface QuietGoalsAnswer {
  readonly asOf: AsOf;
  /** Longest silence first. */
  readonly goals: readonly QuietGoal[];
  /** The number of goals on all pages. */
  readonly count: number;
  /** The cursor of the next page; absent on the last page. */
  readonly next?: string;
}

/**
 * The goals that nobody has repeated for so long that they count as quiet. This is inferred, never declared.
 */
export class ListQuietGoals extends Query<QuietGoalsAnswer> {
  constructor(
    readonly clocks: Clocks,
    readonly page: PageOf = { limit: Number.MAX_SAFE_INTEGER },
  ) {
    super();
  }
}

@QueryHandler(ListQuietGoals)
export class ListQuietGoalsHandler implements IQueryHandler<ListQuietGoals> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly index: AutomakerIndex,
    private readonly views: ReadModel,
  ) {}

  async execute({ clocks, page }: ListQuietGoals): Promise<QuietGoalsAnswer> {
    const asOf = await this.states.asOf(clocks);
    return isNow(clocks) ? this.current(asOf, page) : this.past(clocks, asOf, page);
  }

  /** Uses the outlines, and reads only the records of the goals on the page. */
  private async current(asOf: AsOf, page: PageOf): Promise<QuietGoalsAnswer> {
    const quiet: Quiet[] = [];
    const turns = new Turns();
    for (const { id, summary, silences } of await this.index.all()) {
      for (const silence of silences)
        if (isQuiet(silence, asOf.trueOn)) quiet.push({ automaker: id, name: summary.name, ...silence });
      await turns.next();
    }
    const { items, next } = firstOf(quiet, page);
    const records = await this.recordsOf(items);
    const goals = items.flatMap(({ automaker, name, target }) => {
      const record = records.get(`${automaker}/${target}`);
      return record ? quietGoalsOf({ id: automaker, profile: { name }, targets: [record] }, asOf.trueOn) : [];
    });
    return { asOf, goals, count: quiet.length, ...(next !== undefined && { next }) };
  }

  private async past(clocks: Clocks, asOf: AsOf, page: PageOf): Promise<QuietGoalsAnswer> {
    const quiet: QuietGoal[] = [];
    for await (const automaker of this.states.every(clocks, '', PROMISED))
      quiet.push(...quietGoalsOf(automaker, asOf.trueOn));
    const { items, next } = firstOf(quiet, page);
    return { asOf, goals: items, count: quiet.length, ...(next !== undefined && { next }) };
  }

  /** The first row of a record contains its newest versions. */
  private async recordsOf(goals: readonly Quiet[]): Promise<ReadonlyMap<string, TargetRecord>> {
    const records = new Map<string, TargetRecord>();
    for (let start = 0; start < goals.length; start += GOALS_AT_ONCE) {
      const rows = await this.views.rows.getRepository(SubjectRow).find({
        where: goals.slice(start, start + GOALS_AT_ONCE).map(({ automaker, target }) => ({
          stream: automakerStream(automaker),
          kind: 'target' as const,
          key: target,
          part: 0,
        })),
      });
      for (const row of rows) {
        const record = storedRecord(row) as TargetRecord;
        records.set(`${row.stream.slice(automakerStream('').length)}/${record.target}`, record);
      }
    }
    return records;
  }
}

/** The kinds of records with statements about goals. */
const PROMISED: readonly RecordKind[] = ['automaker', 'target'];

/** The number of records read per statement: SQLite rejects a condition with a thousand alternatives. */
const GOALS_AT_ONCE = 200;

/** A quiet goal, as far as an outline shows it. */
interface Quiet {
  readonly automaker: string;
  readonly name: string;
  readonly target: string;
  readonly lastSaidOn: Day;
}

type Placed = Pick<Quiet, 'automaker' | 'target' | 'lastSaidOn'>;

/** A page of goals, longest silence first. */
function firstOf<T extends Placed>(
  goals: readonly T[],
  { limit, after }: PageOf,
): { readonly items: readonly T[]; readonly next?: string } {
  const last = after === undefined ? undefined : goals.find((goal) => nameOf(goal) === after);
  if (after !== undefined && !last)
    throw new InvalidRequest([{ field: 'cursor', message: 'must be the "next" of an earlier page' }]);
  const following = last ? goals.filter((goal) => inOrder(goal, last) > 0) : goals;
  if (following.length <= limit) return { items: [...following].sort(inOrder) };
  // There may be very many goals for a small page, so only the page is kept and sorted.
  let items: T[] = [];
  for (const goal of following) {
    const worst = items.length === limit ? items.at(-1) : undefined;
    if (worst && inOrder(goal, worst) > 0) continue;
    items.splice(placeIn(items, goal), 0, goal);
    if (items.length > limit) items = items.slice(0, limit);
  }
  const end = items.at(-1);
  return { items, ...(end && { next: nameOf(end) }) };
}

/** The insertion index of a goal in a sorted list. */
function placeIn<T extends Placed>(items: readonly T[], goal: T): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = items[middle];
    if (other && inOrder(other, goal) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

const nameOf = ({ automaker, target }: Placed): string => `${automaker}/${target}`;

function inOrder(a: Placed, b: Placed): number {
  if (a.lastSaidOn !== b.lastSaidOn) return a.lastSaidOn < b.lastSaidOn ? -1 : 1;
  const [of, to] = [`${a.automaker} ${a.target}`, `${b.automaker} ${b.target}`];
  return of === to ? 0 : of < to ? -1 : 1;
}

import { touchedGoals, type ChangedRecord } from '../../domain/audit/touched-goals.js';
import { partsMayBear } from '../../domain/goals/by-wholes.js';
import { headlineGoalOf, lastingHeadlines, type HeadlineGoal } from '../../domain/goals/headline.js';
import { progressOf } from '../../domain/goals/progress.js';
import { added, NO_GOALS, tallyOf, type GoalTally } from '../../domain/goals/tally.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { brandsIn } from '../../domain/measures/brands-together.js';
import { standsAloneAmong } from '../../domain/measures/connected-figures.js';
import { DEFAULT_RULE } from '../../domain/measures/flows.js';
import { MEASURES } from '../../domain/measures/measures.js';
import type { Automaker } from '../../domain/state/automaker.js';
import type { AutomakerRecord, FigureRecord, TargetRecord } from '../../domain/state/records.js';
import type { Steps } from '../../domain/state/steps.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import type { PastHeadline, PastOutline, StandingDay } from './past-days.js';
import { byDay, recordDaysInSteps, type RecordDay } from './record-days.js';
import { SortedRecords } from './sorted-records.js';

/** Kinds whose events were logged one by one, which levels and shares look at. */
const LOGGED = ['market', 'partnership', 'outlets', 'site'] as const;
const JUDGED = ['target', 'figure', ...LOGGED] as const;
type Judged = (typeof JUDGED)[number];

/** Goals judged, times the figures that are looked at: about a second of work. */
const MOST_WORK = 200_000;

/** The days on which the goals of an automaker came to stand otherwise; undefined if it would take too long. */
export function* standingDaysInSteps(
  id: string,
  profile: AutomakerRecord,
  state: StreamState,
): Steps<Pick<PastOutline, 'headlines' | 'standings'> | undefined> {
  const told = yield* recordDaysInSteps(state, ['target', 'figure']);
  const goals = told.flatMap((each) => (each.kind === 'target' && each.record ? [each.record] : []));
  const areFlows = goals.every(({ versions }) =>
    versions.every(({ terms }) => MEASURES[terms.measure].nature === 'flow'),
  );
  const isIdle = areFlows ? idleFigures(told, goals) : () => false;
  const bearing = told.filter((each) => each.kind === 'target' || !isIdle(each.record));
  const changes: RecordDay<Judged>[] = areFlows ? bearing : yield* recordDaysInSteps(state, JUDGED);
  if (workOf(changes, areFlows) > MOST_WORK) return undefined;

  const records = new SortedRecords<Judged>();
  const standing = new Standing();
  let automaker: Automaker | undefined;
  for (const [day, ofDay] of byDay(changes)) {
    const changed = ofDay.map(({ kind, key, record }): ChangedRecord => {
      const then = records.put(kind, key, record);
      return { kind, key, ...(then && { before: then }), ...(record && { after: record }) };
    });
    const then = automaker;
    automaker = { id, profile, strategy: undefined, ...records.all() };
    const isTouched = areFlows && changed.every(({ kind }) => kind === 'target');
    const touched = isTouched
      ? ofDay.flatMap((each) => (each.kind === 'target' && each.record ? [each.record] : []))
      : automaker.targets.filter(touchedGoals(changed, [then, automaker]));
    for (const target of touched) {
      const progress = progressOf(automaker, target, day, DEFAULT_RULE, 'standing');
      standing.put(headlineGoalOf(progress));
      yield;
    }
    for (const { kind, key, after } of changed) if (kind === 'target' && !after) standing.remove(key);
    standing.note(day);
  }
  return standing.days;
}

/**
 * Tells which figures no verdict rests on: of entities that neither a goal nor another figure names. They are left out, unless
 * that would let parts be set beside wholes that are too many otherwise.
 */
function idleFigures(
  told: readonly RecordDay<'target' | 'figure'>[],
  goals: readonly TargetRecord[],
): (figure: RecordDay<'figure'>['record'] | TargetRecord) => boolean {
  const figures = told.flatMap((each) => (each.kind === 'figure' && each.record ? [each.record] : []));
  const entities = new Set(
    goals.flatMap(({ versions }) => versions.flatMap(({ terms }) => brandsIn(terms.entity ?? ''))),
  );
  const standsAlone = standsAloneAmong(figures);
  const isIdle = ({ entity }: FigureRecord): boolean =>
    standsAlone(entity) && entity !== undefined && !entities.has(entity);
  const bearOnOthers = figures.some(({ reports }) =>
    reports.some(({ restates, sumOf }) => restates !== undefined || sumOf !== undefined),
  );
  const mayBeLeftOut = !bearOnOthers && (figures.every(isIdle) || partsMayBear(figures));
  return (figure) => figure === undefined || (mayBeLeftOut && 'reports' in figure && isIdle(figure));
}

/** How often goals are judged, times the figures looked at. */
function workOf(changes: readonly RecordDay<Judged>[], areFlows: boolean): number {
  const keys = { target: new Set<string>(), figure: new Set<string>() };
  let judged = 0;
  for (const [, ofDay] of byDay(changes)) {
    let own = 0;
    for (const { kind, key } of ofDay) {
      if (kind === 'target' || kind === 'figure') keys[kind].add(key);
      if (kind === 'target') own += 1;
    }
    judged += areFlows && own === ofDay.length ? own : keys.target.size;
  }
  return judged * (1 + keys.figure.size);
}

/** How goals stand, and how they stood on the days before. */
class Standing {
  private readonly goals = new Map<string, HeadlineGoal>();
  private tally: GoalTally = NO_GOALS;
  /** Those that are the headline on some day; undefined if they have to be found anew. */
  private lasting: readonly HeadlineGoal[] | undefined = [];
  private readonly places = new Map<string, number>();
  private readonly headlines: PastHeadline[] = [];
  private readonly standings: StandingDay[] = [];

  get days(): Pick<PastOutline, 'headlines' | 'standings'> {
    return { headlines: this.headlines, standings: this.standings };
  }

  put(goal: HeadlineGoal): void {
    this.remove(goal.target);
    this.goals.set(goal.target, goal);
    this.tally = added(this.tally, tallyOf([goal]));
    // One that is none of them hides nothing from them, so a new one is set beside them alone.
    this.lasting &&= lastingHeadlines(inOrder([...this.lasting, goal]));
  }

  remove(target: string): void {
    const known = this.goals.get(target);
    if (!known) return;
    this.goals.delete(target);
    this.tally = without(this.tally, tallyOf([known]));
    if (this.lasting?.includes(known)) this.lasting = undefined;
  }

  note(day: Day): void {
    this.lasting ??= lastingHeadlines(inOrder([...this.goals.values()]));
    const places = this.lasting.map(({ status, late }) => this.placeOf(status, late));
    const last = this.standings.at(-1);
    const isSame = last && isEqual(last[1], this.tally) && last[2].join() === places.join();
    if (!isSame) this.standings.push([day, this.tally, places]);
  }

  private placeOf(status: HeadlineGoal['status'], late: Day | undefined): number {
    const name = `${status} ${late ?? ''}`;
    const known = this.places.get(name);
    if (known !== undefined) return known;
    this.places.set(name, this.headlines.length);
    return this.headlines.push({ status, ...(late !== undefined && { late }) }) - 1;
  }
}

/** In the order of records: of goals that rank alike, the first one is chosen. */
const inOrder = (goals: readonly HeadlineGoal[]): HeadlineGoal[] =>
  [...goals].sort((a, b) => (a.target < b.target ? -1 : 1));

const without = (all: GoalTally, some: GoalTally): GoalTally =>
  added(all, {
    announced: -some.announced,
    judged: -some.judged,
    met: -some.met,
    missed: -some.missed,
  });

const isEqual = (a: GoalTally, b: GoalTally): boolean =>
  a.announced === b.announced && a.judged === b.judged && a.met === b.met && a.missed === b.missed;

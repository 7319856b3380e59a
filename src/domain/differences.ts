import { automakerOf } from './automaker.js';
import type { Clocks } from './clocks.js';
import type { StreamEvent } from './event.js';
import { Fold, foldEvents } from './fold.js';
import { changedNumbers, shownNumbers, type ShownNumbers } from './numbers.js';
import { effective } from './logged-event.js';
import type { Day } from './occurred-on.js';
import { RECORD_KINDS, type AnyRecord, type EffectiveEvent, type RecordKind } from './records.js';
import { ownerOf } from './streams.js';

/**
 * Why something differs between two points on the two clocks. `time`: the day of the question is another. `new fact`: it
 * happened between the two days. `late fact`: it had happened before, but was recorded between. The rest speaks for
 * itself.
 */
export const CAUSES = ['time', 'new fact', 'late fact', 'evidence', 'correction', 'retraction'] as const;
export type Cause = (typeof CAUSES)[number];

/** A point on the two clocks. */
export interface Point extends Clocks {
  readonly trueOn: Day;
}

export interface EventDifference {
  readonly event: string;
  readonly type: string;
  readonly cause: Exclude<Cause, 'time'>;
  /** What takes effect at only one of the points, or says something else at the other. */
  readonly change: 'added' | 'changed' | 'removed';
  /** The corrections, retractions and added evidence that made the difference. */
  readonly acts: readonly string[];
}

export interface RecordDifference {
  readonly kind: RecordKind;
  readonly key: string;
  readonly before?: AnyRecord;
  readonly after?: AnyRecord;
  readonly causes: readonly Cause[];
  /** The events of the subject that differ. */
  readonly events: readonly string[];
}

export interface NumberDifference {
  readonly number: string;
  readonly before?: number | string;
  readonly after?: number | string;
  /** What each cause did, in the order of CAUSES; of numbers, the parts add up to the change. */
  readonly parts: readonly NumberPart[];
}

export interface NumberPart {
  readonly cause: Cause;
  readonly from?: number | string;
  readonly to?: number | string;
  /** to − from, where both are numbers. */
  readonly change?: number;
}

export interface Differences {
  readonly stream: string;
  readonly events: readonly EventDifference[];
  readonly records: readonly RecordDifference[];
  readonly numbers: readonly NumberDifference[];
}

/**
 * What differs in one stream between two points, and why. The events that take effect at the one point are turned into
 * those of the other cause by cause; what each step does to a number is that cause's part, so that the parts add up.
 * O(n log n) in the events of the stream, once for each cause.
 */
export function differencesBetween(
  stream: string,
  recorded: readonly StreamEvent[],
  from: Point,
  to: Point,
): Differences {
  const [before, after] = [standing(stream, recorded, from), standing(stream, recorded, to)];
  const events = eventDifferences(before, after, from, to);
  const stages = stagesBetween(stream, before, after, events);
  const [first] = stages;
  const last = stages.at(-1);
  if (!first || !last) throw new Error('there is always a first stage');
  return {
    stream,
    events,
    records: recordDifferences(first.fold, last.fold, events, after, before),
    numbers: numberDifferences(stream, stages, from.trueOn, to.trueOn),
  };
}

interface Standing {
  readonly events: ReadonlyMap<string, EffectiveEvent>;
  /** With all that was known, whether it takes effect or not. */
  readonly known: Fold;
}

function standing(stream: string, recorded: readonly StreamEvent[], { trueOn, knownOn }: Point): Standing {
  const known = foldEvents(stream, recorded, knownOn === undefined ? {} : { knownOn });
  const events = new Map<string, EffectiveEvent>();
  for (const entry of known.loggedEvents()) {
    const event = effective(entry);
    if (event && (event.day <= trueOn || event.type === 'AutomakerRegistered')) events.set(event.id, event);
  }
  return { events, known };
}

function eventDifferences(before: Standing, after: Standing, from: Point, to: Point): EventDifference[] {
  const ids = new Set([...before.events.keys(), ...after.events.keys()]);
  const differences: EventDifference[] = [];
  for (const id of ids) {
    const [was, is] = [before.events.get(id), after.events.get(id)];
    const event = is ?? was;
    if (!event || JSON.stringify(was) === JSON.stringify(is)) continue;
    const acts = actsBetween(id, before.known, after.known);
    const change = was && is ? 'changed' : is ? 'added' : 'removed';
    const cause = was && is ? changeCause(was, is) : presenceCause(id, event, acts, before, after, from, to);
    differences.push({ event: id, type: event.type, cause, change, acts: acts.map((act) => act.id) });
  }
  return differences.sort((a, b) => (a.event < b.event ? -1 : 1));
}

/** Acts about an event that are known at one point only. */
function actsBetween(id: string, before: Fold, after: Fold): StreamEvent[] {
  const acts = (fold: Fold): StreamEvent[] => {
    const entry = fold.logged(id);
    if (!entry) return [];
    const { corrections, addedEvidence, retraction, voided } = entry;
    return [
      ...corrections.filter((act) => !voided.has(act.id)),
      ...addedEvidence.filter((act) => !voided.has(act.id)),
      ...(retraction ? [retraction] : []),
    ];
  };
  const [was, is] = [acts(before), acts(after)];
  const isIn = (list: readonly StreamEvent[]) => (act: StreamEvent) =>
    list.some((other) => other.id === act.id);
  return [...was.filter((act) => !isIn(is)(act)), ...is.filter((act) => !isIn(was)(act))];
}

function changeCause(was: EffectiveEvent, is: EffectiveEvent): 'correction' | 'evidence' {
  const said = ({ occurredOn, data }: EffectiveEvent) => JSON.stringify([occurredOn, data]);
  return said(was) === said(is) ? 'evidence' : 'correction';
}

/** Why an event takes effect at one of the points only. */
function presenceCause(
  id: string,
  event: EffectiveEvent,
  acts: readonly StreamEvent[],
  before: Standing,
  after: Standing,
  from: Point,
  to: Point,
): Exclude<Cause, 'time' | 'evidence'> {
  const knownAtBoth = before.known.logged(id) !== undefined && after.known.logged(id) !== undefined;
  if (acts.some(({ type }) => type === 'EventRetracted') && knownAtBoth) return 'retraction';
  const earlier = from.trueOn < to.trueOn ? from.trueOn : to.trueOn;
  if (!knownAtBoth) return event.day <= earlier ? 'late fact' : 'new fact';
  return acts.some(({ type }) => type === 'EventCorrected') ? 'correction' : 'new fact';
}

interface Stage {
  readonly cause: Cause | undefined;
  readonly fold: Fold;
}

/** The folds on the way from one point to the other: at the start, and after the changes of each cause. */
function stagesBetween(
  stream: string,
  before: Standing,
  after: Standing,
  differences: readonly EventDifference[],
): Stage[] {
  const events = new Map(before.events);
  const stages: Stage[] = [{ cause: undefined, fold: Fold.ofEffective(stream, events.values()) }];
  for (const cause of CAUSES) {
    for (const difference of differences) {
      if (difference.cause !== cause) continue;
      const now = after.events.get(difference.event);
      if (now) events.set(difference.event, now);
      else events.delete(difference.event);
    }
    stages.push({ cause, fold: Fold.ofEffective(stream, events.values()) });
  }
  return stages;
}

function recordDifferences(
  first: Fold,
  last: Fold,
  events: readonly EventDifference[],
  after: Standing,
  before: Standing,
): RecordDifference[] {
  const causes = new Map(events.map(({ event, cause }) => [event, cause]));
  return RECORD_KINDS.flatMap((kind) => {
    const keys = new Set([...first.entries(kind), ...last.entries(kind)].map(([key]) => key));
    return [...keys].sort().flatMap((key): RecordDifference[] => {
      const [was, is] = [first.record(kind, key), last.record(kind, key)];
      if (JSON.stringify(was) === JSON.stringify(is)) return [];
      const touching = [...first.subject(kind, key).events, ...last.subject(kind, key).events].map(
        ({ id }) => id,
      );
      const ids = [...new Set(touching)].filter(
        (id) => before.events.get(id) !== after.events.get(id) && causes.has(id),
      );
      const why = CAUSES.filter((cause) => ids.some((id) => causes.get(id) === cause));
      return [{ kind, key, ...(was && { before: was }), ...(is && { after: is }), causes: why, events: ids }];
    });
  });
}

function numberDifferences(stream: string, stages: readonly Stage[], from: Day, to: Day): NumberDifference[] {
  const owner = ownerOf(stream);
  if (owner?.owner !== 'automaker') return [];
  const numbers = stages.map(({ cause, fold }): ShownNumbers =>
    shownNumbers(automakerOf(owner.automaker, fold), cause === undefined ? from : to),
  );
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (!first || !last) return [];
  return changedNumbers(first, last).map((changed) => ({
    ...changed,
    parts: stages.slice(1).flatMap(({ cause }, index) => {
      const part = partOf(changed.number, numbers[index], numbers[index + 1]);
      return part && cause ? [{ cause, ...part }] : [];
    }),
  }));
}

function partOf(
  number: string,
  before: ShownNumbers | undefined,
  after: ShownNumbers | undefined,
): Omit<NumberPart, 'cause'> | undefined {
  const [from, to] = [before?.get(number), after?.get(number)];
  if (from === to) return undefined;
  const change = typeof from === 'number' && typeof to === 'number' ? { change: to - from } : {};
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...change };
}

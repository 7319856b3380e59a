import type { Clocks } from '../../src/domain/ledger/clocks.js';
import type { StreamEvent } from '../../src/domain/ledger/event.js';
import type { AnyEventType } from '../../src/domain/events/event-type.js';
import { definitionOf, isAmendment } from '../../src/domain/events/catalogue.js';
import { daysOf } from '../../src/domain/ledger/edtf.js';
import type { AutomakerRecord, EffectiveEvent } from '../../src/domain/state/records.js';
import { recordOf, type AnySubjectState } from '../../src/domain/state/subject-state.js';

/** The answer that a state must give, computed in the slow and obvious way: filter, sort, fold. */
export function referenceFold(
  stream: string,
  all: readonly StreamEvent[],
  { trueOn, knownOn, publicOn }: Clocks,
) {
  const known = all.filter(
    ({ recordedAt }) => knownOn === undefined || recordedAt.slice(0, knownOn.length) <= knownOn,
  );
  const happened = known
    .flatMap((event) => effectiveIn(known, event))
    .flatMap((event) => (publicOn === undefined ? [event] : publicIn(event, publicOn)))
    .filter(({ type, day }) => type === 'AutomakerRegistered' || trueOn === undefined || day <= trueOn)
    .sort(
      (a, b) =>
        compare(a.day, b.day) ||
        compare(daysOf(a.occurredOn).first, daysOf(b.occurredOn).first) ||
        a.revision - b.revision,
    );

  const records = new Map<string, AnySubjectState>();
  const contradictions: string[] = [];
  const take = (event: EffectiveEvent, automaker: AutomakerRecord | undefined) => {
    const { kind, subject, rule, effect, stream: owner } = worldEvent(event.type);
    const key = `${kind}/${subject(event.data)}`;
    const before = records.get(key);
    const unregistered = owner === 'automaker' && kind !== 'automaker' && !automaker;
    const refusal = unregistered ? { rule: 'not-registered' } : rule?.(before, event, { automaker });
    if (refusal) contradictions.push(`${event.id} ${refusal.rule}`);
    else records.set(key, effect(before, event));
  };
  // A registration is valid on every day, so it comes first.
  for (const event of happened) if (event.type === 'AutomakerRegistered') take(event, undefined);
  const automaker = records.get('automaker/') as AutomakerRecord | undefined;
  for (const event of happened) if (event.type !== 'AutomakerRegistered') take(event, automaker);
  return {
    stream,
    records: [...records]
      .map(([key, state]) => [key, recordOf(state)] as const)
      .sort(([a], [b]) => compare(a, b)),
    contradictions: contradictions.sort(),
  };
}

/**
 * The effective form of a recorded event, given all known events. Empty if it is retracted or is about
 * another event.
 */
function effectiveIn(known: readonly StreamEvent[], event: StreamEvent): EffectiveEvent[] {
  if (isAmendment(definitionOf(event.type))) return [];
  const about = (id: string) => known.filter(({ data }) => 'event' in data && data.event === id);
  const acts = about(event.id).filter(({ id }) => !about(id).some(({ type }) => type === 'EventRetracted'));
  const voiding = acts.filter(({ type }) => type === 'EventRetracted' || type === 'EventReinstated');
  if (voiding.at(-1)?.type === 'EventRetracted') return [];
  // A move is recorded in two streams at once, so a retraction of one side does not undo it.
  const moves = about(event.id).flatMap((act) => (act.type === 'EventMoved' ? [act.data] : []));
  if (moves.some(({ direction }) => direction === 'to')) return [];

  let { occurredOn, data } = event as { occurredOn: string; data: object };
  let { recordedAt } = event;
  let pieces = event.evidence.map((item) => ({ item, since: event.revision }));
  const origin = moves.find(({ direction }) => direction === 'from');
  const own = origin?.firstRecordedOn ? daysOf(origin.firstRecordedOn).last : recordedAt.slice(0, 10);
  for (const act of acts)
    if (act.type === 'EvidenceAdded')
      pieces = [...pieces, ...act.data.evidence.map((item) => ({ item, since: act.revision }))];
  for (const act of acts) {
    if (act.type !== 'EvidenceCorrected') continue;
    const wrong = pieces.find(({ item, since }) => item.url === act.data.url && since < act.revision);
    pieces = pieces.map((each) => (each === wrong ? { ...each, item: act.data.replacement } : each));
  }
  const evidence = pieces.map(({ item }) => item);
  for (const act of acts) {
    if (act.type !== 'EventCorrected') continue;
    ({ occurredOn, data } = act.data);
    recordedAt = act.recordedAt;
  }
  const { first, last } = daysOf(occurredOn);
  const told = first > own ? recordedAt.slice(0, 10) : own;
  const day = [last, [first, told].sort()[1] ?? first].sort()[0] ?? last;
  const { id, type, revision } = event;
  return [{ id, type, revision, occurredOn, day, data, evidence }];
}

/**
 * The event with the evidence published until a day; empty if there was none. Registrations are always
 * public.
 */
function publicIn(event: EffectiveEvent, publicOn: string): EffectiveEvent[] {
  const evidence = event.evidence.filter(
    ({ publishedOn }) => publishedOn !== undefined && daysOf(publishedOn).last <= publicOn,
  );
  return evidence.length > 0 || event.type === 'AutomakerRegistered' ? [{ ...event, evidence }] : [];
}

function worldEvent(type: string): AnyEventType {
  const definition = definitionOf(type);
  if (isAmendment(definition)) throw new Error(`${type} is about another event`);
  return definition;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

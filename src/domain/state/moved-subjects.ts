import { RECORD_KINDS, type AutomakerRecord, type EffectiveEvent, type RecordKind } from './records.js';
import type { Steps } from './steps.js';
import { hasHappened, type StreamState, type Subjects } from './stream-state.js';
import {
  comesLast,
  refolded,
  replaced,
  subjectOf,
  subjectRef,
  withNext,
  type FoldContext,
  type Subject,
  type SubjectName,
  type SubjectRef,
} from './subject.js';

export interface TouchedSubject {
  readonly ref: SubjectRef;
  readonly subject: Subject;
}

/**
 * A fast path for most events: if the event comes last in its subject, the subject with this event added.
 * Undefined otherwise, and for a registration, because the rules of all subjects depend on it.
 */
export function withLast(state: StreamState, event: EffectiveEvent): TouchedSubject | undefined {
  const ref = subjectOf(event);
  if (ref.kind === 'automaker' || !hasHappened(event, state.trueOn)) return undefined;
  const subject = state.subject(ref.kind, ref.key);
  return comesLast(subject, event) ? { ref, subject: withNext(subject, event, state) } : undefined;
}

/** The subjects that change when some effective events are removed and others added, in their new form. */
export function* movedSubjects(
  state: StreamState,
  removed: readonly EffectiveEvent[],
  added: readonly EffectiveEvent[],
): Steps<TouchedSubject[]> {
  const moves = movesOf(state, removed, added);
  const touched: TouchedSubject[] = [];
  // The registration comes first, because the rules of all other subjects depend on it.
  const registration = moves.find(({ ref }) => ref.kind === 'automaker');
  if (registration) {
    const subject = yield* moved(state, registration, { stream: state.stream, automaker: undefined });
    touched.push({ ref: registration.ref, subject });
    // The subject of the registration always folds into an AutomakerRecord.
    const automaker = subject.state as AutomakerRecord | undefined;
    if (!isSame(automaker, state.automaker))
      return [...touched, ...(yield* foldedAnew(state, moves, automaker))];
  }
  for (const move of moves)
    if (move !== registration) touched.push({ ref: move.ref, subject: yield* moved(state, move, state) });
  return touched;
}

/** Whether two registrations look the same to every rule. */
function isSame(a: AutomakerRecord | undefined, b: AutomakerRecord | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The subjects of a state with some of them replaced. */
export function withSubjects(
  subjects: StreamState['subjects'],
  touched: readonly TouchedSubject[],
): StreamState['subjects'] {
  const [only] = touched;
  if (only && touched.length === 1)
    return { ...subjects, [only.ref.kind]: subjects[only.ref.kind].set(only.ref.key, only.subject) };
  const changed: Partial<Record<RecordKind, Subjects>> = {};
  for (const { ref, subject } of touched)
    changed[ref.kind] = (changed[ref.kind] ?? subjects[ref.kind]).set(ref.key, subject);
  return { ...subjects, ...changed };
}

/** The events removed from a subject and added to it. */
interface Move {
  readonly ref: SubjectRef;
  readonly removed: EffectiveEvent[];
  readonly added: EffectiveEvent[];
}

function movesOf(
  { trueOn }: StreamState,
  removed: readonly EffectiveEvent[],
  added: readonly EffectiveEvent[],
): Move[] {
  const moves = new Map<SubjectName, Move>();
  const moveOf = (event: EffectiveEvent): Move => {
    const ref = subjectOf(event);
    const move = moves.get(ref.name) ?? { ref, removed: [], added: [] };
    moves.set(ref.name, move);
    return move;
  };
  for (const event of removed) if (hasHappened(event, trueOn)) moveOf(event).removed.push(event);
  for (const event of added) if (hasHappened(event, trueOn)) moveOf(event).added.push(event);
  return [...moves.values()];
}

function* moved(state: StreamState, { ref, removed, added }: Move, context: FoldContext): Steps<Subject> {
  const subject = state.subject(ref.kind, ref.key);
  const [next] = added;
  return next && added.length === 1 && removed.length === 0 && comesLast(subject, next)
    ? withNext(subject, next, context)
    : yield* replaced(subject, removed, added, context);
}

/** Folds all other subjects again, because the registration changed. */
function* foldedAnew(
  state: StreamState,
  moves: readonly Move[],
  automaker: AutomakerRecord | undefined,
): Steps<TouchedSubject[]> {
  const context = { stream: state.stream, automaker };
  const left = new Map(moves.map((move) => [move.ref.name, move]));
  const touched: TouchedSubject[] = [];
  for (const kind of RECORD_KINDS) {
    if (kind === 'automaker') continue;
    for (const [key, subject] of state.subjects[kind]) {
      const ref = subjectRef(kind, key);
      const move = left.get(ref.name);
      left.delete(ref.name);
      const kept = move ? yield* moved(state, move, state) : subject;
      touched.push({ ref, subject: yield* refolded(kept, context) });
    }
  }
  for (const move of left.values()) {
    if (move.ref.kind !== 'automaker')
      touched.push({ ref: move.ref, subject: yield* moved(state, move, context) });
  }
  return touched;
}

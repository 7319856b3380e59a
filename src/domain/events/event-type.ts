import type { Naming } from '../words/goals.js';
import type { FieldsClass, FieldError } from './field-kind.js';
import type { AutomakerRecord, EffectiveEvent, RecordKind } from '../state/records.js';
import type { SubjectStates } from '../state/subject-state.js';
import type { Warning } from '../ledger/warning.js';

/** Why an event cannot have happened as told, given the others. */
export interface RuleViolation {
  /** Stable name of the rule, such as `already-present`. */
  readonly rule: string;
  /** A sentence for people. */
  readonly message: string;
  /** The event that it contradicts, where there is one. */
  readonly contradicts?: string;
}

/** What a rule or a warning may look at beside its own subject. */
export interface StreamReader {
  readonly automaker: AutomakerRecord | undefined;
  record<K extends RecordKind>(kind: K, key: string): SubjectStates[K] | undefined;
  records<K extends RecordKind>(kind: K): Iterable<SubjectStates[K]>;
}

/**
 * A version of a type that is not today's: the schema that events were written under, and what such data says in the
 * version after it. It never changes: history is read by it.
 */
export interface EarlierVersion<Next extends object> {
  readonly data: FieldsClass;
  check?(data: never): FieldError[];
  upcast(data: never): Next;
  readonly previous?: EarlierVersion<object>;
}

/** An earlier version, checked by the compiler: each version says what it is in the next one. `upcast` is pure and total. */
export const earlierVersion = <D extends object, Next extends object>(version: {
  readonly data: FieldsClass<D>;
  check?(data: D): FieldError[];
  upcast(data: D): Next;
  readonly previous?: EarlierVersion<NoInfer<D>>;
}): EarlierVersion<Next> => version;

/**
 * Everything there is to know about a type of event: what it says, when it cannot be so, what follows from it, and
 * how to tell it. The API schema, the import, the timeline, the log form and the docs follow from it.
 */
export interface EventTypeDefinition<T extends string, D extends object, K extends RecordKind> {
  readonly type: T;
  /** What it means, in a sentence. */
  readonly summary: string;
  readonly data: FieldsClass<D>;
  /** The version before today's, where there is one. */
  readonly previous?: EarlierVersion<NoInfer<D>>;
  /** Whose stream it stands in. */
  readonly stream: 'automaker' | 'market' | 'company';
  /** The kind of record that it folds into, and which one. */
  readonly kind: K;
  subject(data: D): string;
  /** What is wrong with the data as a whole, beyond its single fields. */
  check?(data: D): FieldError[];
  /** Why it cannot have happened after what its subject is by then; undefined where it can. */
  rule?(
    state: SubjectStates[K] | undefined,
    event: EffectiveEvent<D>,
    stream: RuleContext,
  ): RuleViolation | undefined;
  /** What its subject is after the event. Only called where the rule had nothing to say. */
  effect(state: SubjectStates[K] | undefined, event: EffectiveEvent<D>): SubjectStates[K];
  /**
   * Two events of this type and subject with overlapping dates are the same one if this is equal. Default: always.
   */
  duplicateKey?(data: D): string;
  /** What is odd about it. Looked at once, when it is recorded. */
  warnings?(event: EffectiveEvent<D>, stream: StreamReader): Warning[];
  /** What happened, in one sentence; `automaker` is the name to show, `place` names a market. */
  sentence(data: D, words: SentenceWords): string;
}

export interface RuleContext {
  readonly automaker: AutomakerRecord | undefined;
}

export interface SentenceWords extends Naming {
  readonly automaker: string;
  /** The name of a site or a partner, the title of a goal; undefined where the ledger has none. */
  named?(kind: 'target' | 'site' | 'partnership', key: string): string | undefined;
}

/** An event about another event: it is told, but folds into no record of its own. */
export interface LedgerActDefinition<T extends string, D extends object> {
  readonly type: T;
  readonly summary: string;
  readonly data: FieldsClass<D>;
  /** The version before today's, where there is one. */
  readonly previous?: EarlierVersion<NoInfer<D>>;
  readonly act: true;
  sentence(data: D, words: SentenceWords): string;
}

export const eventType = <const T extends string, D extends object, K extends RecordKind>(
  definition: EventTypeDefinition<T, D, K>,
): EventTypeDefinition<T, D, K> => definition;

export const amendment = <const T extends string, D extends object>(
  definition: LedgerActDefinition<T, D>,
): LedgerActDefinition<T, D> => definition;

/** A definition with its own types forgotten: what generic code such as the fold works with. */
export type AnyEventType = EventTypeDefinition<string, object, RecordKind>;
export type AnyDefinition = AnyEventType | LedgerActDefinition<string, object>;

import type { Naming } from '../words/goals.js';
import type { FieldsClass, FieldError } from './field-kind.js';
import type { AutomakerRecord, EffectiveEvent, RecordKind } from '../state/records.js';
import type { SubjectStates } from '../state/subject-state.js';
import type { Warning } from '../ledger/warning.js';

/** Why an event cannot have happened as stated, given the other events. */
export interface RuleViolation {
  /** Stable code of the rule, such as `already-present`. */
  readonly rule: string;
  /** A sentence for people. */
  readonly message: string;
  /** The contradicted event, if there is one. */
  readonly contradicts?: string;
}

/** What rules and warnings may read in addition to their own subject. */
export interface StreamReader {
  readonly automaker: AutomakerRecord | undefined;
  record<K extends RecordKind>(kind: K, key: string): SubjectStates[K] | undefined;
  records<K extends RecordKind>(kind: K): Iterable<SubjectStates[K]>;
}

/**
 * An earlier version of a type: its schema, and how its data converts to the next version. It never changes,
 * because history is read with it.
 */
export interface EarlierVersion<Next extends object> {
  readonly data: FieldsClass;
  check?(data: never): FieldError[];
  upcast(data: never): Next;
  readonly previous?: EarlierVersion<object>;
}

/**
 * Lets the compiler check that an earlier version converts to the next one. `upcast` must be pure and total.
 */
export const earlierVersion = <D extends object, Next extends object>(version: {
  readonly data: FieldsClass<D>;
  check?(data: D): FieldError[];
  upcast(data: D): Next;
  readonly previous?: EarlierVersion<NoInfer<D>>;
}): EarlierVersion<Next> => version;

/**
 * The complete definition of an event type: its data, its rules, its effects and its wording. The API schema,
 * the import, the timeline, the log form and the docs are derived from it.
 */
export interface EventTypeDefinition<T extends string, D extends object, K extends RecordKind> {
  readonly type: T;
  /** Its meaning, in one sentence. */
  readonly summary: string;
  readonly data: FieldsClass<D>;
  /** The version before today's, if there is one. */
  readonly previous?: EarlierVersion<NoInfer<D>>;
  /** The kind of stream that contains it. */
  readonly stream: 'automaker' | 'market' | 'company';
  /** The kind of record that it folds into. `subject` gives the record's key. */
  readonly kind: K;
  subject(data: D): string;
  /** Errors of the data as a whole, beyond its single fields. */
  check?(data: D): FieldError[];
  /** Why the event cannot have happened, given the state of its subject before it; undefined if it can. */
  rule?(
    state: SubjectStates[K] | undefined,
    event: EffectiveEvent<D>,
    stream: RuleContext,
  ): RuleViolation | undefined;
  /** The state of its subject after the event. Only called when the rule found no violation. */
  effect(state: SubjectStates[K] | undefined, event: EffectiveEvent<D>): SubjectStates[K];
  /**
   * Two events of this type and subject with overlapping dates are duplicates if their keys are equal.
   * Default: always.
   */
  duplicateKey?(data: D): string;
  /** Anything unusual about the event. Computed once, at recording. */
  warnings?(event: EffectiveEvent<D>, stream: StreamReader): Warning[];
  /**
   * What happened, in one sentence. `automaker` is the display name; `place` returns the name of a market.
   */
  sentence(data: D, words: SentenceWords): string;
}

export interface RuleContext {
  readonly automaker: AutomakerRecord | undefined;
}

export interface SentenceWords extends Naming {
  readonly automaker: string;
  /** The name of a site or a partner, or the title of a goal; undefined if the ledger has none. */
  named?(kind: 'target' | 'site' | 'partnership', key: string): string | undefined;
}

/** An event about another event. It appears in the timeline, but folds into no record of its own. */
export interface LedgerActDefinition<T extends string, D extends object> {
  readonly type: T;
  readonly summary: string;
  readonly data: FieldsClass<D>;
  /** The version before today's, if there is one. */
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

/** A definition without its specific types, for generic code such as the fold. */
export type AnyEventType = EventTypeDefinition<string, object, RecordKind>;
export type AnyDefinition = AnyEventType | LedgerActDefinition<string, object>;

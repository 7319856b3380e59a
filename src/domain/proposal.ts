import { CONFIRMATIONS, problemsOfYears, type Confirmation } from './doubts.js';
import type { StreamEvent } from './event.js';
import { Evidence } from './evidence.js';
import { AnyObject, DateOrInterval, ManyOf, OneOf, Optional, Parts, Text } from './fields.js';
import { definitionOf, EVENT_TYPES, isEventType, isLedgerAct, type EventType } from './events/catalogue.js';
import { problemsOfTexts, withNormalTexts } from './input-texts.js';
import { storeFault, textFault } from './text.js';
import { inDeclaredOrder, problemsOf, type Problem } from './validation.js';

/** An event as a caller hands it in: the envelope, with data that depends on its type. */
export class Proposal {
  @OneOf(EVENT_TYPES, 'The type of event')
  type!: EventType;

  @Optional()
  @DateOrInterval(
    'When it happened (EDTF). Left out of corrections, retractions and added evidence: they happen when they are recorded',
  )
  occurredOn?: string;

  @AnyObject('What happened; the fields depend on the type')
  data!: object;

  @Optional()
  @Parts(
    Evidence,
    'Where it is stated. At least one source, except for registrations, corrections and retractions',
    50,
    0,
  )
  evidence?: Evidence[];

  @Optional()
  @Text('A remark for readers')
  note?: string;

  @Optional()
  @OneOf(['none'], '"none": it is another event, although it looks like one that is recorded already')
  duplicateOf?: 'none';

  @Optional()
  @ManyOf(CONFIRMATIONS, 'What is meant as it is written, although it is unlikely: the codes of the refusal')
  confirm?: Confirmation[];
}

/** Everything that is wrong with a value as a proposal, by itself: what the ledger says against it comes later. */
export function problemsOfProposal(value: unknown): Problem[] {
  const texts = problemsOfTexts(value, textFault);
  const problems = [...texts, ...otherFields(problemsOfForm(value), texts)];
  if (problems.length > 0 || !isProposalShaped(value)) return problems;
  const normal = withNormalTexts(value);
  // What is left of a text in the form that it is recorded in can be too little, or too much.
  return [...(normal === value ? [] : problemsOfForm(normal)), ...problemsOfYears(value)];
}

/**
 * Everything that is wrong with an event that was recorded before, in the ledger that it is restored from. History is not
 * judged by the checks of texts and dates that came later, but by what a store can keep.
 */
export function problemsOfRestored(value: unknown): Problem[] {
  const texts = problemsOfTexts(value, storeFault);
  return [...texts, ...otherFields(problemsOfForm(value), texts)];
}

const otherFields = (problems: readonly Problem[], told: readonly Problem[]): readonly Problem[] =>
  told.length === 0 ? problems : problems.filter(({ field }) => !told.some((each) => each.field === field));

function problemsOfForm(value: unknown): Problem[] {
  const problems = problemsOf(Proposal, value);
  if (!isProposalShaped(value)) return problems;
  const definition = definitionOf(value.type);
  const act = isLedgerAct(definition);
  if (act && value.occurredOn !== undefined) {
    problems.push({
      field: 'occurredOn',
      message: `must be left out of ${value.type}; it happens when it is recorded`,
    });
  }
  if (!act && value.occurredOn === undefined) problems.push({ field: 'occurredOn', message: 'is missing' });
  if (!act && value.type !== 'AutomakerRegistered' && (value.evidence ?? []).length === 0) {
    problems.push({ field: 'evidence', message: 'must name at least one source' });
  }
  problems.push(...problemsOfData(value.type, value.data));
  return problems;
}

/** Everything that is wrong with the data of an event of a type. */
export function problemsOfData(type: EventType, data: unknown): Problem[] {
  const definition = definitionOf(type);
  const problems = problemsOf(definition.data, data, 'data');
  if (problems.length > 0 || isLedgerAct(definition) || typeof data !== 'object' || data === null)
    return problems;
  return (definition.check?.(data) ?? []).map(({ field, message }) => ({ field: `data.${field}`, message }));
}

/** A valid proposal in the one form that it is recorded in: fields in the order of their declaration, texts in their normal form. */
export function inRecordedForm(proposal: Proposal): Proposal {
  return proposal instanceof ProposalInForm ? proposal : new ProposalInForm(withNormalTexts(proposal));
}

/** A valid proposal with its fields in the order of their declaration, and every text as it was written. */
export function asWritten(proposal: Proposal): Proposal {
  return new ProposalInForm(proposal);
}

/** Known by its class, so that a form is made once: an import needs it for the id of a line, and again to decide on it. */
class ProposalInForm implements Proposal {
  declare readonly type: EventType;
  declare readonly occurredOn?: string;
  declare readonly data: object;
  declare readonly evidence?: Evidence[];
  declare readonly note?: string;
  declare readonly duplicateOf?: 'none';
  declare readonly confirm?: Confirmation[];

  constructor({ type, occurredOn, data, evidence, note, duplicateOf, confirm }: Proposal) {
    this.type = type;
    if (occurredOn !== undefined) this.occurredOn = occurredOn;
    this.data = inDeclaredOrder(definitionOf(type).data, data);
    // What was validated as evidence is evidence in any order.
    if (evidence !== undefined)
      this.evidence = evidence.map((item) => inDeclaredOrder(Evidence, item) as unknown as Evidence);
    if (note !== undefined) this.note = note;
    if (duplicateOf !== undefined) this.duplicateOf = duplicateOf;
    if (confirm !== undefined) this.confirm = confirm;
  }
}

/** Whether a recorded event says what a valid proposal says: it is the same request, come again. */
export function saysTheSame(event: StreamEvent, proposal: Proposal | undefined): boolean {
  if (!proposal) return false;
  // What was recorded before texts had a normal form says the same in it.
  const said = withNormalTexts(inRecordedForm(proposal));
  const recorded = withNormalTexts(event);
  return (
    event.type === said.type &&
    (said.occurredOn === undefined || event.occurredOn === said.occurredOn) &&
    recorded.note === said.note &&
    JSON.stringify(recorded.data) === JSON.stringify(said.data) &&
    JSON.stringify(recorded.evidence) === JSON.stringify(said.evidence ?? [])
  );
}

function isProposalShaped(value: unknown): value is Proposal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    isEventType(value.type) &&
    'data' in value
  );
}

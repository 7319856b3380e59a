import type { StreamEvent } from './event.js';
import { Evidence } from './evidence.js';
import { AnyObject, DateOrInterval, OneOf, Optional, Parts, Text } from './fields.js';
import { definitionOf, EVENT_TYPES, isEventType, isLedgerAct, type EventType } from './events/catalogue.js';
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
}

/** Everything that is wrong with a value as a proposal, by itself: what the ledger says against it comes later. */
export function problemsOfProposal(value: unknown): Problem[] {
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

/** A valid proposal in the one form that it is recorded in: fields in the order of their declaration. */
export function inRecordedForm(proposal: Proposal): Proposal {
  return proposal instanceof ProposalInForm ? proposal : new ProposalInForm(proposal);
}

/** Known by its class, so that a form is made once: an import needs it for the id of a line, and again to decide on it. */
class ProposalInForm implements Proposal {
  declare readonly type: EventType;
  declare readonly occurredOn?: string;
  declare readonly data: object;
  declare readonly evidence?: Evidence[];
  declare readonly note?: string;
  declare readonly duplicateOf?: 'none';

  constructor({ type, occurredOn, data, evidence, note, duplicateOf }: Proposal) {
    this.type = type;
    if (occurredOn !== undefined) this.occurredOn = occurredOn;
    this.data = inDeclaredOrder(definitionOf(type).data, data);
    // What was validated as evidence is evidence in any order.
    if (evidence !== undefined)
      this.evidence = evidence.map((item) => inDeclaredOrder(Evidence, item) as unknown as Evidence);
    if (note !== undefined) this.note = note;
    if (duplicateOf !== undefined) this.duplicateOf = duplicateOf;
  }
}

/** Whether a recorded event says what a valid proposal says: it is the same request, come again. */
export function saysTheSame(event: StreamEvent, proposal: Proposal | undefined): boolean {
  if (!proposal) return false;
  const said = inRecordedForm(proposal);
  return (
    event.type === said.type &&
    (said.occurredOn === undefined || event.occurredOn === said.occurredOn) &&
    event.note === said.note &&
    JSON.stringify(event.data) === JSON.stringify(said.data) &&
    JSON.stringify(event.evidence) === JSON.stringify(said.evidence ?? [])
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

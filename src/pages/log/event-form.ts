import { definitionOf, isAmendment, type EventType } from '../../domain/events/catalogue.js';
import { CONFIRMATIONS } from '../../domain/ledger/doubts.js';
import { Evidence } from '../../domain/ledger/evidence.js';
import { eventTypeInWords } from '../design/words.js';
import { textOf, type FormValues } from '../form-body.js';
import { dataFrom, inputsOf, type FormInput } from './form-inputs.js';

/** Something that is being logged: what is asked for, and what the answers amount to. */
export interface EventForm {
  readonly title: string;
  readonly lead: string;
  /** Where the form is sent, and what goes along with it unseen. */
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly stream: string;
  /** The event that it is about, where it is about one. */
  readonly about?: string;
  readonly groups: readonly InputGroup[];
  /** The event as proposed; it may be wrong in any way. */
  proposalOf(values: FormValues): object;
}

export interface InputGroup {
  readonly title: string;
  readonly lead?: string;
  readonly inputs: readonly FormInput[];
}

const SOURCE = 'evidence[0]';

/** The source comes first: whoever copies the quote has the facts before the eyes. */
export const sourceGroup = (required: boolean): InputGroup => ({
  title: 'The source',
  lead: 'Who says it, where, in which words. Everything else is filled in from it.',
  inputs: inputsOf(Evidence, SOURCE, required),
});

export const OCCURRED_ON: FormInput = {
  name: 'occurredOn',
  label: 'occurredOn',
  hint: 'As exact as the source is: 2025-09-14, 2025-09 or 2025; with ~ where it is vague, 2025-09~; between two dates, 2025-04/2025-06',
  required: true,
  kind: 'date',
};

const NOTE: FormInput = {
  name: 'note',
  label: 'note',
  hint: 'A remark for readers',
  required: false,
  kind: 'text',
};

export const noteGroup: InputGroup = { title: 'A remark', inputs: [NOTE] };

/** The evidence that a form names; none where all its fields were left empty. */
export function evidenceFrom(values: FormValues): { evidence?: object[] } {
  const source = dataFrom(Evidence, SOURCE, values);
  return source ? { evidence: [source] } : {};
}

/** The parts of a proposal that every form has. */
export function envelopeFrom(values: FormValues): object {
  const note = textOf(values, 'note');
  const confirm = CONFIRMATIONS.filter((code) => textOf(values, `confirm.${code}`) === 'yes');
  return {
    ...evidenceFrom(values),
    ...(note !== '' && { note }),
    ...(textOf(values, 'duplicateOf') === 'none' && { duplicateOf: 'none' }),
    ...(confirm.length > 0 && { confirm }),
  };
}

/** A new event of a type of the catalogue, but none about another event: those have forms of their own. */
export function newEventEntry(
  type: EventType,
  stream: string,
  place: { readonly name: 'automaker' | 'market' | 'company'; readonly id: string },
): EventForm {
  const definition = definitionOf(type);
  if (isAmendment(definition))
    throw new Error(`${type} is logged from the page of the event that it is about`);
  return {
    title: definition.summary,
    lead: `${eventTypeInWords(type)}, in the ledger of ${place.id}.`,
    action: '/log',
    hidden: { type, [place.name]: place.id },
    stream,
    groups: [
      sourceGroup(type !== 'AutomakerRegistered'),
      { title: 'When it happened', inputs: [OCCURRED_ON] },
      { title: 'What happened', inputs: inputsOf(definition.data, 'data') },
      noteGroup,
    ],
    proposalOf: (values) => {
      const occurredOn = textOf(values, 'occurredOn');
      return {
        type,
        ...(occurredOn !== '' && { occurredOn }),
        data: dataFrom(definition.data, 'data', values) ?? {},
        ...envelopeFrom(values),
      };
    },
  };
}

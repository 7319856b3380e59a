import type { KeptSuggestion } from '../../commands/suggestions/suggestions.js';
import { definitionOf, isAmendment, type EventType } from '../../domain/events/catalogue.js';
import { CONFIRMATIONS } from '../../domain/ledger/doubts.js';
import { Evidence } from '../../domain/ledger/evidence.js';
import { eventTypeInWords } from '../design/words.js';
import type { NamesToPick } from '../../queries/log/names-to-pick.js';
import { textOf, type FormValues } from '../form-body.js';
import { tellProposal } from './told-proposal.js';
import { withIds } from './picked-ids.js';
import { dataFrom, inputsOf, type FormInput } from './form-inputs.js';

/** A form for an event: its fields, and how it builds a proposal from the answers. */
export interface EventForm {
  readonly title: string;
  readonly lead: string;
  /** The address for submitting the form; hidden fields are sent along. */
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly stream: string;
  /** The event that the form is about, if any. */
  readonly about?: string;
  /** The amendment to that event. */
  readonly act?: 'correct' | 'retract' | 'reinstate' | 'evidence' | 'source' | 'move';
  readonly groups: readonly InputGroup[];
  /** The reader's suggestion that it records. */
  readonly suggestion?: KeptSuggestion;
  /** The names that the user may pick for goals, plants, partners and brands. */
  readonly names?: NamesToPick;
  /** The sentence of the new event, once it is valid. */
  readonly told?: TellEvent;
  /** The proposed event, which may be invalid in any way. */
  proposalOf(values: FormValues): object;
}

/** Returns an event as a sentence. */
export type TellEvent = (proposal: object) => string | undefined;

export interface InputGroup {
  readonly title: string;
  readonly lead?: string;
  readonly inputs: readonly FormInput[];
  /** Rarely used fields, in a fold with this title that is open if any of them has a value. */
  readonly more?: { readonly title: string; readonly inputs: readonly FormInput[] };
}

/** The number of sources in a form; more can be added on the event's page. */
const SOURCES = [0, 1, 2] as const;
const FIRST = /\.(?:url|publisher|grade)$/;

/** The source comes first, because whoever copies the quote then has the facts in view. */
export const sourceGroup = (required: boolean, prefix = 'evidence[0]'): InputGroup => {
  const inputs = inputsOf(Evidence, prefix, required);
  return {
    title: 'The source',
    lead: required
      ? 'Who says it, and where. Everything else is filled in from it.'
      : 'Who says it, and where.',
    inputs: inputs.filter(({ name }) => FIRST.test(name) && !name.includes('archived')),
    more: {
      title: 'Its words, its date, a copy',
      inputs: inputs.filter(({ name }) => !FIRST.test(name) || name.includes('archived')),
    },
  };
};

/** Further sources of the same event. */
const furtherSources: readonly InputGroup[] = SOURCES.slice(1).map((index) => ({
  title: index === 1 ? 'A second source' : 'A third source',
  inputs: [],
  more: {
    title: index === 1 ? 'Add a second source' : 'Add a third source',
    // Each source needs its own labels.
    inputs: inputsOf(Evidence, `evidence[${index}]`, false).map((input) => ({
      ...input,
      label: `${index === 1 ? 'secondSource' : 'thirdSource'}.${input.label}`,
    })),
  },
}));

export const OCCURRED_ON: FormInput = {
  name: 'occurredOn',
  label: 'occurredOn',
  hint: 'As exact as the source is: 14 Sept 2025, Sept 2025, Q3 2025 or 2025; about Sept 2025 where it is vague; Apr 2025 to Jun 2025 where it was between them; Jun 2025 or earlier where only that is known',
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

/** The evidence from a form; omitted if all its fields are empty. */
export function evidenceFrom(values: FormValues): { evidence?: object[] } {
  const sources = SOURCES.flatMap((index): object[] => {
    const source = dataFrom(Evidence, `evidence[${index}]`, values);
    return source ? [source] : [];
  });
  return sources.length > 0 ? { evidence: sources } : {};
}

/** The parts of a proposal that are common to all forms. */
export function envelopeFrom(values: FormValues): object {
  const note = textOf(values, 'note');
  return { ...evidenceFrom(values), ...(note !== '' && { note }), ...answersOf(values) };
}

/** Answers to questions about unlikely values and possible duplicates. */
export function answersOf(values: FormValues): object {
  const confirm = CONFIRMATIONS.filter((code) => textOf(values, `confirm.${code}`) === 'yes');
  return {
    ...(textOf(values, 'duplicateOf') === 'none' && { duplicateOf: 'none' }),
    ...(confirm.length > 0 && { confirm }),
  };
}

/** A revision has the fields of a new goal, and names one that is there. */
const hintOf = (type: EventType, { name }: FormInput): Partial<FormInput> =>
  type === 'TargetRevised' && name === 'data.target' ? { hint: 'The target whose terms changed' } : {};

/** The form for a new event of a type. Amendments have their own forms. Throws for those. */
export function newEventEntry(
  type: EventType,
  stream: string,
  place: {
    readonly name: 'automaker' | 'market' | 'company';
    readonly id: string;
    /** Its name for people. */
    readonly called: string;
  },
  names?: NamesToPick,
): EventForm {
  const definition = definitionOf(type);
  if (isAmendment(definition))
    throw new Error(`${type} is logged from the page of the event that it is about`);
  return {
    title: definition.summary.replace(/\.$/, ''),
    lead: `${eventTypeInWords(type)}: ${place.called}.`,
    action: '/log',
    hidden: { type, [place.name]: place.id },
    stream,
    groups: [
      sourceGroup(type !== 'AutomakerRegistered'),
      whatHappened(inputsOf(definition.data, 'data').map((input) => ({ ...input, ...hintOf(type, input) }))),
      ...furtherSources,
      noteGroup,
    ],
    ...(names && { names }),
    told: (proposal) => tellProposal(proposal, place.called),
    proposalOf: (values) => {
      const occurredOn = textOf(values, 'occurredOn');
      return {
        type,
        ...(occurredOn !== '' && { occurredOn }),
        data: withIds(dataFrom(definition.data, 'data', values) ?? {}, type, names),
        ...envelopeFrom(values),
      };
    },
  };
}

/** Fields that almost every event of a type has, although they are optional. */
const USUAL =
  /^data\.(?:city|value|period|asOf|deadline|partner|entryMode|name|startsOn|rate|unit|threshold|annualCapacity|startedOn)$/;

/** Required and usual fields first, the others in a fold. */
function whatHappened(inputs: readonly FormInput[]): InputGroup {
  const isFirst = ({ name, required }: FormInput): boolean => required || USUAL.test(name);
  const more = inputs.filter((input) => !isFirst(input));
  return {
    title: 'What happened, and when',
    inputs: [OCCURRED_ON, ...inputs.filter(isFirst)],
    ...(more.length > 0 && { more: { title: 'More that may be told', inputs: more } }),
  };
}

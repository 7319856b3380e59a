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
  /** What it does to that event. */
  readonly act?: 'correct' | 'retract' | 'reinstate' | 'evidence' | 'source' | 'move';
  readonly groups: readonly InputGroup[];
  /** What a reader suggested that it records. */
  readonly suggestion?: KeptSuggestion;
  /** What names of goals, plants, partners and brands may mean. */
  readonly names?: NamesToPick;
  /** How the event that it makes reads, once nothing is wrong with it. */
  readonly told?: TellEvent;
  /** The event as proposed; it may be wrong in any way. */
  proposalOf(values: FormValues): object;
}

/** An event as a sentence. */
export type TellEvent = (proposal: object) => string | undefined;

export interface InputGroup {
  readonly title: string;
  readonly lead?: string;
  readonly inputs: readonly FormInput[];
  /** Asked less often: behind a fold of this name, which stands open where it holds something. */
  readonly more?: { readonly title: string; readonly inputs: readonly FormInput[] };
}

/** So many sources can be told with an event; further ones are added on its page. */
const SOURCES = [0, 1, 2] as const;
const FIRST = /\.(?:url|publisher|grade)$/;

/** The source comes first: whoever copies the quote has the facts before the eyes. */
export const sourceGroup = (required: boolean, prefix = 'evidence[0]'): InputGroup => {
  const inputs = inputsOf(Evidence, prefix, required);
  return {
    title: 'The source',
    lead: 'Who says it, and where. Everything else is filled in from it.',
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
    // Each has a label of its own.
    inputs: inputsOf(Evidence, `evidence[${index}]`, false).map((input) => ({
      ...input,
      label: `${index === 1 ? 'secondSource' : 'thirdSource'}.${input.label}`,
    })),
  },
}));

export const OCCURRED_ON: FormInput = {
  name: 'occurredOn',
  label: 'occurredOn',
  hint: 'As exact as the source is: 14 Sep 2025, Sep 2025, Q3 2025 or 2025; about Sep 2025 where it is vague; Apr 2025 to Jun 2025 where it was between them; Jun 2025 or earlier where only that is known',
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
  const sources = SOURCES.flatMap((index): object[] => {
    const source = dataFrom(Evidence, `evidence[${index}]`, values);
    return source ? [source] : [];
  });
  return sources.length > 0 ? { evidence: sources } : {};
}

/** The parts of a proposal that every form has. */
export function envelopeFrom(values: FormValues): object {
  const note = textOf(values, 'note');
  return { ...evidenceFrom(values), ...(note !== '' && { note }), ...answersOf(values) };
}

/** What was said to questions about what looks unlikely, or like another event. */
export function answersOf(values: FormValues): object {
  const confirm = CONFIRMATIONS.filter((code) => textOf(values, `confirm.${code}`) === 'yes');
  return {
    ...(textOf(values, 'duplicateOf') === 'none' && { duplicateOf: 'none' }),
    ...(confirm.length > 0 && { confirm }),
  };
}

/** A new event of a type of the catalogue, but none about another event: those have forms of their own. */
export function newEventEntry(
  type: EventType,
  stream: string,
  place: {
    readonly name: 'automaker' | 'market' | 'company';
    readonly id: string;
    /** As people call it. */
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
      whatHappened(inputsOf(definition.data, 'data')),
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

/** What is told of nearly every event of a type, though it may be left out. */
const USUAL =
  /^data\.(?:city|value|period|asOf|deadline|partner|entryMode|name|startsOn|rate|unit|threshold|annualCapacity|startedOn)$/;

/** What is required and what is usual first, the rest behind a fold. */
function whatHappened(inputs: readonly FormInput[]): InputGroup {
  const isFirst = ({ name, required }: FormInput): boolean => required || USUAL.test(name);
  const more = inputs.filter((input) => !isFirst(input));
  return {
    title: 'What happened, and when',
    inputs: [OCCURRED_ON, ...inputs.filter(isFirst)],
    ...(more.length > 0 && { more: { title: 'More that may be told', inputs: more } }),
  };
}

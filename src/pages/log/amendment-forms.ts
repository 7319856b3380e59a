import { definitionOf } from '../../domain/events/catalogue.js';
import { EvidenceCorrected } from '../../domain/events/evidence-corrected.js';
import { EventReinstated } from '../../domain/events/event-reinstated.js';
import { EventRetracted } from '../../domain/events/event-retracted.js';
import { MoveRequest } from '../../domain/ledger/move-request.js';
import { Evidence } from '../../domain/ledger/evidence.js';
import type { EventLife } from '../../queries/events/get-event.js';
import { inLedgersWords } from '../../domain/ledger/understood-words.js';
import { companyFromSlug } from '../../domain/words/values.js';
import { tellProposal } from './told-proposal.js';
import { textOf, type FormValues } from '../form-body.js';
import { dataFrom, inputsOf, valuesFrom, type FormInput } from './form-inputs.js';
import {
  answersOf,
  envelopeFrom,
  evidenceFrom,
  noteGroup,
  OCCURRED_ON,
  sourceGroup,
  type EventForm,
} from './event-form.js';

/** What can be recorded about an event; also the last part of the form's address. */
export const ACTS = ['correct', 'retract', 'reinstate', 'evidence', 'source', 'move'] as const;
export type Amendment = (typeof ACTS)[number];

/** The form for an amendment of an event. */
export function actEntry(act: Amendment, life: EventLife): EventForm {
  switch (act) {
    case 'correct':
      return correction(life);
    case 'retract':
      return retraction(life);
    case 'reinstate':
      return reinstatement(life);
    case 'evidence':
      return furtherEvidence(life);
    case 'source':
      return correctedSource(life);
    case 'move':
      return moved(life);
  }
}

/**
 * The initial values of a form. A correction starts with the event's data. A correction of a source starts
 * with the one at `url`, or otherwise with the first.
 */
export function firstValues(
  act: Amendment,
  { type, data, occurredOn, evidence }: EventLife,
  url?: string,
): FormValues {
  if (act === 'correct') return { occurredOn, ...valuesFrom(definitionOf(type).data, 'data', data) };
  const wrong = act === 'source' && (evidence.find((each) => each.url === url) ?? evidence[0]);
  return wrong ? { 'data.url': wrong.url, ...valuesFrom(Evidence, 'data.replacement', wrong) } : {};
}

/** A separate field, because the corrected event's data may contain its own reason. */
const WHAT_WAS_WRONG: FormInput = {
  name: 'reason',
  label: 'reason',
  hint: 'What was wrong, for everybody to read',
  required: true,
  kind: 'text',
};

function correction({ id, stream, sentence, type, automaker = '' }: EventLife): EventForm {
  const { data } = definitionOf(type);
  return {
    title: 'Correct an event',
    lead: sentence,
    action: `/events/${id}/correct`,
    act: 'correct',
    hidden: {},
    stream,
    about: id,
    groups: [
      { title: 'Why', inputs: [WHAT_WAS_WRONG] },
      { title: 'When it happened', inputs: [OCCURRED_ON] },
      {
        title: 'What happened',
        lead: 'In full, as it should have been recorded.',
        inputs: inputsOf(data, 'data'),
      },
      sourceGroup(false),
      noteGroup,
    ],
    told: (proposal) => correctedAs(proposal, type, companyFromSlug(automaker)),
    proposalOf: (values) => {
      const typed = {
        type,
        data: dataFrom(data, 'data', values) ?? {},
        occurredOn: textOf(values, 'occurredOn'),
      };
      // People also type the fields inside a correction, so these must be translated too.
      const { data: corrected, occurredOn } = inLedgersWords(typed);
      return {
        type: 'EventCorrected',
        data: { event: id, data: corrected, occurredOn, reason: textOf(values, 'reason') },
        ...envelopeFrom(values),
      };
    },
  };
}

/** A sentence needs a source. A correction may bring none, and the event keeps those that it has. */
const NOBODY = 'nobody';

/** The sentence of the event after the correction. */
function correctedAs(proposal: object, type: string, automaker: string): string | undefined {
  const data: unknown = 'data' in proposal ? proposal.data : undefined;
  if (typeof data !== 'object' || data === null || !('data' in data)) return undefined;
  const { data: corrected, occurredOn } = data as { data: unknown; occurredOn?: unknown };
  const evidence = [{ url: 'https://example.com', publisher: NOBODY, grade: 'reported' }];
  const told = tellProposal({ type, data: corrected, occurredOn, evidence }, automaker);
  return told === undefined ? undefined : `It would read: ${told.replace(` By ${NOBODY}, reported.`, '')}`;
}

function retraction({ id, stream, sentence }: EventLife): EventForm {
  return {
    title: 'Retract an event',
    lead: sentence,
    action: `/events/${id}/retract`,
    act: 'retract',
    hidden: {},
    stream,
    about: id,
    told: () =>
      `“${sentence}” would count for nothing from now on. It stays readable, struck through, with your reason.`,
    groups: [
      {
        title: 'Why',
        lead: 'It stays in the ledger, voided, with this reason.',
        inputs: inputsOf(EventRetracted, 'data').filter(({ name }) => name === 'data.reason'),
      },
      sourceGroup(false),
      noteGroup,
    ],
    proposalOf: (values) => ({
      type: 'EventRetracted',
      data: { event: id, reason: textOf(values, 'data.reason') },
      ...envelopeFrom(values),
    }),
  };
}

function reinstatement({ id, stream, sentence }: EventLife): EventForm {
  return {
    title: 'Reinstate an event',
    lead: sentence,
    action: `/events/${id}/reinstate`,
    act: 'reinstate',
    hidden: {},
    stream,
    about: id,
    told: () => `“${sentence}” would count again from now on. That it was retracted stays readable.`,
    groups: [
      {
        title: 'Why',
        lead: 'It counts again, with this reason beside its retraction.',
        inputs: inputsOf(EventReinstated, 'data').filter(({ name }) => name === 'data.reason'),
      },
      sourceGroup(false),
      noteGroup,
    ],
    proposalOf: (values) => ({
      type: 'EventReinstated',
      data: { event: id, reason: textOf(values, 'data.reason') },
      ...envelopeFrom(values),
    }),
  };
}

function furtherEvidence({ id, stream, sentence }: EventLife): EventForm {
  return {
    title: 'Add evidence',
    lead: sentence,
    action: `/events/${id}/evidence`,
    act: 'evidence',
    hidden: {},
    stream,
    about: id,
    groups: [sourceGroup(true), noteGroup],
    proposalOf: (values) => {
      const { evidence = [] } = evidenceFrom(values);
      return { type: 'EvidenceAdded', data: { event: id, evidence }, ...envelopeFrom(values), evidence: [] };
    },
  };
}

function correctedSource({ id, stream, sentence }: EventLife): EventForm {
  const own = inputsOf(EvidenceCorrected, 'data');
  const named = (name: string) => own.filter((input) => input.name === name);
  return {
    title: 'Correct a source',
    lead: sentence,
    action: `/events/${id}/source`,
    act: 'source',
    hidden: {},
    stream,
    about: id,
    groups: [
      {
        title: 'Which source',
        lead: 'It is replaced by what stands below. What was recorded stays readable, with your reason.',
        inputs: [...named('data.url'), ...named('data.reason')],
      },
      { ...sourceGroup(true, 'data.replacement'), title: 'As it should have been' },
      noteGroup,
    ],
    proposalOf: (values) => ({
      type: 'EvidenceCorrected',
      data: {
        event: id,
        url: textOf(values, 'data.url'),
        replacement: dataFrom(Evidence, 'data.replacement', values) ?? {},
        reason: textOf(values, 'data.reason'),
      },
      ...envelopeFrom(values),
    }),
  };
}

/** A form that is submitted as a move. */
function moved({ id, stream, sentence }: EventLife): EventForm {
  const inputs = inputsOf(MoveRequest, 'data');
  const named = (name: string) => inputs.filter((input) => input.name === name);
  return {
    title: 'Move an event',
    lead: sentence,
    action: `/events/${id}/move`,
    act: 'move',
    hidden: {},
    stream,
    about: id,
    groups: [
      {
        title: 'Where it belongs',
        lead: 'It is recorded there as it stands now, and counts for nothing here from then on. Both stay readable, and lead to each other.',
        inputs: [...named('data.to'), ...named('data.reason')],
      },
    ],
    told: () => `“${sentence}” would count where it belongs, and here no more.`,
    proposalOf: (values) => {
      return {
        events: [id],
        to: textOf(values, 'data.to'),
        reason: textOf(values, 'data.reason'),
        ...answersOf(values),
      };
    },
  };
}

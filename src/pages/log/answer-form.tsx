import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { IdempotencyKeyReused } from '../../commands/recording/rejections.js';
import { dateFromWords } from '../../domain/ledger/dates-in-words.js';
import { Unauthenticated } from '../../problems/access-problems.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { dateInWords } from '../design/dates.js';
import { formValues, textOf, type FormValues } from '../form-body.js';
import { SeeOther, type Page } from '../page.js';
import { addressOf } from '../page-context.js';
import type { EventFormService, Outcome } from './event-form-service.js';
import { addressOfDraft } from './draft.js';
import type { EventForm } from './event-form.js';
import { EntryPage } from './event-form-page.js';

/** The page of a form: empty, or with the submitted values and the outcome. */
export function entryPage(
  entry: EventForm,
  values: ReturnType<typeof formValues>,
  outcome?: Outcome,
  isTyping = false,
  isTooLong = false,
): Page {
  const given = textOf(values, 'idempotencyKey');
  return {
    title: isRefused(outcome) && !isTyping ? `Error: ${entry.title}` : entry.title,
    description: entry.lead,
    section: 'log',
    ...(outcome && !isTyping && { status: statusOf(outcome) }),
    body: (
      <EntryPage
        entry={entry}
        values={outcome ? values : withDatesInWords(entry, values)}
        idempotencyKey={given === '' ? randomUUID() : given}
        isTyping={isTyping}
        isTooLong={isTooLong}
        {...(outcome && { outcome })}
      />
    ),
  };
}

/** Initial values with dates in words, if the words give exactly the same date when they are parsed. */
function withDatesInWords({ groups }: EventForm, values: FormValues): FormValues {
  const dates = groups
    .flatMap(({ inputs, more }) => [...inputs, ...(more?.inputs ?? [])])
    .filter(({ kind }) => kind === 'date');
  const told = dates.flatMap(({ name }) => {
    const date = textOf(values, name);
    const words = dateInWords(date);
    return dateFromWords(words) === date ? [[name, words] as const] : [];
  });
  return { ...values, ...Object.fromEntries(told) };
}

const isRefused = (outcome: Outcome | undefined): boolean =>
  outcome?.kind === 'wrong' || outcome?.kind === 'refused';

function statusOf(outcome: Outcome): number {
  switch (outcome.kind) {
    case 'wrong':
      return 400;
    case 'refused':
      return outcome.problem.status;
    case 'preview':
    case 'recorded':
    case 'moved':
      return 200;
  }
}

/** Answers a submitted form: with a preview, with the problems, or with a redirect to the recorded event. */
export async function answerForm(
  forms: EventFormService,
  entry: EventForm,
  request: FastifyRequest,
  body: unknown,
): Promise<Page | SeeOther> {
  const values = formValues(body);
  const author = request.principal?.name;
  if (author === undefined)
    throw new Unauthenticated({ detail: 'Sign in first: what is recorded has an author.' });
  const step = textOf(values, 'step');
  const kept = step === 'keep' ? addressOfDraft(entry, values) : undefined;
  if (kept !== undefined) return new SeeOther(kept);
  if (step !== 'record') {
    // While the user is typing, an incomplete form is no error; problems appear only with a requested
    // preview.
    const previewed = await forms.preview(entry, values, author);
    return entryPage(entry, values, previewed, step === 'typing', step === 'keep');
  }
  const key = textOf(values, 'idempotencyKey');
  if (!/^[\x21-\x7e]{0,255}$/.test(key))
    throw new InvalidRequest([
      { field: 'idempotencyKey', message: 'must be visible ASCII characters, such as a UUID' },
    ]);
  const outcome = await forms.record(entry, values, author, key === '' ? randomUUID() : key);
  if (outcome.kind === 'moved') {
    const { events, position } = outcome.receipt;
    const there = events[0]?.counterpart ?? '';
    return new SeeOther(addressOf(`/events/${there}`, { minPosition: position, recorded: 'move' }));
  }
  // The form came back from the browser's history and says something else now: a further event, to be looked at first.
  if (outcome.kind === 'refused' && outcome.problem instanceof IdempotencyKeyReused) {
    return entryPage(entry, { ...values, idempotencyKey: '' }, await forms.preview(entry, values, author));
  }
  if (outcome.kind !== 'recorded') return entryPage(entry, values, outcome);
  const { events, position } = outcome.recording;
  const event = entry.about ?? events[0]?.id ?? '';
  return new SeeOther(addressOf(`/events/${event}`, { minPosition: position, recorded: entry.act ?? 'yes' }));
}

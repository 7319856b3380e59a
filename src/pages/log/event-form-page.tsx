import type { VNode } from 'preact';
import { CONFIRMATIONS, type Confirmation } from '../../domain/ledger/doubts.js';
import { NO_SOURCE } from '../../domain/ledger/proposal.js';
import type { FieldProblem } from '../../problems/request-problems.js';
import { fieldPathInWords, messageInWords } from '../design/fields.js';
import { GoalTitles } from '../design/number-words.js';
import { Suggested, suggestedInWords } from '../suggestions/suggested.js';
import { textOf, type FormValues } from '../form-body.js';
import { usePageContext } from '../page-context.js';
import { LONGEST_DRAFT } from './draft.js';
import type { Outcome } from './event-form-service.js';
import { ErrorSummary } from './error-summary.js';
import type { EventForm } from './event-form.js';
import { DoubtChoices } from './doubt-choices.js';
import { belongsTo, GroupFields } from './group-fields.js';
import { idOfInput } from './input-field.js';
import { OutcomeReport } from './outcome-report.js';

interface EntryPageProps {
  readonly entry: EventForm;
  readonly values: FormValues;
  readonly idempotencyKey: string;
  readonly outcome?: Outcome;
  /** Whether the page answers while the user is typing; nothing may then take the focus. */
  readonly isTyping: boolean;
  /** Whether the form could not be kept as a link because it is too long. */
  readonly isTooLong?: boolean;
}

/**
 * A form for one event: first the source, then the time, then the data; with a preview before anything is
 * recorded.
 */
export function EntryPage({
  entry,
  values,
  idempotencyKey,
  outcome,
  isTyping,
  isTooLong = false,
}: EntryPageProps): VNode {
  const { formToken } = usePageContext();
  const titles = new Map((entry.names?.target ?? []).map(({ id, names: [title = id] }) => [`/${id}`, title]));
  const isPreviewed = outcome?.kind === 'preview' && outcome.preview.accepted;
  const inputs = entry.groups.flatMap(({ inputs: always, more }) => [...always, ...(more?.inputs ?? [])]);
  // As they follow each other in the form; what belongs to no field comes last.
  const problems = (outcome?.kind === 'wrong' ? outcome.problems : [])
    .map((each) => inForm(each, values))
    .map((each) => ({ ...each, at: inputs.findIndex(({ name }) => belongsTo(each.field, name)) }))
    .sort((a, b) => (a.at < 0 ? inputs.length : a.at) - (b.at < 0 ? inputs.length : b.at));
  return (
    <>
      <header class="page-head">
        <h1>{entry.title}</h1>
        <p class="lead">{entry.lead}</p>
      </header>
      {entry.suggestion && (
        <section class="note" aria-label="What a reader suggests">
          <p>{suggestedInWords(entry.suggestion)}:</p>
          <Suggested suggestion={entry.suggestion.suggestion} />
        </section>
      )}
      {isTooLong && (
        <p class="note bad" role="alert">
          No link was made: what is typed here is longer than a link can hold (
          {LONGEST_DRAFT.toLocaleString('en')} characters). All of it is still in the form below.
        </p>
      )}
      {!isTyping && (
        <ErrorSummary
          problems={problems.map(({ field, message }) => {
            const input = inputs.find(({ name }) => belongsTo(field, name));
            return {
              words: `${fieldPathInWords(field)} ${message}`,
              ...(input && { to: idOfInput(input.name) }),
            };
          })}
        />
      )}
      <div class="two wide-left">
        <form
          action={entry.action}
          method="post"
          id="log-form"
          class="form"
          novalidate
          data-log-form
          data-draft={draftName(entry)}
          data-fresh={outcome === undefined}
        >
          <p class="note" role="status" data-draft-kept hidden>
            What you had typed here is back.{' '}
            <button class="button second" type="button">
              Empty the form
            </button>
          </p>
          <input type="hidden" name="formToken" value={formToken} />
          <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
          {Object.entries(entry.hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {entry.groups.map((group) => (
            <GroupFields
              key={group.title}
              group={group}
              values={values}
              problems={problems}
              names={entry.names}
              first={outcome === undefined ? inputs[0]?.name : undefined}
            />
          ))}
          {isDuplicate(outcome) && (
            <div class="choices">
              <label>
                <input
                  type="checkbox"
                  name="duplicateOf"
                  value="none"
                  checked={textOf(values, 'duplicateOf') === 'none'}
                />
                It is another event, although it looks the same
              </label>
            </div>
          )}
          <div class="choices">
            <label>
              <input type="checkbox" name="review" value="yes" checked={textOf(values, 'review') === 'yes'} />
              Ask a second analyst to look at it
            </label>
          </div>
          <DoubtChoices doubts={doubtsOf(outcome, values)} values={values} />
          <div class="actions">
            <button
              class={isPreviewed ? 'button second' : 'button'}
              type="submit"
              name="step"
              value="preview"
            >
              Preview
            </button>
            <button class="button second" type="submit" name="step" value="record">
              Record
            </button>
            <button class="button second" type="submit" name="step" value="keep">
              Keep as a link
            </button>
          </div>
        </form>
        <aside aria-label="What recording it would do" aria-live="polite" data-preview>
          <GoalTitles value={titles}>
            <OutcomeReport outcome={outcome} isTyping={isTyping} />
          </GoalTitles>
        </aside>
      </div>
    </>
  );
}

/** Forms of the same kind about the same subject share a draft. */
const draftName = ({ action, hidden }: EventForm): string =>
  [action, ...Object.entries(hidden).map((each) => each.join('='))].join(' ');

function isDuplicate(outcome: Outcome | undefined): boolean {
  if (outcome?.kind === 'refused') return outcome.problem.slug === 'duplicate-event';
  if (outcome?.kind !== 'preview') return false;
  return outcome.preview.outcomes.some((each) => !each.accepted && each.problem === 'duplicate-event');
}

/** A problem of an event as one of the form, which has no place for sources as such, and calls an empty field missing. */
function inForm({ field, message }: FieldProblem, values: FormValues): FieldProblem {
  if (field === 'evidence' && message === NO_SOURCE)
    return { field: 'evidence[0].url', message: 'is missing: it takes at least one source' };
  const isEmpty = textOf(values, field).trim() === '' && message.startsWith('must be a text');
  return { field, message: isEmpty ? 'is missing' : messageInWords(message) };
}

/** The doubts that the author is asked to confirm, and those confirmed before. */
function doubtsOf(outcome: Outcome | undefined, values: FormValues): Confirmation[] {
  const told =
    outcome?.kind === 'refused'
      ? outcome.problem.details['confirm']
      : outcome?.kind === 'preview'
        ? outcome.preview.outcomes.flatMap((each) => (each.accepted ? [] : each['confirm']))
        : [];
  return CONFIRMATIONS.filter(
    (code) => (Array.isArray(told) && told.includes(code)) || textOf(values, `confirm.${code}`) === 'yes',
  );
}

import type { VNode } from 'preact';
import type { Preview, PreviewOutcome } from '../../commands/recording/preview-events.js';
import { isPlainObject } from '../../domain/events/fields.js';
import type { FieldProblem } from '../../problems/request-problems.js';
import type { ChangedNumber } from '../../domain/audit/shown-numbers.js';
import { fieldPathInWords, messageInWords } from '../design/fields.js';
import { boundsOnce, NumberName, toldInWords, useGoalTitle } from '../design/number-words.js';
import { withCapital, warningInWords } from '../design/words.js';
import { useLink } from '../page-context.js';
import type { Outcome } from './event-form-service.js';

interface OutcomeReportProps {
  readonly outcome: Outcome | undefined;
  /** Whether the page answers while the user is typing; nothing may then take the focus. */
  readonly isTyping: boolean;
}

/** What recording a form would do, or why it cannot be recorded. */
export function OutcomeReport({ outcome, isTyping }: OutcomeReportProps): VNode {
  if (!outcome) {
    return (
      <p class="note">
        The preview says what recording would do: contradictions, warnings, events that look the same, and
        every number that would change. It records nothing.
      </p>
    );
  }
  switch (outcome.kind) {
    case 'wrong':
      // After a press, the summary above the form lists the problems, and each field says its own.
      if (!isTyping) return <p class="note">Nothing was recorded: the form is not right yet.</p>;
      return (
        <ul class="note" data-unfinished>
          {outcome.problems.map(({ field, message }) => (
            <li key={field + message}>
              <strong>{fieldPathInWords(field)}</strong> {messageInWords(message)}
            </li>
          ))}
        </ul>
      );
    case 'refused': {
      const { title, details } = outcome.problem;
      return <Rejected title={title} detail={details.detail} details={details} />;
    }
    case 'preview':
      return (
        <PreviewReport
          preview={outcome.preview}
          told={outcome.told}
          besides={outcome.besides}
          isTyping={isTyping}
        />
      );
    case 'recorded':
    case 'moved':
      return <p class="note good">Recorded.</p>;
  }
}

interface PreviewReportProps {
  readonly preview: Preview;
  readonly told: string | undefined;
  readonly besides: Preview | undefined;
  readonly isTyping: boolean;
}

/**
 * The understood event, its effects, and the button to record it, which has the focus if there are no
 * objections.
 */
function PreviewReport({
  preview: { outcomes, numbers, accepted },
  told,
  besides,
  isTyping,
}: PreviewReportProps): VNode {
  return (
    <>
      <h2>{accepted ? 'This would be recorded' : 'This would be refused'}</h2>
      {told !== undefined && (
        <p class="understood" id="understood">
          {told}
        </p>
      )}
      {outcomes.map((each) => (
        <OutcomeOfOne key={each.index} outcome={each} />
      ))}
      {accepted && besides && <h3>Where it belongs</h3>}
      {accepted && <Verdicts numbers={numbers} />}
      {accepted && besides && (
        <>
          <h3>Where it was</h3>
          <Verdicts numbers={besides.numbers} />
        </>
      )}
      {accepted && (
        <p>
          <button
            class="button"
            type="submit"
            form="log-form"
            name="step"
            value="record"
            autofocus={!isTyping}
            aria-describedby={told === undefined ? undefined : 'understood'}
          >
            Record this
          </button>
        </p>
      )}
      {accepted && <Numbers numbers={numbers} />}
      {accepted && besides && <Numbers numbers={besides.numbers} />}
    </>
  );
}

/** The verdicts that would change, in sentences. */
export function Verdicts({ numbers }: { numbers: readonly ChangedNumber[] }): VNode {
  const changed = numbers.filter(({ number }) => /^targets\.[^.]+\.status$/.test(number));
  if (changed.length === 0) return <p>No verdict on a goal would change.</p>;
  return (
    <ul>
      {changed.map(({ number, before, after, told }) => (
        <VerdictChange
          key={number}
          target={number.split('.')[1] ?? ''}
          before={before}
          after={after}
          told={told}
        />
      ))}
    </ul>
  );
}

function VerdictChange({
  target,
  before,
  after,
  told,
}: {
  target: string;
  before: ChangedNumber['before'] | undefined;
  after: ChangedNumber['after'] | undefined;
  told: ChangedNumber['told'] | undefined;
}): VNode {
  const title = useGoalTitle(undefined, target);
  if (before === undefined)
    return (
      <li>
        A new goal, “{title}”: {toldInWords(after, told?.after)}.
      </li>
    );
  return (
    <li>
      The verdict on “{title}” would change from “{toldInWords(before, told?.before)}” to “
      {toldInWords(after, told?.after)}”.
    </li>
  );
}

function OutcomeOfOne({ outcome }: { outcome: PreviewOutcome }): VNode {
  if (!outcome.accepted)
    return <Rejected title="It would be refused" detail={outcome.detail} details={outcome} />;
  return (
    <>
      <p class="note good">Nothing speaks against it. Nothing is recorded yet.</p>
      {outcome.warnings.map(({ code, message }) => (
        <p key={code + message} class="note warn">
          {warningInWords(message)}
        </p>
      ))}
    </>
  );
}

interface RefusedProps {
  readonly title: string;
  readonly detail: string;
  readonly details: Readonly<Record<string, unknown>>;
}

function Rejected({ title, detail, details }: RefusedProps): VNode {
  const link = useLink();
  const { duplicateOf, contradicts, confirm, errors } = details;
  const doubts = Array.isArray(confirm) && Array.isArray(errors) ? errors.filter(isFieldProblem) : [];
  const others = Array.isArray(contradicts) ? contradicts.filter((id) => typeof id === 'string') : [];
  return (
    <div class="note bad" role="alert">
      <p>
        <strong>{title}.</strong>{' '}
        {doubts.length > 0 ? (
          <>
            {doubts.map(({ field, message }) => (
              <span key={field}>
                {fieldPathInWords(field)} {message}.{' '}
              </span>
            ))}
            Mend it, or say in the form that it is meant.
          </>
        ) : typeof duplicateOf === 'string' ? (
          'An event that looks the same is recorded already. If this is another one, say so in the form.'
        ) : (
          withCapital(detail)
        )}
      </p>
      {typeof duplicateOf === 'string' && (
        <p>
          <a href={link(`/events/${duplicateOf}`)}>The event that it looks like</a> ·{' '}
          <a href={link(`/events/${duplicateOf}/evidence`)}>Add your source to that one instead</a>
        </p>
      )}
      {others.map((id) => (
        <p key={id}>
          <a href={link(`/events/${id}`)}>The event that it contradicts</a>
        </p>
      ))}
    </div>
  );
}

/** Whether a part of a refusal is a problem with a field. */
export function isFieldProblem(value: unknown): value is FieldProblem {
  return isPlainObject(value) && typeof value['field'] === 'string' && typeof value['message'] === 'string';
}

/** Every number that would change, before and after. */
export function Numbers({ numbers }: { numbers: readonly ChangedNumber[] }): VNode {
  if (numbers.length === 0) return <p>No number would change.</p>;
  const rows = boundsOnce(numbers);
  return (
    <section class="table-scroll" tabIndex={0} aria-label="Numbers that would change">
      <table>
        <caption>{rows.length === 1 ? '1 number' : `${rows.length} numbers`} would change</caption>
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col" class="num">
              Now
            </th>
            <th scope="col" class="num">
              Then
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ number, before, after, told }) => (
            <tr key={number}>
              <th scope="row">
                <NumberName number={number} automaker={undefined} />
              </th>
              <td class="num">{toldInWords(before, told?.before)}</td>
              <td class="num">{toldInWords(after, told?.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

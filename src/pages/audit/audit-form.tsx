import type { VNode } from 'preact';
import { addMonths, addYears } from '../../domain/ledger/edtf.js';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import { AutomakerChoice } from '../design/automaker-choice.js';
import { addressOf, usePageContext } from '../page-context.js';
import type { AuditQuestion } from './audit-question.js';

interface AuditFormProps {
  readonly question: AuditQuestion;
  readonly automakers: AutomakerNames;
}

/** Asks for two points in time, by date fields and by preset links. */
export function AuditForm({ question, automakers }: AuditFormProps): VNode {
  const { path, today } = usePageContext();
  const { automaker, from, to } = question;
  return (
    <>
      <form action={path} method="get" class="form">
        <div class="inline">
          <AutomakerChoice id="automaker" automakers={automakers} chosen={automaker} />
        </div>
        <fieldset>
          <legend>From</legend>
          <div class="inline">
            <Day name="from" label="What had happened by" value={from.trueOn} />
            <Day name="fromKnown" label="What this ledger had recorded by" value={from.knownOn ?? ''} />
            <Day name="fromPublic" label="What had been published by" value={from.publicOn ?? ''} />
          </div>
        </fieldset>
        <fieldset>
          <legend>To</legend>
          <div class="inline">
            <Day name="to" label="What had happened by" value={to.trueOn} />
            <Day name="toKnown" label="What this ledger had recorded by" value={to.knownOn ?? ''} />
            <Day name="toPublic" label="What had been published by" value={to.publicOn ?? ''} />
          </div>
        </fieldset>
        <p class="hint">An empty date of recording or of publication means all.</p>
        <div class="actions">
          <button class="button" type="submit">
            Show the differences
          </button>
        </div>
      </form>
      <ul class="clock-steps">
        <li>Or step:</li>
        {STEPS.map(([words, months]) => (
          <li key={words}>
            <a href={addressOf(path, { automaker, from: addMonths(today, -months), to: today })}>{words}</a>
          </li>
        ))}
        <li>
          <a href={addressOf(path, { automaker, from: addYears(from.trueOn, -1), to: from.trueOn })}>
            the year before these
          </a>
        </li>
        <li>
          <a href={addressOf(path, publishedBetween(addYears(today, -1), today, automaker))}>
            published in the last year
          </a>
        </li>
        <li>
          <a href={addressOf(path, { automaker, from: today, fromKnown: addMonths(today, -1), to: today })}>
            learned in the last month
          </a>
        </li>
      </ul>
    </>
  );
}

/** Compares what had been published by two days, each as of that day. */
const publishedBetween = (from: string, to: string, automaker: string | undefined) => ({
  automaker,
  from,
  fromPublic: from,
  to,
  toPublic: to,
});

const STEPS: readonly (readonly [string, number])[] = [
  ['the last month', 1],
  ['the last year', 12],
  ['the last five years', 60],
];

function Day({ name, label, value }: { name: string; label: string; value: string }): VNode {
  const { today } = usePageContext();
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input type="date" id={name} name={name} max={today} value={value.slice(0, 10)} />
    </div>
  );
}

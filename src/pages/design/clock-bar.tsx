import type { VNode } from 'preact';
import { dayAsked, isNow } from '../../domain/ledger/clocks.js';
import { addMonths, dayOf, type Day } from '../../domain/ledger/edtf.js';
import { addressOf, usePageContext } from '../page-context.js';
import { dayInWords } from './dates.js';

/**
 * Shows on every page which point in time is displayed, lets readers go to another one, and stands out if it
 * is not now.
 */
export function ClockBar(): VNode {
  const { clocks, today, path, query, clockNotes = [] } = usePageContext();
  const { knownOn, publicOn } = clocks;
  const isPast = !isNow(clocks);
  const worldOn = dayAsked(clocks, today);
  const now = addressOf(path, { ...query, ...NO_CLOCKS });
  return (
    <section class={isPast ? 'clock-bar past' : 'clock-bar'} aria-label="The three clocks of this page">
      <div class="frame">
        <p class="clock-line">
          <span>
            {isPast && <strong>Not now. </strong>}
            True on <Day day={worldOn} />, known on{' '}
            {knownOn === undefined ? `${dayInWords(today)} (now)` : <Day day={knownOn} />}
            {publicOn !== undefined && (
              <>
                , published by <Day day={publicOn} />
              </>
            )}
          </span>
          {isPast && <a href={now}>Go to now</a>}
        </p>
        {clockNotes.map(({ sentence, publicOn: day }) => (
          <p key={sentence} class="clock-line">
            {sentence}
            {day !== undefined && (
              <a href={addressOf(path, { ...query, ...NO_CLOCKS, publicOn: day })}>
                What had been published by <Day day={day} />
              </a>
            )}
          </p>
        ))}
        <details>
          <summary>Look at another time</summary>
          <ClockForm worldOn={worldOn} />
          <Steps worldOn={worldOn} />
        </details>
      </div>
    </section>
  );
}

const Day = ({ day }: { day: string }): VNode => <time datetime={day}>{dayInWords(day)}</time>;

function ClockForm({ worldOn }: { worldOn: Day }): VNode {
  const { clocks, today, path, query } = usePageContext();
  const others = Object.entries(query).filter(
    ([name]) => !['trueOn', 'knownOn', 'publicOn', 'cursor', 'csv', 'minPosition'].includes(name),
  );
  return (
    <form action={path} method="get">
      {others.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div class="field">
        <label for="clock-true-on">True on</label>
        <input type="date" id="clock-true-on" name="trueOn" max={today} value={clocks.trueOn ?? worldOn} />
      </div>
      <div class="field">
        <label for="clock-known-on">Known on</label>
        <input
          type="date"
          id="clock-known-on"
          name="knownOn"
          max={today}
          value={clocks.knownOn === undefined ? '' : dayOf(clocks.knownOn)}
          aria-describedby="clock-known-on-hint"
        />
      </div>
      <div class="field">
        <label for="clock-public-on">Published by</label>
        <input
          type="date"
          id="clock-public-on"
          name="publicOn"
          max={today}
          value={clocks.publicOn ?? ''}
          aria-describedby="clock-known-on-hint"
        />
      </div>
      <button class="button second" type="submit">
        Go
      </button>
      <p class="hint" id="clock-known-on-hint">
        True on: what had happened by that day. Known on: what this ledger had recorded by then. Published by:
        what had been published by then, whenever it was recorded; what nobody dated is left out. Empty means
        all. <a href="/methods#clocks">More on the clocks</a>
      </p>
    </form>
  );
}

const NO_CLOCKS = { trueOn: undefined, knownOn: undefined, publicOn: undefined, cursor: undefined };

const STEPS: readonly (readonly [string, number])[] = [
  ['5 years earlier', -60],
  ['1 year earlier', -12],
  ['1 month earlier', -1],
  ['1 month later', 1],
  ['1 year later', 12],
];

/** Preset steps as buttons, for readers who cannot or do not want to type a date. */
function Steps({ worldOn }: { worldOn: Day }): VNode {
  const { clocks, today, path, query } = usePageContext();
  return (
    <ul class="clock-steps">
      <li>True on:</li>
      {STEPS.map(([words, months]) => [words, addMonths(worldOn, months)] as const)
        .filter(([, day]) => day <= today)
        .map(([words, day]) => (
          <li key={words}>
            <a href={addressOf(path, { ...query, ...clocks, trueOn: day, cursor: undefined })}>{words}</a>
          </li>
        ))}
    </ul>
  );
}

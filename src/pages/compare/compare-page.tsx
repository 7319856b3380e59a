import type { VNode } from 'preact';
import { COMPARABLE, goalToCompare } from '../../domain/goals/goal-to-compare.js';
import { MEASURES } from '../../domain/measures/measures.js';
import type { ComparedAutomaker, ComparisonAnswer } from '../../queries/automakers/compare-automakers.js';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import type { OverlapAnswer } from '../../queries/overlap/get-overlap.js';
import { ManyLines, type ManyLinesSeries } from '../charts/many-lines.js';
import { GoalAmount } from '../design/goal-amount.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { daysOfValue } from '../design/time-words.js';
import { NothingLogged } from '../design/nothing-logged.js';
import { Section } from '../design/section.js';
import { StatusBadge } from '../design/status-badge.js';
import { Bounded } from '../design/value.js';
import { companyName, countedAs, MEASURE_WORDS, withCapital } from '../design/words.js';
import { useLink, usePageContext } from '../page-context.js';

interface ComparePageProps {
  readonly comparison: ComparisonAnswer;
  /** The automakers to choose from; only the first ones if there are many. */
  readonly listed: AutomakerNames;
  readonly series: readonly ManyLinesSeries[];
  /** For each pair of the chosen automakers, the number of shared markets. */
  readonly meetings: OverlapAnswer | undefined;
}

export function ComparePage({ comparison, listed, series, meetings }: ComparePageProps): VNode {
  const { automakers, measure } = comparison;
  const words = MEASURE_WORDS[measure];
  const { automakers: all } = listed;
  return (
    <>
      <header class="page-head">
        <h1>Compare automakers</h1>
        <p class="lead">
          {withCapital(words)}, side by side. What is counted differently says so, and is never divided by
          each other.
        </p>
      </header>
      {all.length > 0 && <Chooser comparison={comparison} listed={listed} />}
      <Section id="table" title="Where each stands">
        {all.length === 0 && <NothingLogged position={comparison.asOf.position} />}
        {all.length > 0 && automakers.length === 0 && (
          <p class="note">Choose at least one automaker above.</p>
        )}
        {automakers.length > 0 && (
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">Automaker</th>
                <th scope="col">Value</th>
                <th scope="col">Over</th>
                <th scope="col">Counted as</th>
                <th scope="col">Goal</th>
                <th scope="col">Status</th>
              </tr>
            </thead>
            <tbody>
              {automakers.map((each, index) => (
                <Row
                  key={each.id}
                  compared={each}
                  at={`/automakers/${index}`}
                  unit={MEASURES[measure].unit}
                />
              ))}
            </tbody>
          </table>
        )}
      </Section>
      {series.some(({ points }) => points.length > 0) && (
        <Section
          id="charts"
          title="On one scale"
          lead="A line joins figures that are counted in one way. Each with its newest goal that is still open, or that the figure is of."
        >
          <ManyLines measure={measure} series={series} on={comparison.asOf.trueOn} />
        </Section>
      )}
      {meetings && meetings.pairs.length > 0 && <Meetings meetings={meetings} />}
    </>
  );
}

/** The number of shared markets of each pair of compared automakers. */
function Meetings({ meetings: { automakers, pairs } }: { meetings: OverlapAnswer }): VNode {
  const link = useLink();
  const nameOf = (id: string): string => automakers.find((each) => each.id === id)?.name ?? id;
  return (
    <Section
      id="meetings"
      title="Where they meet"
      lead="Markets that both entered, by what is logged; each with dates, and who came first."
    >
      <ul>
        {pairs.map(({ automakers: { a, b }, both }) => (
          <li key={`${a} ${b}`}>
            <a href={link('/overlap', { automakers: `${a},${b}` })}>
              {nameOf(a)} and {nameOf(b)}
            </a>
            :{' '}
            {both.length === 0
              ? 'in no market'
              : both.length === 1
                ? 'in 1 market'
                : `in ${both.length} markets`}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Chooser({
  comparison,
  listed: { automakers: all, hasMore },
}: {
  comparison: ComparisonAnswer;
  listed: AutomakerNames;
}): VNode {
  const { path, clocks } = usePageContext();
  const { automakers, measure } = comparison;
  return (
    <form action={path} method="get" class="form">
      {(['trueOn', 'knownOn', 'publicOn'] as const).map(
        (name) =>
          clocks[name] !== undefined && <input key={name} type="hidden" name={name} value={clocks[name]} />,
      )}
      {!hasMore ? (
        <fieldset>
          <legend>Automakers, up to six</legend>
          <div class="choices">
            {all.map(({ id, name }) => (
              <label key={id}>
                <input
                  type="checkbox"
                  name="automakers"
                  value={id}
                  checked={automakers.some((each) => each.id === id)}
                />
                {name}
              </label>
            ))}
          </div>
        </fieldset>
      ) : (
        <div class="field">
          <label for="automakers">Automakers, up to six</label>
          <span class="hint" id="automakers-hint">
            Their ids separated by commas, such as xpeng,geely.
          </span>
          <input
            type="text"
            id="automakers"
            name="automakers"
            aria-describedby="automakers-hint"
            maxLength={400}
            value={automakers.map(({ id }) => id).join(',')}
          />
        </div>
      )}
      <div class="inline">
        <div class="field">
          <label for="measure">Measure</label>
          <select id="measure" name="measure">
            {COMPARABLE.map((name) => (
              <option key={name} value={name} selected={name === measure}>
                {MEASURE_WORDS[name]}
              </option>
            ))}
          </select>
        </div>
        <button class="button" type="submit">
          Compare
        </button>
      </div>
    </form>
  );
}

interface RowProps {
  readonly compared: ComparedAutomaker;
  readonly at: string;
  readonly unit: (typeof MEASURES)[keyof typeof MEASURES]['unit'];
}

function Row({ compared: { id, name, value, progress }, at, unit }: RowProps): VNode {
  const link = useLink();
  const headline = goalToCompare(progress, value?.first);
  return (
    <tr>
      <th scope="row">
        <a href={link(`/automakers/${id}`)}>{name}</a>
      </th>
      <td data-label="Value">
        {value ? <Bounded value={value} at={`${at}/value`} unit={unit} /> : 'no figure'}
      </td>
      <td data-label="Over" class="date">
        {value && daysOfValue(value)}
      </td>
      <td data-label="Counted as">{value && countedAs(value)}</td>
      <td data-label="Goal">
        {headline ? (
          <a href={link(`/automakers/${id}/targets/${headline.target}`)}>
            <GoalAmount terms={headline.terms} at={`${at}/progress/${progress.indexOf(headline)}/terms`} />
            {headline.deadline && `, ${dateInWords(headline.deadline.words)}`}
            {headline.terms.entity !== undefined && ` (${companyName(headline.terms.entity)})`}
          </a>
        ) : (
          'none of this measure that is open'
        )}
      </td>
      <td>
        {headline && (
          <StatusBadge status={headline.status} isOld={headline.staleness?.age === 'no-current-evidence'} />
        )}
        {headline?.statusAsOf !== undefined && (
          <small class="quiet"> as of {dayInWords(headline.statusAsOf)}</small>
        )}
      </td>
    </tr>
  );
}

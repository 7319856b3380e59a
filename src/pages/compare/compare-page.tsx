import type { VNode } from 'preact';
import { headlineOf } from '../../domain/goals/headline.js';
import { MEASURE_NAMES, MEASURES } from '../../domain/measures/measures.js';
import { daysOf } from '../../domain/ledger/edtf.js';
import type { ComparedAutomaker, ComparisonAnswer } from '../../queries/automakers/compare-automakers.js';
import type { AutomakersAnswer } from '../../queries/automakers/list-automakers.js';
import type { ChartedTarget } from '../automaker/automaker-page.js';
import { GoalChart } from '../charts/goal-chart.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { NothingLogged } from '../design/nothing-logged.js';
import { Section } from '../design/section.js';
import { StatusBadge } from '../design/status-badge.js';
import { Bounded, Value } from '../design/value.js';
import { companyName, MEASURE_WORDS, perimeterOf, withCapital } from '../design/words.js';
import { useLink, usePageContext } from '../page-context.js';

/** The chart of one automaker in the comparison. */
export interface ComparedChart extends ChartedTarget {
  readonly name: string;
}

interface ComparePageProps {
  readonly comparison: ComparisonAnswer;
  /** Whom one can choose from; only the first where there are many. */
  readonly listed: AutomakersAnswer;
  readonly charts: readonly ComparedChart[];
}

export function ComparePage({ comparison, listed, charts }: ComparePageProps): VNode {
  const { automakers, measure } = comparison;
  const words = MEASURE_WORDS[measure];
  const shared = sharedScales(charts);
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
      {charts.length > 0 && (
        <Section
          id="charts"
          title="The same scales for all"
          lead="Each with its goal, its deadline and its former goals."
        >
          <div class="chart-grid">
            {charts.map(({ name, progress, versions, points }) => (
              <GoalChart
                key={progress.automaker}
                id={`chart-${progress.automaker}`}
                name={name}
                progress={progress}
                versions={versions}
                points={points}
                events={[]}
                isSmall
                shared={shared}
              />
            ))}
          </div>
        </Section>
      )}
    </>
  );
}

function sharedScales(charts: readonly ComparedChart[]): { first: string; last: string; highest: number } {
  const days = charts.flatMap(({ progress, versions, points }) => [
    progress.on,
    ...(progress.deadline ? [progress.deadline.late] : []),
    ...points.map(({ last }) => last),
    ...versions.flatMap(({ occurredOn, terms }) => [
      daysOf(occurredOn).first,
      ...(terms.deadline === undefined ? [] : [daysOf(terms.deadline).last]),
    ]),
  ]);
  const values = charts.flatMap(({ progress, points }) => [
    progress.terms.threshold,
    ...points.map(({ value, hi }) => hi ?? value),
  ]);
  days.sort();
  return { first: days[0] ?? '', last: days.at(-1) ?? '', highest: Math.max(0, ...values) };
}

function Chooser({
  comparison,
  listed: { automakers: all, next },
}: {
  comparison: ComparisonAnswer;
  listed: AutomakersAnswer;
}): VNode {
  const { path, clocks } = usePageContext();
  const { automakers, measure } = comparison;
  return (
    <form action={path} method="get" class="form">
      {(['trueOn', 'knownOn', 'publicOn'] as const).map(
        (name) =>
          clocks[name] !== undefined && <input key={name} type="hidden" name={name} value={clocks[name]} />,
      )}
      {next === undefined ? (
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
            {MEASURE_NAMES.map((name) => (
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
  const headline = headlineOf(progress);
  return (
    <tr>
      <th scope="row">
        <a href={link(`/automakers/${id}`)}>{name}</a>
      </th>
      <td data-label="Value">
        {value ? <Bounded value={value} at={`${at}/value`} unit={unit} /> : 'no figure'}
      </td>
      <td data-label="Over" class="date">
        {value &&
          (value.first === value.last
            ? dayInWords(value.last)
            : `${dayInWords(value.first)} to ${dayInWords(value.last)}`)}
      </td>
      <td data-label="Counted as">{value && perimeterOf(value.perimeter)}</td>
      <td data-label="Goal">
        {headline ? (
          <a href={link(`/automakers/${id}/targets/${headline.target}`)}>
            <Value
              value={headline.terms.threshold}
              at={`${at}/progress/${progress.indexOf(headline)}/terms/threshold`}
              unit={headline.terms.unit}
            />
            {headline.deadline && `, ${dateInWords(headline.deadline.words)}`}
            {headline.terms.entity !== undefined && ` (${companyName(headline.terms.entity)})`}
          </a>
        ) : (
          'none announced'
        )}
      </td>
      <td>{headline && <StatusBadge status={headline.status} />}</td>
    </tr>
  );
}

import type { VNode } from 'preact';
import {
  toldBy,
  type FigureVintages,
  type Telling,
  type ToldAs,
  type VintagePeriod,
} from '../../domain/measures/vintages.js';
import type { ForecastAnswer } from '../../queries/automakers/get-forecast.js';
import type { VintagesAnswer } from '../../queries/automakers/get-vintages.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { FirstRows } from '../design/first-rows.js';
import { Section } from '../design/section.js';
import { Bounded, Value } from '../design/value.js';
import { countedInWords, perimeterOf, withCapital } from '../design/words.js';
import { useLink } from '../page-context.js';
import { Choices, type Choice } from './series-choices.js';
import { useTableAddress } from '../take-away/table-notes.js';
import { ForecastSection } from '../target/forecast.js';

/** Maximum number of columns on the page, for the newest days; the file has all of them. */
const SHOWN_DAYS = 6;

interface VintagesPageProps {
  readonly name: string;
  readonly counted: string;
  readonly answer: VintagesAnswer;
  readonly choices: readonly Choice[];
  readonly forecast: ForecastAnswer;
}

export function VintagesPage({ name, counted, answer, choices, forecast }: VintagesPageProps): VNode {
  const link = useLink();
  const tableOf = useTableAddress();
  const { automaker, days, periods, figures } = answer;
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href={link('/')}>Automakers</a> · <a href={link(`/automakers/${automaker}`)}>{name}</a>
        </p>
        <h1>
          {name}: {counted}, as first told and as told since
        </h1>
        <p class="lead">{findingOf(answer)}</p>
      </header>
      <Choices automaker={automaker} choices={choices} />
      {periods.length > 0 && <Changes answer={answer} all={tableOf('tellings')} />}
      {figures.length > 0 && (
        <details>
          <summary>Each figure as it was printed</summary>
          <Printed figures={figures} all={tableOf('printed')} />
        </details>
      )}
      {days.length > 1 && (
        <details>
          <summary>The series as it stood on each public day</summary>
          <Vintages answer={answer} all={tableOf('vintages')} />
        </details>
      )}
      {periods.length > 0 && <ForecastSection forecast={forecast} />}
    </>
  );
}

/** What changed, in one or two sentences. */
function findingOf({ periods, days, undatedFigures, earlierDays }: VintagesAnswer): string {
  const told = `${undatedFigures === 1 ? 'one figure' : `${undatedFigures} figures`} that nobody dated`;
  const without = undatedFigures === 0 ? '' : ` It leaves out ${told}.`;
  if (periods.length === 0)
    return `No dated figure gives a period of this series.${undatedFigures === 0 ? '' : ` There ${undatedFigures === 1 ? 'is' : 'are'} ${told}.`}`;
  const changed = periods.filter(isChanged).length;
  const since = earlierDays === 0 ? '' : ` Older changes than the last ${days.length} are left out.`;
  const of = periods.length === 1 ? 'The one period of it' : `Of its ${periods.length} periods`;
  const put =
    periods.length === 1
      ? changed === 1
        ? ' was put otherwise later'
        : ' still stands as it was first told'
      : changed === 0
        ? ' all still stand as they were first told'
        : `, ${changed} ${changed === 1 ? 'was' : 'were'} put otherwise later`;
  return `${of}${put}.${without}${since}`;
}

const isChanged = ({ tellings }: VintagePeriod): boolean => tellings.length > 1;

interface TableProps {
  readonly answer: VintagesAnswer;
  /** The address of the complete table. */
  readonly all: string;
}

/** Every period, newest first, with each change of its value. */
function Changes({ answer: { periods, unit }, all }: TableProps): VNode {
  const newest = periods.map((period, index) => ({ period, index })).reverse();
  return (
    <Section
      id="tellings"
      title="When each period was told"
      lead="From the day on which a source had surely published it."
    >
      <FirstRows rows={newest} all={all}>
        {(shown) => (
          <section class="table-scroll" tabIndex={0} aria-label="Each period, and when it was told">
            <table class="stack">
              <thead>
                <tr>
                  <th scope="col">Period</th>
                  <th scope="col">First told by</th>
                  <th scope="col" class="num">
                    As
                  </th>
                  <th scope="col">Put otherwise</th>
                </tr>
              </thead>
              <tbody>
                {shown.map(({ period: { first, last, tellings }, index }) => (
                  <tr key={`${first} ${last}`}>
                    <th scope="row">{spanInWords(first, last)}</th>
                    <td data-label="First told" class="date">
                      {dayInWords(tellings[0]?.publicOn ?? '')}
                    </td>
                    <td data-label="As" class="num">
                      <Told telling={tellings[0]} at={`/periods/${index}/tellings/0`} unit={unit} />
                    </td>
                    <td data-label="Put otherwise">
                      {tellings.length === 1 ? (
                        <span class="quiet">not since</span>
                      ) : (
                        <ul>
                          {tellings.slice(1).map((telling, later) => (
                            <li key={telling.publicOn}>
                              {dayInWords(telling.publicOn)}:{' '}
                              <Told
                                telling={telling}
                                at={`/periods/${index}/tellings/${later + 1}`}
                                unit={unit}
                              />
                            </li>
                          ))}
                        </ul>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </FirstRows>
    </Section>
  );
}

interface ToldProps {
  readonly telling: Telling | undefined;
  readonly at: string;
  readonly unit: VintagesAnswer['unit'];
}

function Told({ telling, at, unit }: ToldProps): VNode {
  if (telling?.value === undefined) return <>no longer given</>;
  return <Bounded value={{ ...telling, value: telling.value }} at={at} unit={unit} />;
}

const spanInWords = (first: string, last: string): string =>
  first === last ? dayInWords(last) : `${dayInWords(first)} to ${dayInWords(last)}`;

const TOLD_AS: Readonly<Record<ToldAs, string>> = {
  first: 'first told',
  again: 'told again',
  otherwise: 'told otherwise',
  restated: 'puts an earlier figure right',
};

function Printed({ figures, all }: { figures: readonly FigureVintages[]; all: string }): VNode {
  const link = useLink();
  const printed = figures.flatMap(({ tellings, ...figure }, index) =>
    tellings.map((telling, row) => ({
      ...figure,
      ...telling,
      at: `/figures/${index}/tellings/${row}/value`,
    })),
  );
  return (
    <FirstRows rows={printed} all={all}>
      {(shown) => (
        <section class="table-scroll" tabIndex={0} aria-label="Each figure as it was printed">
          <table>
            <thead>
              <tr>
                <th scope="col">What is counted</th>
                <th scope="col">Period</th>
                <th scope="col">Published</th>
                <th scope="col" class="num">
                  Figure
                </th>
                <th scope="col">How</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ measure, perimeter, period, asOf, publicOn, dated, value, as, event, at }) => (
                <tr key={event}>
                  <th scope="row">
                    {withCapital(countedInWords({ measure, ...perimeter }))}
                    {perimeter.basis !== undefined && (
                      <small class="quiet">, {perimeterOf({ basis: perimeter.basis })}</small>
                    )}
                  </th>
                  <td>{dateInWords(period ?? asOf ?? '')}</td>
                  <td class="date">{dateInWords(dated ?? publicOn)}</td>
                  <td class="num">
                    <a href={link(`/events/${event}`)}>
                      <Value value={value} at={at} />
                    </a>
                  </td>
                  <td>{TOLD_AS[as]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </FirstRows>
  );
}

/** A row per period and a column per public day, for the newest days. */
function Vintages({ answer: { days, periods }, all }: TableProps): VNode {
  const shown = days.slice(-SHOWN_DAYS);
  const told = periods.map((period, index) => ({ period, index })).reverse();
  return (
    <>
      <p>
        {days.length > SHOWN_DAYS
          ? `The newest ${SHOWN_DAYS} of ${days.length} public days; the file has all of them.`
          : 'Every public day on which it became another one.'}
      </p>
      <FirstRows rows={told} all={all}>
        {(rows) => (
          <section class="table-scroll" tabIndex={0} aria-label="The series as it stood on each public day">
            <table>
              <thead>
                <tr>
                  <th scope="col">Period</th>
                  {shown.map((day) => (
                    <th key={day} scope="col" class="num">
                      {dayInWords(day)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ period, index }) => (
                  <tr key={`${period.first} ${period.last}`}>
                    <th scope="row">{spanInWords(period.first, period.last)}</th>
                    {shown.map((day) => {
                      const telling = toldBy(period, day);
                      const place = telling ? period.tellings.indexOf(telling) : -1;
                      return (
                        <td key={day} class="num">
                          {telling?.value !== undefined && (
                            <Value value={telling.value} at={`/periods/${index}/tellings/${place}/value`} />
                          )}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </FirstRows>
    </>
  );
}

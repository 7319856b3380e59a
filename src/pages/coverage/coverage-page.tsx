import type { VNode } from 'preact';
import type { CoverageRow, Coverage, MonthSpan } from '../../domain/measures/coverage.js';
import type {
  AutomakerCoverage,
  CoverageAnswer,
  WorklistAnswer,
} from '../../queries/coverage/get-coverage.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { NothingLogged } from '../design/nothing-logged.js';
import { PageLinks } from '../design/page-links.js';
import { Section } from '../design/section.js';
import { countedInWords, slugInSentence } from '../design/words.js';
import { useLink } from '../page-context.js';
import { Worklist } from './worklist.js';
import { useByThen } from '../design/by-then.js';

/** A symbol for each value, so that two years fit in a row; the legend explains them. */
const SIGNS: Readonly<Record<Coverage, readonly [string, string]>> = {
  reported: ['●', 'reported, or the difference of what is reported'],
  bounded: ['◐', 'bounded by figures of longer periods'],
  'not-published': ['·', 'not published yet, by the usual rhythm'],
  'not-logged': ['○', 'not logged: a figure is due, or the ledger says nothing'],
};

interface CoveragePageProps {
  readonly coverage: CoverageAnswer;
  readonly worklist: WorklistAnswer;
  readonly worklistAt: string;
}

export function CoveragePage({ coverage, worklist, worklistAt }: CoveragePageProps): VNode {
  const { automakers, months, next, asOf } = coverage;
  return (
    <>
      <header class="page-head">
        <h1>Coverage</h1>
        <p class="lead">
          What is known of each automaker, month by month; what is due; and which missing figure would tell
          most.
        </p>
      </header>
      {automakers.length === 0 && <NothingLogged position={asOf.position} />}
      {worklist.missing.length > 0 && <Worklist worklist={worklist} from={worklistAt} />}
      {automakers.length > 0 && (
        <Section id="months" title="Month by month">
          <ul class="legend">
            {Object.entries(SIGNS).map(([coverage, [sign, words]]) => (
              <li key={coverage}>
                <span class="num">{sign}</span> {words}
              </li>
            ))}
          </ul>
          {automakers.map((each) => (
            <Months key={each.automaker} of={each} months={months} />
          ))}
          <PageLinks next={next} />
        </Section>
      )}
    </>
  );
}

function Months({ of, months }: { of: AutomakerCoverage; months: readonly MonthSpan[] }): VNode {
  const byThen = useByThen();
  const link = useLink();
  const { automaker, name, rows } = of;
  const caption = `${name}: what is known month by month`;
  return (
    <details open={rows.length > 0 && rows.length <= MOST_OPEN}>
      <summary>{name}</summary>
      <p>
        <a href={link(`/automakers/${automaker}`)}>All about {name}</a>
        {rows.length === 0 && `: no figure is logged${byThen}, and no goal that asks for one`}
      </p>
      {rows.length > 0 && (
        <section class="table-scroll" tabIndex={0} aria-label={caption}>
          <table class="stack">
            <caption>{caption}</caption>
            <thead>
              <tr>
                <th scope="col">What is counted</th>
                <th scope="col">{spanInWords(months)}</th>
                <th scope="col">Next</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <Row key={index} row={row} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  );
}

/** Tables with more rows are collapsed at first. */
const MOST_OPEN = 12;

function spanInWords(months: readonly MonthSpan[]): string {
  const [first, last] = [months[0], months.at(-1)];
  return `${dateInWords(first?.first.slice(0, 7) ?? '')} to ${dateInWords(last?.last.slice(0, 7) ?? '')}`;
}

function Row({ row: { measure, perimeter, rhythm, isDue, months } }: { row: CoverageRow }): VNode {
  const { basis, countedBy } = perimeter;
  const signs = months.map(({ coverage }) => SIGNS[coverage][0]).join('');
  return (
    <tr>
      <th scope="row">
        {countedInWords({ measure, ...perimeter })}
        {basis !== undefined && <small class="quiet">counted as {slugInSentence(basis)}</small>}
        {countedBy !== undefined && <small class="quiet">counted by {countedBy}</small>}
      </th>
      <td class="date">{signs}</td>
      <td data-label="Next">
        {rhythm?.next ? (
          <>
            {isDue ? 'due since ' : 'due on '}
            {dayInWords(rhythm.next.dueOn)}
          </>
        ) : (
          <span class="quiet">no rhythm yet</span>
        )}
      </td>
    </tr>
  );
}

import type { VNode } from 'preact';
import type { HeldFigure, ReleasePreview } from '../../commands/release/release-desk.js';
import { definitionOf } from '../../domain/events/catalogue.js';
import type { Proposal } from '../../domain/ledger/proposal.js';
import type { Cell } from '../../domain/release/release-figure.js';
import { placeOf } from '../../domain/release/release-standing.js';
import type { SumFault } from '../../domain/release/release-sums.js';
import type { Grid } from '../../formats/release-grid.js';
import { NAMING } from '../../queries/names.js';
import { fieldPathInWords } from '../design/fields.js';
import { dateInWords, whenInWords } from '../design/dates.js';
import { listInWords, numberInWords, valueInWords, warningInWords, withCapital } from '../design/words.js';
import { isFieldProblem, Numbers, Verdicts } from '../log/outcome-report.js';

interface ReleaseReportProps {
  readonly shown: ReleasePreview;
  /** The table as it was parsed, cell by cell. */
  readonly grid: Grid;
  readonly automaker: string;
}

/** How a release was interpreted: wrong sums, the figures to record, and their effects. */
export function ReleaseReport({ shown, grid, automaker }: ReleaseReportProps): VNode {
  const { figures, sums, unread, preview, events } = shown;
  const marked = new Set([...sums.flatMap(({ cells }) => cells), ...unread].map(placeOf));
  return (
    <>
      <h2 id="understood-title">How the table is understood</h2>
      {figures.length === 0 && (
        <p class="note bad" role="alert">
          No figure was found in it. The first rows and the first column are read as labels, and the rest as
          numbers.
        </p>
      )}
      <Sums sums={sums} count={figures.length} />
      {unread.length > 0 && (
        <p class="note warn">
          Not read as a number: {listInWords(unread.slice(0, 12).map(cellInWords))}
          {unread.length > 12 && ` and ${unread.length - 12} more`}.
        </p>
      )}
      <section class="table-scroll" tabIndex={0} aria-label="The pasted table">
        <table class="pasted">
          <caption>The table as it was read</caption>
          <tbody>
            {grid.map((row, index) => (
              <tr key={index}>
                {row.map((text, column) => {
                  const place = `${index + 1}:${column + 1}`;
                  return <td key={column}>{marked.has(place) ? <mark>{text}</mark> : text}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Known figures={figures} />
      {preview && <Outcomes preview={preview} events={events} automaker={automaker} />}
    </>
  );
}

const cellInWords = ({ row, column, text }: Cell): string => `“${text}” (row ${row}, column ${column})`;

/** Sums that do not add up, each in a sentence with its cells. */
function Sums({ sums, count }: { readonly sums: readonly SumFault[]; readonly count: number }): VNode | null {
  if (count === 0) return null;
  if (sums.length === 0)
    return (
      <p class="note good">
        Every total and every rate of growth that can be checked holds, in the table and beside what is
        recorded.
      </p>
    );
  return (
    <div class="note bad" role="alert">
      <p>
        <strong>{sums.length === 1 ? 'One thing does' : `${sums.length} things do`} not add up.</strong> Look
        at the marked cells in the source.
      </p>
      <ul>
        {sums.map((fault) => (
          <li key={`${fault.kind} ${fault.cells.map(placeOf).join(' ')}`}>
            {sumInWords(fault)}
            {fault.isRounding && ' The figures are rounded, which may be why.'} Cells:{' '}
            {listInWords(fault.cells.slice(0, 8).map(cellInWords))}.
          </li>
        ))}
      </ul>
    </div>
  );
}

function sumInWords({ kind, told, expected, period }: SumFault): string {
  const [said, sum, when] = [numberInWords(told), numberInWords(expected), dateInWords(period)];
  switch (kind) {
    case 'twice':
      return `The same figure stands in the table as ${said} and as ${sum} (${when}): say what tells them apart, or which one is not read.`;
    case 'home-and-overseas':
      return `Sales at home and abroad come to ${sum}, and all of them are told as ${said} (${when}).`;
    case 'brands':
      return `The brands come to ${sum}, and their total is told as ${said} (${when}).`;
    case 'powertrains':
      return `The kinds of vehicle come to ${sum}, and all of them are told as ${said} (${when}).`;
    case 'part-above-whole':
      return `A part of ${said} is more than its whole of ${sum} (${when}).`;
    case 'months':
      return `The months come to ${sum}, and the period is told as ${said} (${when}).`;
    case 'year-to-date':
      return `With what is recorded of the months before, the year to date comes to ${sum}, and it is told as ${said} (${when}).`;
    case 'growth':
      return `The growth comes to ${sum} %, and it is told as ${said} % (${when}).`;
  }
}

/** Figures that are already recorded, and the consequence for recording the table. */
function Known({ figures }: { readonly figures: readonly HeldFigure[] }): VNode | null {
  const counted = (kind: HeldFigure['standing']['kind']): number =>
    figures.filter(({ standing }) => standing.kind === kind).length;
  const many = (count: number): string =>
    count === 1 ? '1 figure is' : `${numberInWords(count)} figures are`;
  const [known, elsewhere, growths] = [
    counted('known'),
    counted('known-elsewhere'),
    counted('growth-is-new'),
  ];
  if (known + elsewhere + growths === 0) return null;
  return (
    <p class="note">
      {known > 0 && `${many(known)} recorded from this source already, and not recorded again. `}
      {elsewhere > 0 && `${many(elsewhere)} known from other sources: this one is added to them. `}
      {growths > 0 && `${many(growths)} known without this growth: the growth is recorded. `}
      {known === figures.length && 'Nothing in the table is new.'}
    </p>
  );
}

interface OutcomesProps {
  readonly preview: NonNullable<ReleasePreview['preview']>;
  readonly events: readonly Proposal[];
  readonly automaker: string;
}

/** Every figure as a sentence with its objections, and the effects of recording all of them. */
function Outcomes({ preview: { outcomes, numbers, accepted }, events, automaker }: OutcomesProps): VNode {
  const refused = new Map<string, number>();
  for (const outcome of outcomes)
    if (!outcome.accepted)
      for (const reason of reasonsOf(outcome)) refused.set(reason, (refused.get(reason) ?? 0) + 1);
  const warnings = new Set(
    outcomes.flatMap((each) =>
      each.accepted ? each.warnings.map(({ message }) => `${withCapital(warningInWords(message))}.`) : [],
    ),
  );
  const first = events.find(({ type }) => type === 'FigureReported');
  const [source] = (first ?? events[0])?.evidence ?? [];
  return (
    <>
      <h2>{accepted ? 'This would be recorded' : 'This would be refused'}</h2>
      <p>
        {events.length === 1 ? '1 figure' : `${events.length} figures`}
        {first?.occurredOn !== undefined && `, told ${whenInWords(first.occurredOn)}`}
        {source && ` by ${source.publisher}`}
        {source && `, ${valueInWords(source.grade)}`}. Nothing is recorded yet.
      </p>
      {refused.size > 0 && (
        <div class="note bad" role="alert">
          <ul>
            {[...refused].slice(0, 20).map(([reason, times]) => (
              <li key={reason}>
                {times > 1 && `${times} figures: `}
                {withCapital(reason)}
              </li>
            ))}
          </ul>
          <p>Mend the table, or say below that it is meant.</p>
        </div>
      )}
      {[...warnings].slice(0, 20).map((warning) => (
        <p key={warning} class="note warn">
          {warning}
        </p>
      ))}
      <details open={events.length <= 12}>
        <summary>Every figure as a sentence</summary>
        <ol>
          {events.map((event, index) => (
            <li key={index}>{sentenceOf(event, automaker)}.</li>
          ))}
        </ol>
      </details>
      {accepted && <Verdicts numbers={numbers} />}
      {accepted && <Numbers numbers={numbers} />}
    </>
  );
}

const sentenceOf = ({ type, data }: Proposal, automaker: string): string =>
  definitionOf(type).sentence(data, { ...NAMING, automaker });

/** Why a figure would be refused, without its index in the request, which is only for programs. */
function reasonsOf({ problem, detail, errors }: Readonly<Record<string, unknown>>): string[] {
  if (problem === 'duplicate-event') return ['the same figure is recorded already'];
  const problems = Array.isArray(errors) ? errors.filter(isFieldProblem) : [];
  if (problems.length > 0)
    return problems.map(
      ({ field, message }) =>
        `${fieldPathInWords(field.replace(/^\[\d+\]\./, ''))} ${warningInWords(message)}`,
    );
  return [warningInWords(String(detail).replace(/^Event \d+ of the request: /, ''))];
}

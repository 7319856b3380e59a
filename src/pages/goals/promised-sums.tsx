import type { VNode } from 'preact';
import type { PromisedSum, PromisedThenAndNow } from '../../domain/goals/promised-sums.js';
import type { Unit } from '../../domain/measures/measures.js';
import type { PromisesAnswer } from '../../queries/goals/sum-promises.js';
import { dayInWords } from '../design/dates.js';
import { Section } from '../design/section.js';
import { Value } from '../design/value.js';
import { countedInWords, slugInSentence } from '../design/words.js';
import { useLink, usePageContext } from '../page-context.js';

interface PromisedSumsProps {
  readonly promises: PromisesAnswer;
  readonly sumsAt: string;
}

/** The sums of promises for each year, at two points. Only goals that count the same are added. */
export function PromisedSums({ promises: { from, to, sums }, sumsAt }: PromisedSumsProps): VNode {
  const { path, query } = usePageContext();
  const rows = sums.map((sum, index): Row => ({ sum, at: `/sums/${index}` }));
  const moved = rows.filter(({ sum }) => FOLDS.every(({ has }) => !has(sum)));
  const kept = Object.entries(query).filter(([name]) => !['sumFrom', 'csv', 'minPosition'].includes(name));
  return (
    <Section
      id="promised"
      title="What was promised, then and now"
      lead="Goals of whole automakers that count the same things for the same year, added up as they stood on two days. The goal of a brand is within that of its group, and is not added again."
    >
      <form action={path} method="get" class="inline">
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div class="field">
          <label for="sums-from">As it stood on</label>
          <input id="sums-from" type="date" name="sumFrom" value={from} max={to} />
        </div>
        <button class="button second" type="submit">
          Add up
        </button>
      </form>
      <SumTable rows={moved} from={from} to={to} sumsAt={sumsAt} />
      {moved.length === 0 && <p class="quiet">No sum that somebody had promised on both days changed.</p>}
      {FOLDS.map(({ has, words }) => {
        const folded = rows.filter(({ sum }) => has(sum));
        return (
          folded.length > 0 && (
            <details key={words}>
              <summary>
                {folded.length === 1 ? '1 sum' : `${folded.length} sums`} {words}
              </summary>
              <SumTable rows={folded} from={from} to={to} sumsAt={sumsAt} />
            </details>
          )
        );
      })}
    </Section>
  );
}

interface Row {
  readonly sum: PromisedThenAndNow;
  readonly at: string;
}

const isUnchanged = ({ from, to }: PromisedThenAndNow): boolean =>
  isSame(from.sum, to.sum) && goalsOf(from) === goalsOf(to);

const goalsOf = ({ goals }: PromisedSum): string =>
  goals.map(({ automaker, target }) => `${automaker}/${target}`).join(' ');

/** What is folded: it says less of how promises moved. */
const FOLDS: readonly { readonly has: (sum: PromisedThenAndNow) => boolean; readonly words: string }[] = [
  {
    has: (sum) => sum.ofBoth.automakers === 0 && !isUnchanged(sum),
    words: 'of goals that are logged for one of the days only',
  },
  { has: isUnchanged, words: 'the same on both days' },
];

type SumTableProps = Pick<PromisesAnswer, 'from' | 'to'> & {
  readonly rows: readonly Row[];
  readonly sumsAt: string;
};

function SumTable({ rows, from, to, sumsAt }: SumTableProps): VNode | null {
  if (rows.length === 0) return null;
  return (
    <table class="stack">
      <caption>
        On {dayInWords(from)} and on {dayInWords(to)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Promised for</th>
          <th scope="col">{dayInWords(from)}</th>
          <th scope="col">{dayInWords(to)}</th>
          <th scope="col">Who had one both times</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ sum, at }) => (
          <SumRow key={at} sum={sum} from={sumsAt} at={at} />
        ))}
      </tbody>
    </table>
  );
}

function SumRow({ sum, from, at }: { sum: PromisedThenAndNow; from: string; at: string }): VNode {
  const { year, unit, basis, ofBoth } = sum;
  return (
    <tr>
      <th scope="row">
        {year}: {countedInWords(sum)}
        {basis !== undefined && <small class="quiet">counted as {slugInSentence(basis)}</small>}
      </th>
      <td data-label={dayInWords(sum.from.on)}>
        <Promised of={sum.from} unit={unit} from={from} at={`${at}/from`} />
      </td>
      <td data-label={dayInWords(sum.to.on)}>
        <Promised of={sum.to} unit={unit} from={from} at={`${at}/to`} />
      </td>
      <td data-label="Who had one both times">
        {ofBoth.automakers === 0 ? (
          'nobody'
        ) : (
          <>
            <Value value={ofBoth.automakers} from={from} at={`${at}/ofBoth/automakers`} />
            {ofBoth.automakers === 1 ? ' automaker' : ' automakers'}
            {isSame(ofBoth.from, ofBoth.to) ? (
              ', unchanged'
            ) : (
              <>
                : <Sum sum={ofBoth.from} from={from} at={`${at}/ofBoth/from`} /> then,{' '}
                <Sum sum={ofBoth.to} from={from} at={`${at}/ofBoth/to`} unit={unit} /> now
              </>
            )}
          </>
        )}
      </td>
    </tr>
  );
}

const isSame = (a: PromisedSum['sum'], b: PromisedSum['sum']): boolean => a.lo === b.lo && a.hi === b.hi;

interface PromisedProps {
  readonly of: PromisedSum;
  readonly unit: Unit;
  readonly from: string;
  readonly at: string;
}

function Promised({ of: { sum, goals }, unit, from, at }: PromisedProps): VNode {
  const link = useLink();
  if (goals.length === 0) return <span class="quiet">none is logged</span>;
  return (
    <>
      <Sum sum={sum} from={from} at={`${at}/sum`} unit={unit} />
      <br />
      <small class="quiet">
        {goals.map(({ automaker, name, target, within }, index) => (
          <span key={`${automaker} ${target}`}>
            {index > 0 && ', '}
            <a href={link(`/automakers/${automaker}/targets/${target}`)}>{name}</a>
            {within !== undefined && ' (not added)'}
          </span>
        ))}
      </small>
    </>
  );
}

interface SumProps {
  readonly sum: PromisedSum['sum'];
  readonly unit?: Unit;
  readonly from: string;
  readonly at: string;
}

function Sum({ sum: { lo, hi }, unit, from, at }: SumProps): VNode {
  const ofUnit = unit === undefined ? {} : { unit };
  if (lo === hi) return <Value value={lo} from={from} at={`${at}/lo`} {...ofUnit} />;
  return (
    <>
      <Value value={lo} from={from} at={`${at}/lo`} /> to{' '}
      <Value value={hi} from={from} at={`${at}/hi`} {...ofUnit} />
    </>
  );
}

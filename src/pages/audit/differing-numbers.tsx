import type { VNode } from 'preact';
import type { Cause, NumberDifference } from '../../domain/audit/differences.js';
import { dayInWords } from '../design/dates.js';
import { NumberName, NumberOrText } from '../design/number-words.js';
import { CAUSE_WORDS } from '../design/words.js';
import type { AuditQuestion } from './audit-question.js';

interface DifferingNumbersProps {
  readonly numbers: readonly NumberDifference[];
  readonly automaker: string;
  readonly question: AuditQuestion;
  /** Where the API's answer holds them. */
  readonly at: string;
}

/** Why numbers differ, as the head of those that do. */
const BECAUSE: Readonly<Record<Cause, string>> = {
  time: 'Because time passed',
  'new fact': 'Because something happened',
  'late fact': 'Because something was learned late',
  evidence: 'Because there is more evidence',
  correction: 'Because an entry was corrected',
  retraction: 'Because an entry was retracted',
  move: 'Because an entry was moved to where it belongs',
};

/** Bounds are told with their value. */
const isBound = ({ number }: NumberDifference): boolean => /\.value\.(lo|hi)$/.test(number);
const isVerdict = ({ number }: NumberDifference): boolean => number.endsWith('.status');

/** What each cause did, in sentences, verdicts first; all numbers, with their names in the API, behind a fold. */
export function DifferingNumbers(props: DifferingNumbersProps): VNode | null {
  const { numbers, question } = props;
  if (numbers.length === 0) return null;
  const causes = [...new Set(numbers.map(mainCause))];
  const [then, now] = [dayInWords(question.from.trueOn), dayInWords(question.to.trueOn)];
  return (
    <>
      {causes.map((cause) => (
        <div key={cause}>
          <h3>{BECAUSE[cause]}</h3>
          <ul class="prose">
            {numbers
              .map((each, index) => ({ each, index }))
              .filter(({ each }) => mainCause(each) === cause && !isBound(each))
              .sort((a, b) => Number(isVerdict(b.each)) - Number(isVerdict(a.each)))
              .map(({ each, index }) => (
                <li key={each.number}>
                  <Sentence {...props} each={each} index={index} then={then} now={now} />
                </li>
              ))}
          </ul>
        </div>
      ))}
      <AllNumbers {...props} />
    </>
  );
}

/** The last of the causes that moved a number. */
const mainCause = ({ parts }: NumberDifference): Cause => parts.at(-1)?.cause ?? 'time';

function Sentence({
  each: { number, before, after },
  automaker,
  index,
  at,
  then,
  now,
}: DifferingNumbersProps & { each: NumberDifference; index: number; then: string; now: string }): VNode {
  const name = <NumberName number={number} automaker={automaker} />;
  const was = <NumberOrText value={before} at={`${at}/${index}/before`} />;
  const is = <NumberOrText value={after} at={`${at}/${index}/after`} />;
  if (before === undefined)
    return (
      <>
        {name}: none on {then}, <strong>{is}</strong> on {now}
      </>
    );
  if (after === undefined)
    return (
      <>
        {name}: {was} on {then}, none on {now}
      </>
    );
  return (
    <>
      {name}: {was} on {then}, <strong>{is}</strong> on {now}
    </>
  );
}

function AllNumbers({ numbers, at }: DifferingNumbersProps): VNode {
  return (
    <details>
      <summary>
        {numbers.length === 1 ? '1 number' : `All ${numbers.length} numbers`}, as the API names them
      </summary>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {numbers.map(({ number, before, after, parts }, index) => (
            <tr key={number}>
              <th scope="row">
                <code>{number}</code>
              </th>
              <td data-label="Before">
                <NumberOrText value={before} at={`${at}/${index}/before`} />
              </td>
              <td data-label="After">
                <NumberOrText value={after} at={`${at}/${index}/after`} />
              </td>
              <td>
                {parts.map(({ cause, change }, part) => (
                  <span key={cause}>
                    <span class="tag">{CAUSE_WORDS[cause]}</span>{' '}
                    {change !== undefined && (
                      <>
                        {change > 0 && '+'}
                        <NumberOrText value={change} at={`${at}/${index}/parts/${part}/change`} />{' '}
                      </>
                    )}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

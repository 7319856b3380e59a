import type { VNode } from 'preact';
import type { NumberDifference } from '../../domain/audit/differences.js';
import { CAUSE_WORDS } from '../design/words.js';
import { NumberName, NumberOrText } from '../event/uses.js';

interface DifferingNumbersProps {
  readonly numbers: readonly NumberDifference[];
  readonly automaker: string;
  /** Where the API's answer holds them. */
  readonly at: string;
}

/** Numbers before and after, with what each cause did; the parts of a number add up to its change. */
export function DifferingNumbers({ numbers, automaker, at }: DifferingNumbersProps): VNode | null {
  if (numbers.length === 0) return null;
  return (
    <details open>
      <summary>{numbers.length === 1 ? '1 number differs' : `${numbers.length} numbers differ`}</summary>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col" class="num">
              Before
            </th>
            <th scope="col" class="num">
              After
            </th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {numbers.map(({ number, before, after, parts }, index) => (
            <tr key={number}>
              <th scope="row">
                <NumberName number={number} automaker={automaker} />
              </th>
              <td class="num" data-label="Before">
                <NumberOrText value={before} at={`${at}/${index}/before`} />
              </td>
              <td class="num" data-label="After">
                <NumberOrText value={after} at={`${at}/${index}/after`} />
              </td>
              <td>
                {parts.map(({ cause, change, to }, part) => (
                  <span key={cause}>
                    <span class="tag">{CAUSE_WORDS[cause]}</span>{' '}
                    {change === undefined ? (
                      parts.length > 1 &&
                      to !== undefined && (
                        <>
                          to <NumberOrText value={to} at={`${at}/${index}/parts/${part}/to`} />{' '}
                        </>
                      )
                    ) : (
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

import type { VNode } from 'preact';
import type { Use } from '../../domain/audit/uses.js';
import type { ToldNumber } from '../../domain/audit/shown-numbers.js';
import { boundsOnce, NumberName, NumberOrText, toldInWords } from '../design/number-words.js';
import { Section } from '../design/section.js';

interface UsesProps {
  readonly uses: readonly Use[];
  readonly automaker: string | undefined;
}

/** The numbers that would change or lose a proof without the event. */
export function Uses({ uses, automaker }: UsesProps): VNode {
  return (
    <Section
      id="uses"
      title="What rests on it"
      lead="Numbers that name it in their proof, or that would change without it."
    >
      {uses.length === 0 ? (
        <p class="quiet">No number rests on it.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col" class="num">
                Value
              </th>
              <th scope="col" class="num">
                Without it
              </th>
            </tr>
          </thead>
          <tbody>
            {boundsOnce(uses).map((use) => (
              <UseRow key={use.number} use={use} at={`/uses/${uses.indexOf(use)}`} automaker={automaker} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function UseRow({
  use: { number, value, without, told, inProof },
  at,
  automaker,
}: {
  use: Use;
  at: string;
  automaker: string | undefined;
}): VNode {
  return (
    <tr>
      <th scope="row">
        <NumberName number={number} automaker={automaker} />{' '}
        {inProof && <span class="tag">in its proof</span>}
      </th>
      <td class="num">
        <Told value={value} told={told?.value} at={`${at}/value`} />
      </td>
      <td class="num">
        <Told value={without} told={told?.without} at={`${at}/without`} />
      </td>
    </tr>
  );
}

function Told({
  value,
  told,
  at,
}: {
  value: number | string | undefined;
  told: ToldNumber | undefined;
  at: string;
}): VNode {
  return told === undefined ? <NumberOrText value={value} at={at} /> : <>{toldInWords(value, told)}</>;
}

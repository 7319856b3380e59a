import type { VNode } from 'preact';
import type { Use } from '../../domain/audit/uses.js';
import { NumberName, NumberOrText } from '../design/number-words.js';
import { Section } from '../design/section.js';

interface UsesProps {
  readonly uses: readonly Use[];
  readonly automaker: string | undefined;
}

/** The numbers that would be others, or lose a proof, without the event. */
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
            {uses.map(({ number, value, without, inProof }, index) => (
              <tr key={number}>
                <th scope="row">
                  <NumberName number={number} automaker={automaker} />{' '}
                  {inProof && <span class="tag">in its proof</span>}
                </th>
                <td class="num">
                  <NumberOrText value={value} at={`/uses/${index}/value`} />
                </td>
                <td class="num">
                  <NumberOrText value={without} at={`/uses/${index}/without`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

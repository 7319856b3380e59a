import type { VNode } from 'preact';
import type { Grade } from '../../domain/ledger/evidence.js';
import { roundingBounds, type PrintedFigure } from '../../domain/measures/rounding.js';
import { shareOf, shareSplit } from '../../domain/measures/share.js';
import { Section } from '../design/section.js';
import { numberInWords, slugInWords } from '../design/words.js';
import { Rule } from './rule.js';

export function Shares(): VNode {
  const exactly = (value: number) => ({ lo: value, hi: value });
  const before = { overseas: exactly(20_010), total: exactly(100_020) };
  const now = { overseas: exactly(30_030), total: exactly(110_040) };
  const share = shareOf(now);
  return (
    <Section
      id="shares"
      title="Shares"
      lead="Vehicles sold abroad over all vehicles, of the same months, counted in the same way. How much of a change came from abroad, and how much from home, is told apart."
    >
      <p>
        Say that 20,010 of 100,020 vehicles went abroad in one year, and 30,030 of 110,040 in the next: that
        is {numberInWords(share?.lo ?? 0)} %. {shareSplit(before, now)?.words}
      </p>
    </Section>
  );
}

const PRINTED: readonly (readonly [string, PrintedFigure])[] = [
  ['45,008', { value: 45_008, approximate: false }],
  ['30,100', { value: 30_100, approximate: false }],
  ['29,000', { value: 29_000, approximate: false }],
  ['about 29,000', { value: 29_000, approximate: true }],
  ['1,000,000', { value: 1_000_000, approximate: false }],
  ['more than 60', { value: 60, approximate: false, qualifier: 'more-than' }],
  ['less than 500', { value: 500, approximate: false, qualifier: 'less-than' }],
];

export function Bounds(): VNode {
  return (
    <Section
      id="bounds"
      title="Bounds"
      lead="A figure says no more than its source printed. Zeros at its end may be rounding, so every figure stands for all numbers between two bounds, and every result has bounds of its own."
    >
      <table>
        <caption>What a printed figure stands for</caption>
        <thead>
          <tr>
            <th scope="col">Printed</th>
            <th scope="col" class="num">
              At least
            </th>
            <th scope="col" class="num">
              At most
            </th>
          </tr>
        </thead>
        <tbody>
          {PRINTED.map(([words, figure]) => {
            const { lo, hi } = roundingBounds(figure);
            return (
              <tr key={words}>
                <th scope="row">{words}</th>
                <td class="num">{numberInWords(lo)}</td>
                <td class="num">{Number.isFinite(hi) ? numberInWords(hi) : 'no limit'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="small quiet">
        Where the bounds read the same in the digits that are shown, one number is shown; the table and the
        proof have both.
      </p>
    </Section>
  );
}

export function Conflicts(): VNode {
  return (
    <Section id="conflicts" title="Reports that contradict each other">
      <p>
        Reports of one thing are put together: a quarter and its months, a half-year and its quarters. Where
        they cannot all be right, the lightest set of them is left out that lets the others be right. A report
        weighs more the better its source is, the more publishers say the same independently, and the further
        off it would be if it were wrong. What is left out stays, and is shown as a conflict. Where two sets
        weigh the same, the result spans both, and says that sources disagree.
      </p>
    </Section>
  );
}

const GRADE_RULES: Readonly<Record<Grade, string>> = {
  confirmed: 'By the company itself, an official body or a registry.',
  reported: 'By the press, or by others who name where they have it from.',
  rumoured: 'By unnamed sources. A rumour alone achieves nothing: it is shown beside the verdict.',
};

export function Grades(): VNode {
  return (
    <Section
      id="grades"
      title="How sure a source is"
      lead="Every source has a grade. It decides between reports that contradict each other, and nothing else."
    >
      {Object.entries(GRADE_RULES).map(([grade, rule]) => (
        <Rule key={grade} id={grade as Grade} title={slugInWords(grade)}>
          <p>{rule}</p>
        </Rule>
      ))}
    </Section>
  );
}

export function Quiet(): VNode {
  return (
    <Section id="quiet-goals" title="Goals gone quiet">
      <p>
        A goal is expected to be said again within 18 months, unless it says itself how often. After that it
        is due; after twice that time it has gone quiet. This is inferred from silence and never declared; the
        verdict on the goal stays what the figures say. After the deadline silence means nothing.
      </p>
    </Section>
  );
}

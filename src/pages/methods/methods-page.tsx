import type { VNode } from 'preact';
import { OnThisPage } from '../design/on-this-page.js';
import { useLink } from '../page-context.js';
import { Borders } from './border-rules.js';
import { Bounds, Conflicts, Grades, Quiet, Shares } from './figure-rules.js';
import type { MethodsPart } from './methods-places.js';
import { Clocks, Forecasts, Readings, Theses } from './reading-rules.js';
import { AgeOfVerdicts, Pace, Verdicts } from './verdict-rules.js';

const PARTS: readonly (readonly [MethodsPart, string])[] = [
  ['verdicts', 'Verdicts'],
  ['age', 'How old a verdict is'],
  ['pace', 'Pace'],
  ['shares', 'Shares'],
  ['bounds', 'Bounds'],
  ['conflicts', 'Reports that contradict each other'],
  ['grades', 'How sure a source is'],
  ['quiet-goals', 'Goals gone quiet'],
  ['readings', 'Six readings'],
  ['theses', 'Theses'],
  ['forecasts', 'Forecasts'],
  ['borders', 'Borders on maps'],
  ['clocks', 'Three clocks'],
];

/** How each rating is determined, with examples that the real formulas compute. */
export function MethodsPage(): VNode {
  const link = useLink();
  return (
    <>
      <header class="page-head">
        <h1>How every rating comes about</h1>
        <p class="lead">
          Each rule in words, with an example. The examples are made up; their numbers are worked out by the
          formulas that judge the real ledger. Terms are explained in the{' '}
          <a href={link('/glossary')}>glossary</a>.
        </p>
      </header>
      <OnThisPage parts={PARTS} />
      <Verdicts />
      <AgeOfVerdicts />
      <Pace />
      <Shares />
      <Bounds />
      <Conflicts />
      <Grades />
      <Quiet />
      <Readings />
      <Theses />
      <Forecasts />
      <Borders />
      <Clocks />
    </>
  );
}

import type { VNode } from 'preact';
import type { HeldFigure } from '../../commands/release/release-desk.js';
import { placeOf, type Settlement, SETTLEMENTS } from '../../domain/release/release-standing.js';
import { definitionOf } from '../../domain/events/catalogue.js';
import { NAMING } from '../../queries/names.js';
import { numberInWords } from '../design/words.js';
import { textOf, type FormValues } from '../form-body.js';

const SETTLEMENT_WORDS: Readonly<Record<Settlement, string>> = {
  correct: 'It was recorded wrongly: correct the entry',
  restate: 'The source puts its earlier figure right: record the new one as restated',
  add: 'Both stand: record this one beside it',
  leave: 'Leave what is recorded as it is',
};

/** The name of the field with the decision about a cell. */
const settlementField = (place: string): string => `differing.${place}`;

/** The decisions about differing cells from a form, by cell. */
export function settlementsIn(values: FormValues): Readonly<Record<string, string>> {
  const prefix = settlementField('');
  return Object.fromEntries(
    Object.keys(values)
      .filter((name) => name.startsWith(prefix) && textOf(values, name) !== '')
      .map((name) => [name.slice(prefix.length), textOf(values, name)]),
  );
}

interface DifferingCellsProps {
  readonly figures: readonly HeldFigure[];
  readonly automaker: string;
  readonly values: FormValues;
}

/** Cells that differ from what was recorded from the same source, each with a choice of how to handle it. */
export function DifferingCells({ figures, automaker, values }: DifferingCellsProps): VNode | null {
  const differing = figures.flatMap(({ standing, ...figure }) =>
    standing.kind === 'differs' ? [{ figure, standing }] : [],
  );
  if (differing.length === 0) return null;
  return (
    <section aria-labelledby="differing-title" id="differing">
      <h2 id="differing-title">It was told otherwise before</h2>
      {differing.map(({ figure, standing: { event, recorded, from } }) => {
        const { cell, growth: _growth, settlement: _settlement, ...data } = figure;
        const place = placeOf(cell);
        const told = definitionOf('FigureReported').sentence(data, { ...NAMING, automaker });
        const growth = recorded.growth === undefined ? '' : `, with a growth of ${recorded.growth} %`;
        return (
          <fieldset key={place}>
            <legend>
              “{cell.text}” (row {cell.row}, column {cell.column})
            </legend>
            <p>
              {told}.{' '}
              <a href={`/events/${event}`}>
                {from === 'same-source' ? 'From this source' : 'From the same publisher'}
              </a>{' '}
              {numberInWords(recorded.value)}
              {growth} was recorded.
            </p>
            <div class="choices">
              {SETTLEMENTS.map((each) => (
                <label key={each}>
                  <input
                    type="radio"
                    name={settlementField(place)}
                    value={each}
                    checked={textOf(values, settlementField(place)) === each}
                  />
                  {SETTLEMENT_WORDS[each]}
                </label>
              ))}
            </div>
          </fieldset>
        );
      })}
    </section>
  );
}

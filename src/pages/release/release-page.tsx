import type { VNode } from 'preact';
import type { HeldFigure, ReleasePreview } from '../../commands/release/release-desk.js';
import { CONFIRMATIONS, type Confirmation } from '../../domain/ledger/doubts.js';
import type { Grid } from '../../formats/release-grid.js';
import type { FieldProblem } from '../../problems/request-problems.js';
import type { NamesToPick } from '../../queries/log/names-to-pick.js';
import { fieldPathInWords } from '../design/fields.js';
import { numberInWords } from '../design/words.js';
import { textOf, type FormValues } from '../form-body.js';
import { DoubtChoices } from '../log/doubt-choices.js';
import { ErrorSummary } from '../log/error-summary.js';
import { sourceGroup } from '../log/event-form.js';
import type { FormInput } from '../log/form-inputs.js';
import { GroupFields } from '../log/group-fields.js';
import { idOfInput, InputField, Wrong } from '../log/input-field.js';
import { addressOf, usePageContext } from '../page-context.js';
import { DifferingCells } from './differing-cells.js';
import type { LabelFields } from './label-fields.js';
import { BASIS_CHOICES, Choice, LabelMapping, MEASURE_CHOICES } from './label-mapping.js';
import { pastedIn } from './release-form.js';
import { ReleaseReport } from './release-report.js';

/** The result of a submitted form. */
export interface ReleaseOutcome {
  readonly problems?: readonly FieldProblem[];
  /** Why nothing was recorded, if no field is wrong. */
  readonly refusal?: string;
  readonly shown?: ReleasePreview;
  readonly grid?: Grid;
  /** The digest of the shown request, so that only this one can be recorded. */
  readonly digest?: string;
}

/** The figures recorded just before. */
export interface JustRecorded {
  readonly figures: number;
  readonly automaker: string;
  readonly position: number;
}

interface ReleasePageProps {
  readonly values: FormValues;
  readonly names: NamesToPick;
  /** Its name for people, if one is chosen. */
  readonly automaker: string | undefined;
  readonly labels: readonly LabelFields[];
  readonly idempotencyKey: string;
  readonly outcome: ReleaseOutcome;
  readonly justRecorded?: JustRecorded;
}

const line = (name: string, label: string, hint: string, required: boolean): FormInput => ({
  name,
  label,
  hint,
  required,
  kind: 'line',
});

const MONTH = line('month', 'month', 'That the release is about, such as March 2026', true);
const WHOLE_BRAND = line('entity', 'brand', 'Where the whole table is of one brand', false);
const WHOLE_MARKET = line('market', 'market', 'Where the whole table is of one market', false);
const SOURCE = sourceGroup(true);

/**
 * A monthly release: its table is pasted, parsed, checked against itself and the ledger, and recorded with
 * its only source.
 */
export function ReleasePage({
  values,
  names,
  automaker,
  labels,
  idempotencyKey,
  outcome: { problems = [], refusal, shown, grid, digest },
  justRecorded,
}: ReleasePageProps): VNode {
  const { formToken } = usePageContext();
  const wrongIn = (name: string): readonly FieldProblem[] => problems.filter(({ field }) => field === name);
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href="/log">Log an event</a>
        </p>
        <h1>Paste a release</h1>
        <p class="lead">
          The table of a monthly release, as text, CSV or HTML. It is read, its totals and rates of growth are
          checked, and every figure is recorded with one source. Nothing is recorded before you have seen it.
        </p>
      </header>
      {justRecorded && <Recorded {...justRecorded} />}
      <ErrorSummary
        problems={problems.map(({ field, message }) => ({
          to: anchorOf(field),
          words: `${wordsOf(field)} ${message}`,
        }))}
      />
      {refusal !== undefined && (
        <p class="note bad" role="alert">
          <strong>Nothing was recorded.</strong> {refusal}
        </p>
      )}
      <form action="/log/release" method="post" id="release-form" class="form wide" novalidate>
        <input type="hidden" name="formToken" value={formToken} />
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
        {digest !== undefined && <input type="hidden" name="shown" value={digest} />}
        <fieldset>
          <legend>Whose release, and of which month</legend>
          <div class="field">
            <label for="automaker">Automaker</label>
            <Wrong id="automaker-wrong" problems={wrongIn('automaker')} />
            <input
              type="text"
              id="automaker"
              name="automaker"
              list="automakers"
              required
              value={textOf(values, 'automaker')}
              maxLength={200}
              autocomplete="off"
              aria-invalid={wrongIn('automaker').length > 0 ? 'true' : undefined}
              aria-describedby={wrongIn('automaker').length > 0 ? 'automaker-wrong' : undefined}
            />
            <datalist id="automakers">
              {names.automakers.map(({ id, names: [name = id] }) => (
                <option key={id} value={name} />
              ))}
            </datalist>
            <datalist id="brands">
              {names.entity.map(({ id, names: [name = id] }) => (
                <option key={id} value={name} />
              ))}
            </datalist>
          </div>
          <InputField input={MONTH} values={values} problems={wrongIn('month')} />
        </fieldset>
        <GroupFields group={SOURCE} values={values} problems={problems} names={undefined} first={undefined} />
        <fieldset>
          <legend>The table</legend>
          <div class="field">
            <label for="text">Pasted, with its heads</label>
            <Wrong id="text-wrong" problems={wrongIn('text')} />
            <textarea
              id="text"
              name="text"
              rows={12}
              spellcheck={false}
              required
              aria-invalid={wrongIn('text').length > 0 ? 'true' : undefined}
              aria-describedby={wrongIn('text').length > 0 ? 'text-wrong' : undefined}
              value={pastedIn(values)}
            />
          </div>
          <div class="inline">
            <Choice
              id="measure"
              name="measure"
              title="Where nothing else is said, it counts"
              none="Vehicles sold in all"
              chosen={textOf(values, 'measure')}
            >
              {MEASURE_CHOICES.filter(([measure]) => measure !== 'total-units')}
            </Choice>
            <Choice
              id="basis"
              name="basis"
              title="Counted as"
              none="Not told"
              chosen={textOf(values, 'basis')}
            >
              {BASIS_CHOICES}
            </Choice>
          </div>
          <details open={[WHOLE_BRAND, WHOLE_MARKET].some(({ name }) => textOf(values, name) !== '')}>
            <summary>Of one brand or one market only</summary>
            <InputField input={WHOLE_BRAND} values={values} problems={wrongIn('entity')} names={names} />
            <InputField input={WHOLE_MARKET} values={values} problems={wrongIn('market')} />
          </details>
        </fieldset>
        <LabelMapping labels={labels} />
        <div class="actions">
          <button class={shown ? 'button second' : 'button'} type="submit" name="step" value="preview">
            {shown ? 'Read it again' : 'Read the table'}
          </button>
        </div>
        {shown && grid && (
          <section aria-labelledby="understood-title" class="stacked">
            <ReleaseReport shown={shown} grid={grid} automaker={automaker ?? ''} />
            {shown.sums.some(({ isRounding }) => !isRounding) && (
              <div class="choices">
                <label>
                  <input
                    type="checkbox"
                    name="confirmSums"
                    value="yes"
                    checked={textOf(values, 'confirmSums') === 'yes'}
                  />
                  The source says it so, although it does not add up
                </label>
              </div>
            )}
            <DifferingCells figures={shown.figures} automaker={automaker ?? ''} values={values} />
            <DoubtChoices doubts={doubtsOf(shown, values)} values={values} />
            {(shown.events.length > 0 || shown.figures.some(differsFromRecorded)) && (
              <div class="actions">
                <button class="button" type="submit" name="step" value="record">
                  {buttonOf(shown)}
                </button>
              </div>
            )}
          </section>
        )}
      </form>
    </>
  );
}

const differsFromRecorded = ({ standing }: HeldFigure): boolean => standing.kind === 'differs';

function buttonOf({ figures, events }: ReleasePreview): string {
  if (figures.some(differsFromRecorded)) return 'Record it as it is said above';
  const isAllNew = figures.every(({ standing }) => standing.kind === 'new');
  if (!isAllNew) return 'Record what is new';
  return events.length === 1 ? 'Record this figure' : `Record these ${numberInWords(events.length)} figures`;
}

function Recorded({ figures, automaker, position }: JustRecorded): VNode {
  return (
    <p class="note good" role="status">
      {figures === 0
        ? 'Nothing was new, and nothing was recorded.'
        : `${figures === 1 ? '1 figure is' : `${numberInWords(figures)} figures are`} recorded.`}{' '}
      <a href={addressOf('/timeline', { automaker, type: 'FigureReported', minPosition: position })}>
        See them on the timeline
      </a>
    </p>
  );
}

const OWN_IDS = ['automaker', 'text', 'measure', 'basis', 'labels', 'differing'];

/** The anchor of the place to fix a problem. */
const anchorOf = (field: string): string =>
  field.startsWith('labels') ? 'labels' : OWN_IDS.includes(field) ? field : idOfInput(field);

/** A field of the form, or a label of the table, in words for people. */
const wordsOf = (field: string): string =>
  field.startsWith('labels.')
    ? `What “${field.slice('labels.'.length)}” means:`
    : field === 'text'
      ? 'The table'
      : field === 'entity'
        ? 'Brand'
        : fieldPathInWords(field);

/** The doubts that the author is asked to confirm, and those confirmed before. */
function doubtsOf({ preview }: ReleasePreview, values: FormValues): Confirmation[] {
  const asked = new Set(
    (preview?.outcomes ?? []).flatMap((each) => {
      const codes = each.accepted ? undefined : each['confirm'];
      return Array.isArray(codes) ? codes.map(String) : [];
    }),
  );
  return CONFIRMATIONS.filter((code) => asked.has(code) || textOf(values, `confirm.${code}`) === 'yes');
}

import { createHash } from 'node:crypto';
import { Evidence } from '../../domain/ledger/evidence.js';
import { CONFIRMATIONS } from '../../domain/ledger/doubts.js';
import { dateFromWords, marketFromWords } from '../../domain/ledger/peoples-words.js';
import { isMarket, isPlainObject } from '../../domain/events/fields.js';
import { idFor, idNamed } from '../../domain/ledger/picked-names.js';
import { inLedgersWords } from '../../domain/ledger/understood-words.js';
import type { Meaning } from '../../domain/release/label-meaning.js';
import type { NamesToPick } from '../../queries/log/names-to-pick.js';
import { dataFrom } from '../log/form-inputs.js';
import { textOf, type FormValues } from '../form-body.js';
import { settlementsIn } from './differing-cells.js';
import { changedMeanings, labelsIn } from './label-fields.js';

/** What a form about a release says, as a request to the desk: it may be wrong in any way. */
export function requestOf(
  values: FormValues,
  known: Readonly<Record<string, Meaning>>,
  names: NamesToPick,
): Record<string, unknown> {
  const month = monthOf(values);
  const [entity, market] = [textOf(values, 'entity'), textOf(values, 'market')];
  const basis = textOf(values, 'basis');
  return {
    text: pastedIn(values),
    month,
    measure: textOf(values, 'measure') || 'total-units',
    ...(basis !== '' && { basis }),
    ...(entity !== '' && { entity: idNamed(entity, names.entity) ?? idFor(entity) }),
    ...(market !== '' && { market: isMarket(market) ? market : (marketFromWords(market) ?? market) }),
    source: sourceOf(values),
    labels: changedMeanings(labelsIn(values), month, known, names.entity),
    confirm: CONFIRMATIONS.filter((code) => textOf(values, `confirm.${code}`) === 'yes'),
    confirmSums: textOf(values, 'confirmSums') === 'yes',
    differing: settlementsIn(values),
  };
}

/** The table as it was pasted: a blank at its beginning may be an empty cell. */
export function pastedIn({ text }: FormValues): string {
  return typeof text === 'string' ? text : '';
}

/** The one source: empty where nothing of it was filled in, so that each part that is missing is told. */
function sourceOf(values: FormValues): object {
  const source = dataFrom(Evidence, 'evidence[0]', values) ?? {};
  const { evidence } = inLedgersWords({ evidence: [source] });
  const [understood] = evidence;
  return isPlainObject(understood) ? understood : source;
}

/** The month as the ledger has it; what is none stays, to be told that it is none. */
export function monthOf(values: FormValues): string {
  const text = textOf(values, 'month');
  return dateFromWords(text) ?? text;
}

/** Says of what was shown whether it is still the same: what is confirmed aside, which is said afterwards. */
export function digestOf({
  confirm: _confirm,
  confirmSums: _sums,
  differing: _differing,
  ...request
}: Record<string, unknown>): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url').slice(0, 22);
}

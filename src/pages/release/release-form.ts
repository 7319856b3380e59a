import { createHash } from 'node:crypto';
import { Evidence } from '../../domain/ledger/evidence.js';
import { CONFIRMATIONS } from '../../domain/ledger/doubts.js';
import { dateFromWords } from '../../domain/ledger/dates-in-words.js';
import { marketFrom } from '../../domain/ledger/understood-words.js';
import { isPlainObject } from '../../domain/events/fields.js';
import { idFor, idNamed } from '../../domain/ledger/picked-names.js';
import { inLedgersWords } from '../../domain/ledger/understood-words.js';
import type { Meaning } from '../../domain/release/label-meaning.js';
import type { NamesToPick } from '../../queries/log/names-to-pick.js';
import { dataFrom } from '../log/form-inputs.js';
import { textOf, type FormValues } from '../form-body.js';
import { settlementsIn } from './differing-cells.js';
import { changedMeanings, labelsIn } from './label-fields.js';

/** The form of a release as a request, which may be invalid in any way. */
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
    ...(market !== '' && { market: marketFrom(market) }),
    source: sourceOf(values),
    labels: changedMeanings(labelsIn(values), month, known, names.entity),
    confirm: CONFIRMATIONS.filter((code) => textOf(values, `confirm.${code}`) === 'yes'),
    confirmSums: textOf(values, 'confirmSums') === 'yes',
    differing: settlementsIn(values),
  };
}

/** The table as pasted, without trimming, because a blank at its start may be an empty cell. */
export function pastedIn({ text }: FormValues): string {
  return typeof text === 'string' ? text : '';
}

/** The only source. An object even if nothing is filled in, so that every missing part is reported. */
function sourceOf(values: FormValues): object {
  const source = dataFrom(Evidence, 'evidence[0]', values) ?? {};
  const { evidence } = inLedgersWords({ evidence: [source] });
  const [understood] = evidence;
  return isPlainObject(understood) ? understood : source;
}

/** The month in the ledger's format. Invalid text stays, so that validation reports it. */
export function monthOf(values: FormValues): string {
  const text = textOf(values, 'month');
  return dateFromWords(text) ?? text;
}

/**
 * A digest of the request that tells whether it is still the one shown. Confirmations are excluded, because
 * they are added afterwards.
 */
export function digestOf({
  confirm: _confirm,
  confirmSums: _sums,
  differing: _differing,
  ...request
}: Record<string, unknown>): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url').slice(0, 22);
}

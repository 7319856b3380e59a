/** A number as a release prints it. */
export type PrintedNumber =
  | {
      readonly kind: 'amount';
      readonly value: number;
      /** Half a unit of the last digit, if the number is printed in thousands or ten thousands. */
      readonly halfWidth?: number;
      /** A growth rate in the same cell: "40,000 (+12.0 %)". */
      readonly growth?: PrintedPercent;
    }
  | PrintedPercent;

interface PrintedPercent {
  readonly kind: 'percent';
  readonly value: number;
  readonly halfWidth: number;
}

const NOTHING = /^(?:[-–—*/]+|n\.?\s?[am]\.?|nil|tbd|\.{2,3}|…)?$/i;
const GROUPED = /^\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+$/;
const UNIT = /\s*(?:units?|vehicles?|cars|pcs|辆|台)$/i;
const SCALES: Readonly<Record<string, number>> = { 万: 10_000, k: 1000, K: 1000, 千: 1000 };

/** Whether a cell explicitly holds no value. */
export const isNothing = (cell: string): boolean => NOTHING.test(cell.trim());

/**
 * Parses a number; undefined if the text is not one. Groups of three digits are thousands, whatever the
 * separator. If numbers are in thousands or ten thousands (`scale`), a point is a decimal point.
 */
export function printedNumber(cell: string, scale = 1): PrintedNumber | undefined {
  const text = withoutNotes(cell);
  const [, first, inBrackets] = /^(\d[^(/|]*?)\s*(?:\(|\/|\|)\s*([^()]*%)\s*\)?$/.exec(text) ?? [];
  if (first !== undefined && inBrackets !== undefined) {
    const [amount, growth] = [amountIn(first, scale), percentIn(inBrackets)];
    return amount && growth && { ...amount, growth };
  }
  return percentIn(text) ?? amountIn(text, scale);
}

/** Parses a growth rate without percent sign: with decimals, or if the label has the sign. */
export function barePercent(cell: string, isInPercent: boolean): PrintedNumber | undefined {
  const text = withoutNotes(cell);
  return isInPercent || /[.,]/.test(text) ? percentIn(text, true) : undefined;
}

/** Removes footnote marks at the end and replaces dashes by minus signs. */
const withoutNotes = (cell: string): string =>
  cell
    .trim()
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/(?:[†‡*]|\[\w{1,2}\]|[¹²³])+$/, '')
    .trim();

function percentIn(text: string, isBare = false): PrintedPercent | undefined {
  const isNegative = /^\(.*\)\s*%?$/.test(text) || /^-|^[▼↓]/.test(text);
  const bare = text.replace(/^[(+\-▲▼↑↓\s]+/, '').replace(/[)\s]+$/, '');
  const [, number] =
    /^(\d+(?:[.,]\d+)?)\s*\)?\s*(?:%|pct\.?|percent)$/i.exec(bare) ??
    (isBare ? /^(\d{1,4}(?:[.,]\d{1,2})?)$/.exec(bare) : null) ??
    [];
  if (number === undefined) return undefined;
  const [, decimals = ''] = number.split(/[.,]/);
  const value = Number(number.replace(',', '.'));
  return { kind: 'percent', value: isNegative ? -value : value, halfWidth: 0.5 * 10 ** -decimals.length };
}

function amountIn(cell: string, scale: number): Extract<PrintedNumber, { kind: 'amount' }> | undefined {
  const text = cell.replace(UNIT, '').trim();
  const [, written = text, unit] = /^(.*?)\s*([万千kK])$/.exec(text) ?? [];
  const times = unit === undefined ? scale : (SCALES[unit] ?? 1);
  if (times === 1) {
    if (GROUPED.test(written)) return { kind: 'amount', value: Number(written.replaceAll(/[^\d]/g, '')) };
    return /^\d+$/.test(written) ? { kind: 'amount', value: Number(written) } : undefined;
  }
  const [, whole, decimals = ''] =
    /^(\d+|\d{1,3}(?:[, \u00a0\u202f]\d{3})+)(?:\.(\d+))?$/.exec(written) ?? [];
  if (whole === undefined) return undefined;
  const value = Math.round(Number(`${whole.replaceAll(/\D/g, '')}.${decimals}`) * times);
  return { kind: 'amount', value, halfWidth: (times * 10 ** -decimals.length) / 2 };
}

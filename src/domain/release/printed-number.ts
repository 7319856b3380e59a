/** A number as a release prints it. */
export type PrintedNumber =
  | { readonly kind: 'amount'; readonly value: number }
  | { readonly kind: 'percent'; readonly value: number; readonly halfWidth: number };

const NOTHING = /^(?:[-–—*/]|n\.?\s?[am]\.?|\/)?$/i;
const GROUPED = /^\d{1,3}(?:[,.' \u00a0\u202f]\d{3})+$/;

/** Whether a cell says that there is nothing. */
export const isNothing = (cell: string): boolean => NOTHING.test(cell.trim());

/** Undefined for what is no number. Groups of three digits are thousands, whatever stands between them. */
export function printedNumber(cell: string): PrintedNumber | undefined {
  const text = cell
    .trim()
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[†‡*]+$/, '');
  const isNegative = /^\(.*\)$/.test(text) || /^-|^[▼↓]/.test(text);
  const bare = text.replace(/^[(+\-▲▼↑↓\s]+/, '').replace(/[)\s]+$/, '');
  const percent = /^(\d+(?:[.,]\d+)?)\s*%$/.exec(bare)?.[1];
  if (percent !== undefined) {
    const [, decimals = ''] = percent.split(/[.,]/);
    const value = Number(percent.replace(',', '.'));
    return { kind: 'percent', value: isNegative ? -value : value, halfWidth: 0.5 * 10 ** -decimals.length };
  }
  const tenThousands = /^(\d+(?:\.\d+)?)\s*万$/.exec(bare)?.[1];
  if (tenThousands !== undefined) return { kind: 'amount', value: Math.round(Number(tenThousands) * 10_000) };
  if (GROUPED.test(bare)) return { kind: 'amount', value: Number(bare.replaceAll(/[^\d]/g, '')) };
  return /^\d+$/.test(bare) ? { kind: 'amount', value: Number(bare) } : undefined;
}

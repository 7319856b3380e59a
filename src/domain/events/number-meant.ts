const GROUPED = /^\d{1,3}(?:[,.'’ \u00a0\u202f_]\d{3})+$/;
const PLAIN = /^\d+(?:\.\d+)?$/;
const SCALED = /^(.*?)\s*([%万千km])$/iu;
const SCALES: Readonly<Record<string, number>> = { 万: 10_000, 千: 1000, k: 1000, m: 1_000_000 };

/**
 * The number that a text most likely stands for, whose digits are grouped or scaled as people write them:
 * "40,011", "4.5万", "50 %". Undefined if it is none.
 */
export function numberMeant(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const text = value.normalize('NFKC').trim();
  const [, digits = text, mark = ''] = SCALED.exec(text) ?? [];
  if (mark === '' && GROUPED.test(digits)) return Number(digits.replace(/\D/g, ''));
  if (!PLAIN.test(digits)) return undefined;
  return Math.round(Number(digits) * (SCALES[mark.toLowerCase()] ?? 1) * 1e6) / 1e6;
}

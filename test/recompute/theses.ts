import type { Check } from './progress.js';

/** Recounts a thesis's cases and judges it again, without any code of the tracker. */

export interface ThesisJson {
  readonly id: string;
  readonly verdict: string;
  readonly supporting: number;
  readonly contradicting: number;
  readonly undecided: number;
  readonly events: number;
  readonly notTested?: string;
  readonly test?: { readonly method: string; readonly p: number; readonly leans: string };
  readonly cases: readonly {
    readonly name: string;
    readonly finding: string;
    readonly events: readonly string[];
  }[];
}

/**
 * Twice the share of all 2ⁿ outcomes of n cases in which one side has at least this many, by Pascal's
 * triangle; at most 1.
 */
function signP(yes: number, no: number): number {
  let row = [1];
  for (let n = 0; n < yes + no; n++) row = [...row, 0].map((each, k) => each + (row[k - 1] ?? 0));
  const ways = row.reduce((sum, each, k) => sum + (k >= Math.max(yes, no) ? each : 0), 0);
  return Math.min(1, (2 * ways) / 2 ** (yes + no));
}

const rounded = (p: number): number => Math.round(p * 1e9) / 1e9;

export function recomputedThesis(thesis: ThesisJson): Check[] {
  const { id, cases } = thesis;
  const of = (finding: string) => cases.filter((each) => each.finding === finding).length;
  const [yes, no] = [of('supports'), of('contradicts')];
  const { test, notTested } = thesis;
  const verdict =
    notTested !== undefined
      ? 'not-tested'
      : yes + no < 3 || !test
        ? 'not-enough-evidence'
        : test.p > 0.05 || test.leans === 'neither'
          ? 'could-be-chance'
          : test.leans === 'for'
            ? 'supported'
            : 'contradicted';
  const signTest =
    test?.method === 'exact binomial'
      ? [{ what: `${id} p`, told: rounded(test.p), recomputed: rounded(signP(yes, no)) }]
      : [];
  return [
    ...signTest,
    { what: `${id} supporting`, told: thesis.supporting, recomputed: yes },
    { what: `${id} contradicting`, told: thesis.contradicting, recomputed: no },
    { what: `${id} undecided`, told: thesis.undecided, recomputed: of('undecided') },
    { what: `${id} events`, told: thesis.events, recomputed: new Set(cases.flatMap((c) => c.events)).size },
    { what: `${id} verdict`, told: thesis.verdict, recomputed: verdict },
  ];
}

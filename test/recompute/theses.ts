import type { Check } from './progress.js';

/** Counts and judges a thesis again from its cases, with no code of the tracker. */

export interface ThesisJson {
  readonly id: string;
  readonly verdict: string;
  readonly supporting: number;
  readonly contradicting: number;
  readonly undecided: number;
  readonly events: number;
  readonly cases: readonly { readonly finding: string; readonly events: readonly string[] }[];
}

export function recomputedThesis(thesis: ThesisJson): Check[] {
  const { id, cases } = thesis;
  const of = (finding: string) => cases.filter((each) => each.finding === finding).length;
  const [yes, no] = [of('supports'), of('contradicts')];
  const verdict =
    yes + no < 3
      ? 'not-enough-evidence'
      : yes >= 3 * no
        ? 'supported'
        : no >= 3 * yes
          ? 'contradicted'
          : 'mixed';
  return [
    { what: `${id} supporting`, told: thesis.supporting, recomputed: yes },
    { what: `${id} contradicting`, told: thesis.contradicting, recomputed: no },
    { what: `${id} undecided`, told: thesis.undecided, recomputed: of('undecided') },
    { what: `${id} events`, told: thesis.events, recomputed: new Set(cases.flatMap((c) => c.events)).size },
    { what: `${id} verdict`, told: thesis.verdict, recomputed: verdict },
  ];
}

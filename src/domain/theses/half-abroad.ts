import { progressOf } from '../goals/progress.js';
import type { Status } from '../goals/status.js';
import type { ThesisCase, Thesis } from './thesis.js';

/** Statuses that say neither that the target will be reached nor that it will not. */
const UNDECIDED: readonly Status[] = ['not-enough-evidence', 'not-comparable', 'between-bands'];

export const halfAbroad: Thesis = {
  id: 'half-abroad',
  question: 'Are the automakers that promised half of their sales abroad getting there?',
  claim: 'Half of sales overseas by the early 2030s.',
  measure: 'the status of each target of half of all sales abroad or more, of a whole automaker',
  rule: 'supports where achieved or on track, contradicts where behind the pace, deteriorating, missed or withdrawn; undecided without enough figures',
  cases: (world) =>
    world.flatMap(({ automaker, on }) =>
      automaker.targets.flatMap((record): ThesisCase[] => {
        const terms = record.versions.at(-1)?.terms;
        if (terms?.measure !== 'overseas-sales-share' || terms.threshold < 50 || terms.entity || terms.market)
          return [];
        const { status, value, summary } = progressOf(automaker, record, on);
        return [
          {
            name: `${automaker.id}: ${record.target}`,
            finding: UNDECIDED.includes(status)
              ? 'undecided'
              : status === 'achieved' || status === 'met-when-set' || status === 'on-track'
                ? 'supports'
                : 'contradicts',
            shows: summary,
            events: [
              ...record.versions.map(({ event }) => event),
              ...(value?.inputs.flatMap(({ events }) => events) ?? []),
            ],
          },
        ];
      }),
    ),
};

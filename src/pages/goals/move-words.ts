import type { GoalMove } from '../../domain/goals/goal-book.js';

/** Words for the changes of a goal. */
export const MOVE_WORDS: Readonly<Record<GoalMove, string>> = {
  raised: 'raised',
  cut: 'cut',
  postponed: 'postponed',
  'brought-forward': 'brought forward',
  dated: 'given a date',
  undated: 'date dropped',
  redefined: 'counts something else',
  withdrawn: 'withdrawn',
};

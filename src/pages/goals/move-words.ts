import type { GoalMove } from '../../domain/goals/goal-book.js';

/** What was done to a goal, as a word beside it. */
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

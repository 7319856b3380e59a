import { daysOf } from '../../domain/ledger/edtf.js';
import type { ChangeClass } from '../../domain/goals/target-history.js';
import type { TargetVersion } from '../../domain/state/records.js';
import { changeInWords } from '../design/words.js';

type Said = Pick<TargetVersion, 'occurredOn' | 'terms'>;

/**
 * The changes in a version of a goal, in words. A deadline that moved at both ends became wider or narrower.
 * A deadline that is as many years away as when it was said before did not move: it rolled forward.
 */
export function changesInWords(
  classes: readonly ChangeClass[],
  version: Said,
  before: Said | undefined,
): string[] {
  const moves: readonly ChangeClass[] = ['deadline-earlier', 'deadline-later'];
  const moved = classes.filter((each) => moves.includes(each));
  if (!before || moved.length === 0) return classes.map(changeInWords);
  const words = deadlineInWords(version, before) ?? moved.map(changeInWords).join('; ');
  const others = classes.map((each) => (moves.includes(each) ? words : changeInWords(each)));
  return [...new Set(others)];
}

function deadlineInWords(version: Said, before: Said): string | undefined {
  const [was, is] = [before.terms.deadline, version.terms.deadline];
  if (was === undefined || is === undefined) return undefined;
  const years = yearsOff(version);
  if (years !== undefined && years === yearsOff(before))
    return `the deadline rolled on: ${years === 1 ? 'a year' : `${years} years`} from when it was said, as before`;
  const [old, now] = [daysOf(was), daysOf(is)];
  if (now.first < old.first && now.last > old.last) return 'the deadline became wider, at both ends';
  if (now.first > old.first && now.last < old.last) return 'the deadline became narrower, at both ends';
  return undefined;
}

/**
 * How many whole years the deadline was away when it was said, by month; undefined if it is not a whole
 * number.
 */
function yearsOff({ occurredOn, terms: { deadline } }: Said): number | undefined {
  if (deadline === undefined || !/^\d{4}-\d\d/.test(deadline)) return undefined;
  const [said, by] = [daysOf(occurredOn).last, daysOf(deadline).last];
  const years = Number(by.slice(0, 4)) - Number(said.slice(0, 4));
  return said.slice(5, 7) === by.slice(5, 7) && years > 0 ? years : undefined;
}

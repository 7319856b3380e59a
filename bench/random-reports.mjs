// Reports of units as many sources give them: overlapping, rounded, and some of them wrong. Every run gives
// the same reports.

/** The reports cover this many days from 2010-01-01. */
const DAYS = 15 * 365;
const GRADES = ['confirmed', 'reported', 'rumoured'];

const dayAfter = (days) => new Date(Date.UTC(2010, 0, 1 + days)).toISOString().slice(0, 10);

/**
 * Reports over fifteen years, each covering one day to one year. Half of them are rounded, and the share
 * `wrong` is wrong.
 */
export function randomReports(count, wrong = 0.1) {
  let seed = 7;
  const random = () => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
  const below = (limit) => Math.floor(random() * limit);
  const counts = [0];
  for (let day = 0; day < DAYS; day++) counts.push(counts[day] + below(2000));
  return Array.from({ length: count }, (_, position) => {
    const from = below(DAYS - 1);
    const to = Math.min(DAYS, from + 1 + below([7, 31, 92, 366][below(4)]));
    const exact = counts[to] - counts[from];
    const place = random() < 0.5 ? 1000 : 1;
    return {
      event: `event-${position}`,
      value: Math.round((random() < wrong ? exact * (0.5 + random()) : exact) / place) * place,
      plusMinus: place === 1 ? 0 : place / 2,
      approximate: false,
      first: dayAfter(from),
      last: dayAfter(to - 1),
      grade: GRADES[below(3)],
      position,
    };
  });
}

import type { Progress } from '../../domain/goals/progress.js';
import { MEASURES } from '../../domain/measures/measures.js';
import { dayInWords, deadlineInWords, whenInWords } from '../design/dates.js';
import { periodOfValue } from '../design/time-words.js';
import { boundsInWords, countedInWords, goalAmountInWords } from '../design/words.js';
import { NAMING } from '../../queries/names.js';

/** The ratings as they appear within a sentence. */
const LOW = {
  'on-track': 'on track',
  'acceleration-needed': 'acceleration needed',
  limited: 'limited',
  deteriorating: 'deteriorating',
} as const;

/**
 * The message of a target's chart, in a sentence that could be a headline. For a goal of a brand, the
 * sentence is about the brand, because the automaker sold more than that.
 */
export function findingOf(automaker: string, progress: Progress): string {
  const { entity } = progress.terms;
  return findingFor(entity === undefined ? automaker : NAMING.company(entity), progress);
}

function findingFor(name: string, progress: Progress): string {
  const { terms, value, status, deadline, on, late, bands } = progress;
  const threshold = goalAmountInWords(terms);
  const goal = `its goal of ${threshold}${deadline ? ` ${deadlineInWords(deadline.words)}` : ''}`;
  const isOver = deadline !== undefined && deadline.late < on;
  if (!value) {
    const what = countedInWords(terms);
    return isOver
      ? `Nothing reported says how near ${name} came to ${goal} (${what})`
      : `Nothing is reported yet of how near ${name} is to ${goal} (${what})`;
  }
  if (terms.measure === 'market-presence') return presenceOf(name, progress);
  const did = `${doneInWords(progress, value)} ${periodOfValue(value)}`;
  /** A rating of a goal whose deadline is over is of then, and does not say how it ended. */
  const rated = (how: string): string =>
    isOver
      ? `${name} ${did}, then ${how} ${goal}; how that ended is not known`
      : `${name} ${did}, ${how} ${goal}`;
  switch (status) {
    case 'achieved':
      return `${name} reached ${goal}: it ${did}`;
    case 'met-when-set':
      return `${name} ${did}, before it set ${goal}`;
    case 'missed':
      return late
        ? `${name} missed ${goal}: what was promised came late, ${whenInWords(late.on)}`
        : `${name} missed ${goal}: it ${did}`;
    case 'between-bands':
      return rated(bands ? `between ${LOW[bands.lowest]} and ${LOW[bands.highest]} for` : 'for');
    case 'not-comparable':
      return `${name}: no figure counts what ${goal} counts`;
    case 'withdrawn':
      return `${name} withdrew ${goal}; it ${did}`;
    case 'on-track':
      return rated('on track for');
    case 'acceleration-needed':
      return isOver ? rated('too slow for') : `${name} ${did} and has to speed up for ${goal}`;
    case 'limited':
      return rated('far too slow for');
    case 'deteriorating':
      return rated('moving away from');
    case 'not-enough-evidence':
      return isOver
        ? `${name} ${did}; whether it met ${goal} is not known`
        : `${name} ${did}; how fast it nears ${goal} is not known`;
  }
}

/** The achievement in words: flows are sold or built, levels are had. */
function doneInWords({ terms }: Progress, value: NonNullable<Progress['value']>): string {
  const { measure, market, unit } = terms;
  const amount = boundsInWords(value, unit);
  const where =
    market !== undefined ? ` in ${NAMING.place(market)}` : measure === 'total-units' ? '' : ' abroad';
  if (MEASURES[measure].nature === 'level') return `had ${amount}${where}`;
  const does = measure === 'local-production-units' ? 'built' : 'sold';
  return MEASURES[measure].nature === 'share' && value.perimeter.basis === 'revenue'
    ? `made ${amount} of its revenue${where}`
    : `${does} ${amount}${MEASURES[measure].nature === 'share' ? ' of its vehicles' : ''}${where}`;
}

function presenceOf(name: string, { terms, status, late, value, deadline }: Progress): string {
  const place = terms.market === undefined ? 'the market' : NAMING.place(terms.market);
  const by = deadline ? ` ${deadlineInWords(deadline.words)}` : '';
  const since = value ? ` on ${dayInWords(value.last)}` : '';
  switch (status) {
    case 'achieved':
      return `${name} entered ${place}${since}, as it had promised`;
    case 'met-when-set':
      return `${name} was in ${place} already when it promised to enter it`;
    case 'missed':
      return `${name} entered ${place} late, ${late ? whenInWords(late.on) : 'after its deadline'}`;
    case 'withdrawn':
      return `${name} withdrew its plan to enter ${place}`;
    default:
      return `Whether ${name} entered ${place}${by} is not known`;
  }
}

import type { VNode } from 'preact';
import { GOAL_MOVES } from '../../domain/goals/goal-book.js';
import { STATUSES } from '../../domain/goals/status.js';
import { MEASURE_NAMES } from '../../domain/measures/measures.js';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';
import { AutomakerChoice } from '../design/automaker-choice.js';
import { MEASURE_WORDS, STATUS_LOOKS } from '../design/words.js';
import { addressOf, usePageContext } from '../page-context.js';
import { MOVE_WORDS } from './move-words.js';

const OWN = ['automaker', 'automakers', 'measure', 'market', 'status', 'moved', 'movedSince'];

/** Filters for goals: a plain form that leads to an address. */
export function GoalFilters({ choice }: { choice: AutomakerNames }): VNode {
  const { query, path, clocks } = usePageContext();
  const kept = Object.entries(query).filter(
    ([name]) => ![...OWN, 'cursor', 'csv', 'minPosition'].includes(name),
  );
  const isFiltered = OWN.some((name) => (query[name] ?? '') !== '');
  return (
    <details open={isFiltered}>
      <summary>Choose which goals</summary>
      <form action={path} method="get" class="inline">
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <AutomakerChoice id="goals-automaker" automakers={choice} chosen={query['automaker']} />
        <Choice
          name="measure"
          label="What is counted"
          options={MEASURE_NAMES.map((name) => [name, MEASURE_WORDS[name]] as const)}
        />
        <Choice
          name="status"
          label="Verdict"
          options={STATUSES.map((status) => [status, STATUS_LOOKS[status].words] as const)}
        />
        <Choice
          name="moved"
          label="Moved"
          options={GOAL_MOVES.map((move) => [move, MOVE_WORDS[move]] as const)}
        />
        <div class="field">
          <label for="goals-moved-since">Moved since</label>
          <input id="goals-moved-since" type="date" name="movedSince" value={query['movedSince'] ?? ''} />
        </div>
        <button class="button" type="submit">
          Show
        </button>
        {isFiltered && <a href={addressOf(path, { ...clocks })}>Show all</a>}
      </form>
    </details>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [string, string])[];
}

function Choice({ name, label, options }: ChoiceProps): VNode {
  const { query } = usePageContext();
  return (
    <div class="field">
      <label for={`goals-${name}`}>{label}</label>
      <select id={`goals-${name}`} name={name}>
        <option value="">all</option>
        {options.map(([value, words]) => (
          <option key={value} value={value} selected={query[name] === value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

import type { VNode } from 'preact';
import type { AutomakersAnswer } from '../../queries/automakers/list-automakers.js';

/** So many are offered to choose from; among more an id is typed. */
export const MOST_OFFERED = 200;

interface AutomakerChoiceProps {
  readonly id: string;
  readonly automakers: AutomakersAnswer;
  readonly chosen: string | undefined;
}

/** One automaker or all of them, as a field of a form. */
export function AutomakerChoice({
  id,
  automakers: { automakers, next },
  chosen,
}: AutomakerChoiceProps): VNode {
  return (
    <div class="field">
      <label for={id}>Automaker</label>
      {next === undefined ? (
        <select id={id} name="automaker">
          <option value="">all</option>
          {automakers.map((each) => (
            <option key={each.id} value={each.id} selected={each.id === chosen}>
              {each.name}
            </option>
          ))}
        </select>
      ) : (
        <input
          type="text"
          id={id}
          name="automaker"
          maxLength={64}
          size={16}
          placeholder="all, or an id such as xpeng"
          value={chosen ?? ''}
        />
      )}
    </div>
  );
}

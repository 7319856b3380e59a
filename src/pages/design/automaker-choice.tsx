import type { VNode } from 'preact';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';

/** So many are offered to choose from; among more an id is typed. */
export const MOST_OFFERED = 200;

interface AutomakerChoiceProps {
  readonly id: string;
  readonly automakers: AutomakerNames;
  readonly chosen: string | undefined;
}

/** One automaker or all of them, as a field of a form. */
export function AutomakerChoice({
  id,
  automakers: { automakers, hasMore },
  chosen,
}: AutomakerChoiceProps): VNode {
  return (
    <div class="field">
      <label for={id}>Automaker</label>
      {!hasMore ? (
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

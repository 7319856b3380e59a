import type { VNode } from 'preact';
import type { AutomakerNames } from '../../queries/automakers/list-automaker-names.js';

/** Maximum number of automakers in the list; among more, an id is typed. */
export const MOST_OFFERED = 200;

interface AutomakerChoiceProps {
  readonly id: string;
  readonly automakers: AutomakerNames;
  readonly chosen: string | undefined;
}

/** A form field for one automaker or all of them. */
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

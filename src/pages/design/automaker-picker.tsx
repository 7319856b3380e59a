import type { VNode } from 'preact';
import { usePageContext } from '../page-context.js';

interface AutomakerPickerProps {
  readonly id: string;
  /** The address to which the choice is submitted. */
  readonly action: string;
  /** The query parameter for the choice. */
  readonly parameter: string;
  readonly automakers: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: string | undefined;
}

/** Chooses one automaker or all of them, and keeps the clocks of the page; works without scripts. */
export function AutomakerPicker({ id, action, parameter, automakers, chosen }: AutomakerPickerProps): VNode {
  const { clocks } = usePageContext();
  return (
    <form class="inline" action={action} method="get">
      {Object.entries(clocks).map(([clock, day]: [string, string]) => (
        <input key={clock} type="hidden" name={clock} value={day} />
      ))}
      <label for={id}>Show</label>
      <select id={id} name={parameter}>
        <option value="">all automakers</option>
        {automakers.map((each) => (
          <option key={each.id} value={each.id} selected={each.id === chosen}>
            {each.name}
          </option>
        ))}
      </select>
      <button class="button second" type="submit">
        Show
      </button>
    </form>
  );
}

import type { VNode } from 'preact';
import { claimedNames, UNSETTLED_UNITS } from '../charts/disputed-territory.js';
import { Section } from '../design/section.js';
import { listInWords } from '../design/words.js';

/** How and why the maps show disputed land. */
export function Borders(): VNode {
  return (
    <Section
      id="borders"
      title="Borders on maps"
      lead="The maps show where cars are sold and built. They take no side in whose land is whose."
    >
      <p>
        Outlines are those of Natural Earth, which draws who is in control, not who is in the right. Land that
        they give to one state and that another claims is hatched over the colour of either:{' '}
        {listInWords(claimedNames())}. Its edges are as rough as the map, and are no lines of control. What is
        too small to be seen on a map of the world is left out.
      </p>
      <p>
        Units of their own are hatched whole where it is not settled what they belong to:{' '}
        {listInWords(UNSETTLED_UNITS)}. Taiwan, Palestine, Hong Kong, Macao and other territories with a code
        of their own in ISO 3166-1 are markets of their own here, since sources count them so; names are those
        of the Unicode CLDR. A market is coloured by what is logged of it under its own name, never by what is
        logged of a state that claims it.
      </p>
    </Section>
  );
}

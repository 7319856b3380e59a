import type { ComponentChildren, VNode } from 'preact';
import type { MadeUp } from '../../domain/methods/made-up-ledger.js';
import type { MethodsPlace } from './methods-places.js';

interface RuleProps {
  readonly id: MethodsPlace;
  readonly title: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A rule with an id for links. */
export function Rule({ id, title, children }: RuleProps): VNode {
  return (
    <div class="rule" id={id}>
      <h3>{title}</h3>
      <div>{children}</div>
    </div>
  );
}

/** The events of an example, as sentences. */
export function Told({ told }: { told: MadeUp['told'] }): VNode {
  return (
    <ul class="small">
      {told.map((sentence) => (
        <li key={sentence}>{sentence}.</li>
      ))}
    </ul>
  );
}

import type { ComponentChildren, VNode } from 'preact';
import type { GlossaryId } from '../methods/glossary.js';
import type { MethodsPlace } from '../methods/methods-places.js';

type ExplainedProps = { readonly children: ComponentChildren; readonly isRating?: boolean } & (
  { readonly method: MethodsPlace } | { readonly term: GlossaryId }
);

/** A rating or term with a link to its explanation. The types ensure that the explanation exists. */
export function Explained({ children, isRating = false, ...of }: ExplainedProps): VNode {
  const href = 'method' in of ? `/methods#${of.method}` : `/glossary#${of.term}`;
  return (
    <a class={isRating ? 'rating' : 'explained'} href={href}>
      {children}
    </a>
  );
}

import type { VNode } from 'preact';

interface OnThisPageProps {
  /** Ids of sections with their names. */
  readonly parts: readonly (readonly [id: string, words: string])[];
  /** Whether it stays visible while scrolling. */
  readonly isSticky?: boolean;
}

/** Links to the sections of a page. */
export function OnThisPage({ parts, isSticky = false }: OnThisPageProps): VNode {
  return (
    <nav class={`parts${isSticky ? ' sticky' : ''} no-print`} aria-label="On this page">
      <ul>
        {parts.map(([id, words]) => (
          <li key={id}>
            <a href={`#${id}`}>{words}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

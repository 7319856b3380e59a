import type { VNode } from 'preact';
import type { WordChange } from '../../queries/audit/get-target-history.js';

/** A text against the one before: what came in, what went, what stayed. */
export function WordsDiff({ words }: { words: readonly WordChange[] }): VNode {
  return (
    <>
      {words.map(({ text, change }, index) => {
        if (change === 'added') return <ins key={index}>{text}</ins>;
        return change === 'removed' ? <del key={index}>{text}</del> : <span key={index}>{text}</span>;
      })}
    </>
  );
}

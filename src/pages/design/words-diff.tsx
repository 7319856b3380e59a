import type { VNode } from 'preact';
import type { WordChange } from '../../queries/audit/get-target-history.js';

/** A text compared with its previous version: added, removed and unchanged words. */
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

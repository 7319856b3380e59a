import type { VNode } from 'preact';
import type { Evidence } from '../../domain/ledger/evidence.js';
import { dateInWords } from './dates.js';

/** The sources of a statement in one line, each with its grade. */
export function Sources({ evidence }: { evidence: readonly Evidence[] }): VNode {
  if (evidence.length === 0) return <span class="quiet">no source</span>;
  return (
    <>
      {evidence.map(({ url, publisher, publishedOn, grade }, index) => (
        <span key={url + String(index)}>
          {index > 0 && '; '}
          <SourceLink url={url}>{publisher}</SourceLink>
          <span class="quiet">
            {publishedOn !== undefined && `, ${dateInWords(publishedOn)}`}, {grade}
          </span>
        </span>
      ))}
    </>
  );
}

/** A link to an external page. Only http and https are linked; other URLs appear as text. */
export function SourceLink({ url, children }: { url: string; children: string }): VNode {
  if (!/^https?:\/\//i.test(url)) return <>{children}</>;
  return (
    <a href={url} rel="noreferrer nofollow external">
      {children}
    </a>
  );
}

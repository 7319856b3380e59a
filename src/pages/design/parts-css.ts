import { css } from './css.js';

/** Badges, tables, lists, forms: the parts that pages are made of. */
export const PARTS = css`
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    font-size: 0.95rem;
    font-weight: 600;
    white-space: nowrap;
    color: var(--none);
  }
  .badge svg {
    width: 0.85em;
    height: 0.85em;
    flex: none;
  }
  .badge.good {
    color: var(--good);
  }
  .badge.fair {
    color: var(--fair);
  }
  .badge.poor {
    color: var(--poor);
  }
  .badge.bad {
    color: var(--bad);
  }
  .tag {
    display: inline-block;
    padding: 0 0.45em;
    border: 1px solid var(--rule-2);
    border-radius: 3px;
    font-size: 0.875rem;
    line-height: 1.5;
    color: var(--ink-2);
    white-space: nowrap;
  }
  .tag.added {
    background: var(--added);
    color: var(--ink);
  }
  .tag.removed {
    background: var(--removed);
    color: var(--ink);
  }

  .table-scroll {
    overflow-x: auto;
    max-width: 100%;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-size: 1rem;
    line-height: 1.35;
  }
  caption {
    text-align: left;
    color: var(--ink-2);
    font-size: 0.95rem;
    padding-bottom: 0.4rem;
  }
  /* What people wrote may have words of any length; the words of columns stay whole as long as they fit. */
  th,
  td {
    overflow-wrap: break-word;
  }
  .fields td,
  .stack td,
  .stack tbody th {
    overflow-wrap: anywhere;
    min-width: 5rem;
  }
  th,
  td {
    text-align: left;
    vertical-align: top;
    padding: 0.5rem 1rem 0.5rem 0;
    border-bottom: 1px solid var(--rule);
  }
  th:last-child,
  td:last-child {
    padding-right: 0;
  }
  thead th {
    font-size: 0.9rem;
    font-weight: 600;
    color: var(--ink-3);
    border-bottom: 1px solid var(--rule-2);
    vertical-align: bottom;
  }
  tbody th {
    font-weight: 600;
  }
  .with-symbol .symbol {
    margin-right: 0.4em;
  }
  .stack tbody th.with-symbol {
    min-width: 9.5rem;
  }
  .num {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  td.date,
  .date {
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  @media (max-width: 40rem) {
    table.stack thead {
      position: absolute;
      clip-path: inset(50%);
      height: 1px;
      overflow: hidden;
    }
    table.stack,
    table.stack caption,
    table.stack tbody,
    table.stack tr,
    table.stack th,
    table.stack td {
      display: block;
    }
    table.stack tr {
      padding-block: 0.6rem;
      border-bottom: 1px solid var(--rule);
    }
    table.stack th,
    table.stack td {
      border: 0;
      padding: 0.1rem 0;
      text-align: left;
    }
    /* One behind the other as far as they fit: a row is as low as it can be. */
    table.stack td {
      display: inline-block;
      margin-right: 1.1rem;
      white-space: normal;
      vertical-align: top;
    }
    table.stack td[data-label]::before {
      content: attr(data-label) ': ';
      color: var(--ink-3);
    }
    table.stack td:empty {
      display: none;
    }
  }

  details > summary {
    cursor: pointer;
    color: var(--accent);
    padding-block: 0.25rem;
    width: fit-content;
  }
  details[open] > summary {
    margin-bottom: 0.5rem;
  }

  .facts {
    display: grid;
    gap: 1rem 2.5rem;
    grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
  }
  .facts > div {
    border-top: 1px solid var(--rule-2);
    padding-top: 0.4rem;
  }
  .facts dt {
    font-size: 0.95rem;
    color: var(--ink-3);
  }
  .facts dd {
    margin: 0;
    font-size: 1.6rem;
    line-height: 1.2;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .facts dd small {
    display: block;
    font-size: 0.95rem;
    font-weight: 400;
    letter-spacing: 0;
    color: var(--ink-3);
  }

  .readings {
    display: grid;
    gap: 2rem 3rem;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr));
  }
  .readings > div {
    min-width: 0;
  }
  .numbers {
    margin-block: 0.4rem;
  }
  .numbers > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1rem;
    padding-block: 0.25rem;
    border-bottom: 1px solid var(--rule);
  }
  .numbers dd {
    margin: 0;
    font-weight: 600;
  }

  .voided {
    text-decoration: line-through;
  }
  ins {
    background: var(--added);
    text-decoration: none;
    border-bottom: 2px solid var(--good);
  }
  del {
    background: var(--removed);
    text-decoration: line-through;
  }
  blockquote {
    padding-left: 1rem;
    border-left: 3px solid var(--rule-2);
    color: var(--ink-2);
    font-style: italic;
  }
  .note {
    padding: 0.75rem 1rem;
    border-left: 4px solid var(--rule-2);
    background: var(--sunken);
    max-width: var(--measure);
  }
  .note code {
    white-space: nowrap;
  }
  ul.note {
    padding-left: 2rem;
  }
  .note + .form,
  details + .note {
    margin-top: 2rem;
  }
  .note.warn {
    border-color: var(--fair);
  }
  .note.bad {
    border-color: var(--bad);
  }
  .note.good {
    border-color: var(--good);
  }
  code,
  pre {
    font-family: ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace;
    font-size: 0.9em;
  }
  pre {
    overflow-x: auto;
    margin: 0;
    padding: 0.75rem 1rem;
    background: var(--sunken);
    white-space: pre-wrap;
  }
`;

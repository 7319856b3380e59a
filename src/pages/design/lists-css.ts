import { css } from './css.js';

/** Lists of what is told in a line each: verdicts of automakers, events. */
export const LISTS = css`
  .verdicts {
    list-style: none;
    padding: 0;
  }
  .verdict {
    display: grid;
    gap: 0.35rem 2rem;
    padding-block: 1.15rem;
    border-bottom: 1px solid var(--rule);
    margin: 0;
  }
  @media (min-width: 52rem) {
    .verdict {
      grid-template-columns: 11rem 1fr 15rem;
      align-items: start;
    }
  }
  .verdict h3 {
    font-size: 1.35rem;
  }
  .verdict h3 a {
    color: inherit;
    text-decoration: none;
  }
  .verdict h3 a:hover {
    text-decoration: underline;
  }
  .verdict p + p {
    margin-top: 0.25rem;
  }

  .events {
    list-style: none;
    padding: 0;
  }
  .events li {
    display: grid;
    gap: 0 1.25rem;
    padding-block: 0.6rem;
    border-bottom: 1px solid var(--rule);
    margin: 0;
  }
  @media (min-width: 40rem) {
    .events li {
      grid-template-columns: 8.5rem 1fr;
    }
  }
  .events .date {
    white-space: normal;
  }
  .events a {
    color: inherit;
    text-decoration-color: var(--rule-2);
  }
`;

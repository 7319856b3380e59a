import { css } from './css.js';

/** Frame, navigation, clock bar, and how sections of a page stand beside each other. */
export const LAYOUT = css`
  .skip {
    position: absolute;
    left: -999rem;
    padding: 0.5rem 1rem;
    background: var(--raised);
  }
  .skip:focus {
    left: 0.5rem;
    top: 0.5rem;
    z-index: 2;
  }
  .frame {
    width: min(100% - 2rem, var(--content));
    margin-inline: auto;
  }
  @media (min-width: 48rem) {
    .frame {
      width: min(100% - 4rem, var(--content));
    }
  }

  .site-head {
    border-top: 4px solid var(--accent);
    border-bottom: 1px solid var(--rule);
    background: var(--raised);
  }
  .site-head .frame {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 2rem;
    padding-block: 0.75rem;
  }
  .wordmark {
    display: inline-flex;
    align-items: center;
    gap: 0.6rem;
    font-weight: 700;
    font-size: 1.125rem;
    letter-spacing: -0.01em;
    color: var(--ink);
    text-decoration: none;
    min-height: 2rem;
  }
  .wordmark svg {
    color: var(--accent);
    flex: none;
  }
  .site-nav {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.25rem;
    margin-left: auto;
  }
  .site-nav a {
    display: inline-flex;
    align-items: center;
    min-height: 2rem;
    color: var(--ink-2);
    text-decoration: none;
    border-bottom: 2px solid transparent;
  }
  .site-nav a:hover {
    color: var(--ink);
    border-color: var(--rule-2);
  }
  .site-nav a[aria-current] {
    color: var(--ink);
    font-weight: 600;
    border-color: var(--accent);
  }

  .clock-bar {
    font-size: 0.95rem;
    border-bottom: 1px solid var(--rule);
    color: var(--ink-2);
  }
  .clock-bar > .frame {
    padding-block: 0.3rem;
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.25rem;
    align-items: baseline;
  }
  .clock-bar.past {
    background: var(--past);
    color: var(--past-ink);
  }
  .clock-bar.past .hint,
  .clock-bar.past a,
  .clock-bar.past summary {
    color: inherit;
  }
  .clock-line {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem 1rem;
    align-items: baseline;
  }
  .clock-bar summary {
    cursor: pointer;
    padding-block: 0.2rem;
    text-decoration: underline;
    text-underline-offset: 0.16em;
  }
  .clock-bar form {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem 1.25rem;
    align-items: end;
    padding-block: 0.5rem 0.75rem;
  }
  .clock-steps {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
    padding: 0.6rem 0;
    list-style: none;
  }
  .clock-steps li + li {
    margin: 0;
  }
  .clock-steps a {
    display: inline-block;
    padding-block: 0.15rem;
  }

  /* The foot of a short page stands at the foot of the window. */
  body {
    min-height: 100vh;
    display: flex;
    flex-direction: column;
  }
  main {
    flex: 1;
    padding-block: clamp(1.5rem, 1rem + 2.5vw, 3rem) 4rem;
  }
  .page-head + .actions,
  main > details {
    margin-bottom: 2rem;
  }
  h1.sentence {
    font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2.1rem);
  }
  .page-head {
    display: grid;
    gap: 0.75rem;
    margin-bottom: 2rem;
  }
  .crumbs {
    font-size: 0.95rem;
    color: var(--ink-3);
  }
  .parts ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    padding: 0;
    list-style: none;
  }
  .parts li {
    margin: 0;
  }
  .parts a {
    display: inline-block;
    padding-block: 0.2rem;
  }
  .section {
    margin-top: clamp(2.5rem, 2rem + 2vw, 4rem);
    display: grid;
    gap: 1rem;
    min-width: 0;
  }
  .section > * {
    min-width: 0;
  }
  .section > header {
    border-top: 2px solid var(--ink);
    padding-top: 0.6rem;
    display: grid;
    gap: 0.35rem;
  }
  .section > header p {
    color: var(--ink-2);
    max-width: var(--measure);
  }
  .two {
    display: grid;
    gap: 2.5rem 3rem;
  }
  .two > * {
    min-width: 0;
  }
  @media (min-width: 56rem) {
    .two {
      grid-template-columns: 1fr 1fr;
    }
    .two.wide-left {
      grid-template-columns: 1.7fr 1fr;
    }
  }
  .two .section {
    margin-top: 0;
    align-content: start;
  }

  .site-foot {
    border-top: 1px solid var(--rule);
    background: var(--sunken);
    font-size: 0.95rem;
    color: var(--ink-2);
  }
  .site-foot .frame {
    padding-block: 1.5rem 2rem;
    display: grid;
    gap: 0.5rem;
  }
  .data-links {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    padding: 0;
    list-style: none;
  }
  .data-links li + li {
    margin: 0;
  }
  .data-links a {
    display: inline-block;
    padding-block: 0.15rem;
  }
`;

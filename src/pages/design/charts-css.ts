import { css } from './css.js';

/** Charts and maps. All colour comes from here, so that the same drawing serves light, dark and print. */
export const CHARTS = css`
  .chart {
    display: grid;
    gap: 0.5rem;
    min-width: 0;
  }
  .chart-grid {
    display: grid;
    gap: 3rem;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr));
  }
  .chart + .events {
    margin-top: 1.5rem;
  }
  .chart > * {
    min-width: 0;
  }
  .chart figcaption {
    display: grid;
    gap: 0.15rem;
  }
  .chart .finding {
    font-weight: 650;
    font-size: 1.2rem;
    line-height: 1.25;
    max-width: var(--measure);
    text-wrap: balance;
  }
  .chart .subtitle {
    color: var(--ink-3);
    font-size: 0.95rem;
  }
  .chart svg {
    display: block;
    width: 100%;
    height: auto;
    overflow: visible;
  }
  .chart .drawing {
    border-radius: 2px;
  }
  .chart .for-narrow {
    display: none;
  }
  @media (max-width: 40rem) {
    .chart .for-wide {
      display: none;
    }
    .chart .for-narrow {
      display: block;
    }
  }
  .chart text {
    font-size: 13px;
    fill: var(--ink-2);
    font-variant-numeric: tabular-nums;
  }
  .chart .for-narrow text,
  .chart .for-both text {
    font-size: 12px;
  }
  .chart text.lane-text {
    font-size: 11px;
    fill: var(--ink-3);
  }
  .chart text.strong {
    font-weight: 650;
    fill: var(--ink);
  }
  .chart .end {
    text-anchor: end;
  }
  .chart .mid {
    text-anchor: middle;
  }
  .chart text.goal-text {
    fill: var(--goal);
    font-weight: 600;
  }
  .chart text.series-text {
    fill: var(--series);
    font-weight: 650;
  }
  .chart text.goal-text,
  .chart text.series-text {
    paint-order: stroke;
    stroke: var(--page);
    stroke-width: 4px;
    stroke-linejoin: round;
  }
  .grid line {
    stroke: var(--rule);
    stroke-width: 1;
  }
  .axis line {
    stroke: var(--rule-2);
    stroke-width: 1;
  }
  .now-line {
    stroke: var(--ink-3);
    stroke-dasharray: 2 3;
  }
  .series-line {
    fill: none;
    stroke: var(--series);
    stroke-width: 2.5;
    stroke-linejoin: round;
  }
  .series-band {
    stroke: var(--series);
    stroke-width: 7;
    stroke-opacity: 0.28;
    stroke-linecap: butt;
  }
  .series-dot {
    fill: var(--series);
    stroke: var(--page);
    stroke-width: 1.5;
  }
  .series-dot.other {
    fill: var(--page);
    stroke: var(--series);
    stroke-width: 2;
  }
  .goal-line {
    stroke: var(--goal);
    stroke-width: 2;
  }
  .goal-window {
    fill: var(--window);
  }
  .goal-mark {
    fill: var(--goal);
  }
  .ghost-line {
    stroke: var(--ghost);
    stroke-width: 1.25;
    stroke-dasharray: 5 3;
  }
  .ghost-lane {
    stroke: var(--ghost);
    stroke-width: 2;
  }
  .ghost-mark {
    fill: var(--page);
    stroke: var(--ghost);
    stroke-width: 1.5;
  }
  .needed {
    stroke: var(--goal);
    stroke-width: 1.25;
    stroke-dasharray: 1 4;
    stroke-linecap: round;
    fill: none;
  }
  .needed-area {
    fill: var(--goal);
    fill-opacity: 0.07;
  }
  .lag {
    fill: none;
    stroke: var(--series);
    stroke-opacity: 0.35;
    stroke-width: 1.25;
  }
  .learned-dot {
    fill: var(--goal);
    stroke: var(--page);
  }
  .event-tick {
    stroke: var(--ink-3);
    stroke-width: 1.25;
  }
  .cursor {
    fill: none;
    stroke: var(--ink);
    stroke-width: 2;
  }
  .reading {
    min-height: 1.5em;
    font-size: 0.95rem;
    color: var(--ink-2);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 1.25rem;
    padding: 0;
    list-style: none;
    font-size: 0.95rem;
    color: var(--ink-2);
  }
  .legend li {
    display: inline-flex;
    align-items: center;
    gap: 0.45rem;
    margin: 0;
  }
  .legend svg {
    width: 1.1rem;
    height: 1.1rem;
    flex: none;
  }

  .bullet {
    display: block;
    width: 100%;
    height: auto;
  }
  .bullet .track {
    fill: var(--sunken);
    stroke: var(--rule);
  }
  .bullet .reached {
    fill: var(--series);
  }
  .bullet .unsure {
    fill: var(--series);
    fill-opacity: 0.35;
  }
  .bullet .mark {
    stroke: var(--goal);
    stroke-width: 3;
  }

  .map .land {
    fill: var(--land);
    stroke: var(--land-edge);
    stroke-width: 0.6;
  }
  .map .producing {
    fill: var(--stage-producing);
  }
  .map .announced {
    fill: var(--stage-announced);
  }
  .map .present {
    fill: var(--stage-present);
  }
  .map .partnered {
    fill: var(--stage-partnered);
  }
  .map .left {
    fill: var(--stage-left);
  }
  .map .mark {
    stroke: var(--page);
    stroke-width: 1.2;
  }
  .map a:hover path,
  .map a:focus path {
    stroke: var(--ink);
    stroke-width: 1.6;
  }
  .legend .producing,
  .symbol.producing {
    fill: var(--stage-producing);
  }
  .legend .announced,
  .symbol.announced {
    fill: var(--stage-announced);
  }
  .legend .present,
  .symbol.present {
    fill: var(--stage-present);
  }
  .legend .partnered,
  .symbol.partnered {
    fill: var(--stage-partnered);
  }
  .legend .left,
  .symbol.left {
    fill: var(--stage-left);
  }
  .symbol {
    width: 0.9em;
    height: 0.9em;
  }
`;

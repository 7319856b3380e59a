import type { ComponentChildren, VNode } from 'preact';
import { TableTwin } from '../design/table-twin.js';
import type { DataTable } from '../page.js';

/** How much room a drawing has, in its own units: a chart is drawn twice, so that text stays legible on a telephone. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly isNarrow: boolean;
}

export interface ChartFigureProps {
  readonly id: string;
  /** What the chart shows, as a finding. */
  readonly finding: string;
  /** Axis, unit, period. */
  readonly subtitle: string;
  /** The same for who does not see it: shape, extremes, what matters. */
  readonly alt: string;
  /** One drawing, or a wide and a narrow one. */
  readonly rooms: readonly Room[];
  readonly draw: (room: Room) => ComponentChildren;
  /** Room under the drawing for more of it. */
  readonly below?: number;
  readonly legend?: ComponentChildren;
  readonly table: DataTable;
}

/** What a chart draws, once for each room; styles show the one that fits. */
export function Drawings({
  figure: { alt, rooms, draw, below = 0 },
}: {
  figure: Pick<ChartFigureProps, 'alt' | 'rooms' | 'draw' | 'below'>;
}): VNode {
  return (
    <>
      {rooms.map((room) => (
        <svg
          key={room.width}
          class={rooms.length === 1 ? 'for-both' : room.isNarrow ? 'for-narrow' : 'for-wide'}
          viewBox={`0 0 ${room.width} ${room.height + below}`}
          role="img"
          aria-label={alt}
        >
          {draw(room)}
        </svg>
      ))}
    </>
  );
}

/** A chart with all that belongs to it: finding, drawing, spoken cursor, legend, and its data as a table. */
export function ChartFigure(props: ChartFigureProps): VNode {
  const { id, finding, subtitle, legend, table } = props;
  return (
    <figure class="chart" id={id} aria-labelledby={`${id}-finding`} data-chart>
      <figcaption>
        <p class="finding" id={`${id}-finding`}>
          {finding}
        </p>
        <p class="subtitle">{subtitle}</p>
      </figcaption>
      <div class="drawing">
        <Drawings figure={props} />
        <p class="reading" aria-live="polite" />
      </div>
      {legend}
      <TableTwin table={table} />
    </figure>
  );
}

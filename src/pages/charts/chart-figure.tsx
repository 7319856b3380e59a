import type { ComponentChildren, VNode } from 'preact';
import { TableTwin } from '../design/table-twin.js';
import type { DataTable } from '../page.js';

/**
 * Size of a drawing in its own units. A chart is drawn once wide and once narrow, so that text stays legible
 * on a phone.
 */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly isNarrow: boolean;
}

export interface ChartFigureProps {
  readonly id: string;
  /** The message of the chart, as a sentence. */
  readonly finding: string;
  /** Axis, unit and period. */
  readonly subtitle: string;
  /** A text alternative for readers who cannot see the chart: shape, extremes, and what matters. */
  readonly alt: string;
  /** One size, or a wide and a narrow one. */
  readonly rooms: readonly Room[];
  readonly draw: (room: Room) => ComponentChildren;
  /** Extra height below the drawing. */
  readonly below?: number;
  readonly legend?: ComponentChildren;
  readonly table: DataTable;
}

/** Draws a chart once for each size; styles show the one that fits. */
export function Drawings({
  figure: { alt, rooms, draw, below = 0 },
}: {
  figure: Pick<ChartFigureProps, 'alt' | 'rooms' | 'draw' | 'below'>;
}): VNode {
  return (
    <>
      {rooms.map((room) => (
        <svg
          key={room.isNarrow ? 'narrow' : 'wide'}
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

/** A chart with everything around it: finding, drawing, spoken cursor, legend, and its data as a table. */
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

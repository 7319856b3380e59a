import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { ChartFigureProps, Room } from '../charts/chart-figure.js';
import { FAINT, GROUND, INK, pictureStyles } from './picture-styles.js';

const FONT = "'Source Sans 3', 'Source Sans Pro', 'DejaVu Sans', sans-serif";

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** The sizes of a picture's parts. */
interface Sizes {
  readonly margin: number;
  readonly title: number;
  readonly text: number;
}

const WIDE: Sizes = { margin: 24, title: 22, text: 14 };
const NARROW: Sizes = { margin: 14, title: 17, text: 12 };
/** Average width of letters relative to their height, to estimate the length of a line. */
const LETTER_WIDTH = 0.52;

/** A chart as a picture that also states its finding, date and source. Each element of `source` is a line. */
export function svgPicture(figure: ChartFigureProps, source: readonly string[], isNarrow: boolean): Picture {
  const room = roomOf(figure, isNarrow);
  const sizes = isNarrow ? NARROW : WIDE;
  const { margin, title, text } = sizes;
  const width = room.width + 2 * margin;
  const linesOf = (words: string, size: number): string[] =>
    wrapped(words, Math.floor(room.width / (size * LETTER_WIDTH)));
  const titles = linesOf(figure.finding, title);
  const subtitles = linesOf(figure.subtitle, text);
  const sources = source.flatMap((line) => linesOf(line, text));
  const drawingAt = margin + titles.length * title * 1.25 + subtitles.length * text * 1.4 + 10;
  const drawingHeight = room.height + (figure.below ?? 0);
  const sourceAt = drawingAt + drawingHeight + 16;
  const height = Math.ceil(sourceAt + sources.length * text * 1.4 + margin / 2);
  const svg = renderToString(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      class="chart"
      role="img"
      aria-label={figure.alt}
      font-family={FONT}
    >
      <title>{figure.finding}</title>
      <desc>{figure.alt}</desc>
      <style dangerouslySetInnerHTML={{ __html: pictureStyles() }} />
      <rect width={width} height={height} fill={GROUND} />
      <Lines
        lines={titles}
        at={margin + title}
        x={margin}
        size={title}
        step={1.25}
        look={`fill:${INK};font-weight:600`}
      />
      <Lines
        lines={subtitles}
        at={margin + titles.length * title * 1.25 + text}
        x={margin}
        size={text}
        step={1.4}
        look={`fill:${FAINT}`}
      />
      <g transform={`translate(${margin} ${drawingAt})`} class={isNarrow ? 'for-narrow' : 'for-wide'}>
        {figure.draw(room)}
      </g>
      <Lines lines={sources} at={sourceAt + text} x={margin} size={text} step={1.4} look={`fill:${FAINT}`} />
    </svg>,
  );
  return { svg: `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`, width, height };
}

function roomOf({ rooms }: ChartFigureProps, isNarrow: boolean): Room {
  const room = rooms.find((each) => each.isNarrow === isNarrow) ?? rooms[0];
  if (!room) throw new Error('a chart has room to be drawn in');
  return room;
}

interface LinesProps {
  readonly lines: readonly string[];
  readonly at: number;
  readonly x: number;
  readonly size: number;
  readonly step: number;
  readonly look: string;
}

/** Lines of text. An inline style takes precedence over the styles of drawings. */
function Lines({ lines, at, x, size, step, look }: LinesProps): VNode {
  return (
    <>
      {lines.map((line, index) => (
        <text
          key={index}
          x={x}
          y={Math.round(at + index * size * step)}
          style={`font-size:${size}px;${look}`}
        >
          {line}
        </text>
      ))}
    </>
  );
}

/** Wraps words into lines of at most `letters` letters; a longer word gets its own line. */
function wrapped(words: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

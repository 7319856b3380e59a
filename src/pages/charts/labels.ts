/** A box in the units of a drawing; y grows downwards. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The position of a text: its anchor point, and the side that is anchored. */
export interface LabelBox {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'mid' | 'end';
}

/** Average width of a letter relative to the font size; digits and capitals are wider. */
const WIDTH_OF_A_LETTER = 0.56;
/** Height of letters above the baseline relative to the font size. */
const ASCENT = 0.85;
const DESCENT = 0.25;

/** The approximate box of a text; the server has no font to measure with. */
export function boxOf(text: string, { x, y, anchor }: LabelBox, size: number): Box {
  const width = text.length * size * WIDTH_OF_A_LETTER;
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - size * ASCENT, bottom: y + size * DESCENT };
}

/**
 * Boxes that cover a line. The line is cut into short pieces, because one box around a slope would be much
 * too large.
 */
export function boxesOfLine(
  points: readonly { readonly x: number; readonly y: number }[],
  thickness: number,
): Box[] {
  const PIECES = 12;
  return points.slice(1).flatMap((to, index) => {
    const from = points[index] ?? to;
    return Array.from({ length: PIECES }, (_, piece) => {
      const [a, b] = [piece / PIECES, (piece + 1) / PIECES];
      return boxAround(
        { x: from.x + a * (to.x - from.x), y: from.y + a * (to.y - from.y) },
        { x: from.x + b * (to.x - from.x), y: from.y + b * (to.y - from.y) },
        thickness / 2,
      );
    });
  });
}

export function boxAround(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  margin: number,
): Box {
  return {
    left: Math.min(from.x, to.x) - margin,
    right: Math.max(from.x, to.x) + margin,
    top: Math.min(from.y, to.y) - margin,
    bottom: Math.max(from.y, to.y) + margin,
  };
}

/**
 * The first place where the text covers nothing, or otherwise the one where it covers least. Parts outside
 * the frame count as covered, times three. At least one place must be given.
 */
export function placeOf(
  text: string,
  size: number,
  places: readonly [LabelBox, ...LabelBox[]],
  obstacles: readonly Box[],
  frame: Box,
): LabelBox {
  let best: LabelBox = places[0];
  let least = Infinity;
  for (const place of places) {
    const box = boxOf(text, place, size);
    const covered = obstacles.reduce((sum, obstacle) => sum + overlap(box, obstacle), 0);
    const outside = area(box) - overlap(box, frame);
    // A cut-off text cannot be read at all, so this weighs more.
    const cost = covered + 3 * outside;
    if (cost < least) [best, least] = [place, cost];
  }
  return best;
}

/** A text with its position. */
export interface PlacedLabel extends LabelBox {
  readonly text: string;
}

/**
 * The first text that fits at one of the places without covering anything or being cut off; undefined if none
 * does.
 */
export function freePlaceOf(
  texts: readonly string[],
  size: number,
  places: readonly LabelBox[],
  obstacles: readonly Box[],
  frame: Box,
): PlacedLabel | undefined {
  for (const text of texts) {
    const free = places.find((place) => {
      const box = boxOf(text, place, size);
      return area(box) - overlap(box, frame) < 1 && obstacles.every((each) => overlap(box, each) === 0);
    });
    if (free) return { text, ...free };
  }
  return undefined;
}

/** Like `freePlaceOf`, but if nothing fits, the last text where it covers least. */
export function bestPlaceOf(
  texts: readonly [string, ...string[]],
  size: number,
  places: readonly [LabelBox, ...LabelBox[]],
  obstacles: readonly Box[],
  frame: Box,
): PlacedLabel {
  const text = texts.at(-1) ?? texts[0];
  return (
    freePlaceOf(texts, size, places, obstacles, frame) ?? {
      text,
      ...placeOf(text, size, places, obstacles, frame),
    }
  );
}

const area = ({ left, right, top, bottom }: Box): number => (right - left) * (bottom - top);

/** The area that two boxes share. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

import fc from 'fast-check';
import {
  boxesOfLine,
  boxOf,
  overlap,
  placeOf,
  type Box,
  type LabelBox,
} from '../../../src/pages/charts/labels.js';

const FRAME: Box = { left: 0, right: 400, top: 0, bottom: 300 };
const point = fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 300 }) });
const place: fc.Arbitrary<LabelBox> = fc.record({
  x: fc.integer({ min: 0, max: 400 }),
  y: fc.integer({ min: 0, max: 300 }),
  anchor: fc.constantFrom('start', 'mid', 'end'),
});
const obstacles = fc.array(
  point.map(({ x, y }): Box => ({ left: x, right: x + 20, top: y, bottom: y + 20 })),
  { maxLength: 8 },
);

describe('where a label of a chart stands', () => {
  it('is the first place where it covers nothing, wherever there is one', () => {
    fc.assert(
      fc.property(place, fc.array(place, { maxLength: 6 }), obstacles, (first, others, boxes) => {
        const isFree = (each: LabelBox): boolean => {
          const box = boxOf('12,345 units', each, 12);
          const isInside = box.left >= 0 && box.right <= 400 && box.top >= 0 && box.bottom <= 300;
          return isInside && boxes.every((obstacle) => overlap(box, obstacle) === 0);
        };
        const free = [first, ...others].find(isFree);
        const chosen = placeOf('12,345 units', 12, [first, ...others], boxes, FRAME);
        return free === undefined ? [first, ...others].includes(chosen) : isFree(chosen);
      }),
    );
  });

  it('keeps clear of a slope, and may stand in the corner under it', () => {
    const slope = boxesOfLine(
      [
        { x: 0, y: 300 },
        { x: 400, y: 0 },
      ],
      2,
    );
    const [onIt, under]: [LabelBox, LabelBox] = [
      { x: 200, y: 154, anchor: 'mid' },
      { x: 380, y: 280, anchor: 'end' },
    ];
    expect(placeOf('12,345 units', 12, [onIt, under], slope, FRAME)).toBe(under);
  });

  it('is inside the frame rather than clear of a point', () => {
    const [cutOff, over]: [LabelBox, LabelBox] = [
      { x: 395, y: 100, anchor: 'start' },
      { x: 395, y: 100, anchor: 'end' },
    ];
    const at: Box = { left: 380, right: 390, top: 90, bottom: 100 };
    expect(placeOf('12,345 units', 12, [cutOff, over], [at], FRAME)).toBe(over);
  });
});

import type { Page } from 'playwright-core';

/**
 * Chart texts that overlap a mark, a line or each other, as laid out by the browser, in every visible drawing
 * of the page. Grid lines run behind texts, and a text has a halo; the test only requires that neither covers
 * the other.
 */
export function coveredMarks(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Box {
      readonly left: number;
      readonly right: number;
      readonly top: number;
      readonly bottom: number;
    }
    /** The inked part of a text: the space above the capitals and below the baseline is empty. */
    const inked = ({ left, right, top, bottom }: DOMRect): Box => ({
      left: left + 1,
      right: right - 1,
      top: top + (bottom - top) * 0.24,
      bottom: bottom - (bottom - top) * 0.24,
    });
    const meet = (a: Box, b: Box): boolean =>
      a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const shapes = 'circle:not(.hidden-dot, .cursor), .goal-mark, .ghost-mark, .learned-dot, .series-open';
    const lines =
      '.series-line, .series-band, .goal-line, .ghost-line, .ghost-lane, .needed, .now-line, .event-tick, .rival-link, .leader';
    const found: string[] = [];
    for (const svg of document.querySelectorAll<SVGSVGElement>('.chart .drawing svg')) {
      if (svg.getBoundingClientRect().width === 0 || svg.closest('.map')) continue;
      const where = svg.closest('figure')?.id ?? '';
      const texts = [...svg.querySelectorAll('text')].map((text) => ({
        words: text.textContent,
        box: inked(text.getBoundingClientRect()),
        own: text.parentElement,
      }));
      texts.forEach(({ words, box }, index) => {
        for (const other of texts.slice(index + 1))
          if (meet(box, other.box)) found.push(`${where}: “${words}” and “${other.words}”`);
        for (const shape of svg.querySelectorAll(shapes))
          if (meet(box, shape.getBoundingClientRect()))
            found.push(`${where}: “${words}” covers a ${shape.getAttribute('class')}`);
        for (const line of svg.querySelectorAll<SVGGeometryElement>(lines)) {
          const matrix = line.getScreenCTM();
          const length = line.getTotalLength();
          if (!matrix || length === 0) continue;
          const pieces = Math.min(400, Math.ceil(length / 2));
          for (let piece = 0; piece <= pieces; piece++) {
            const { x, y } = line.getPointAtLength((length * piece) / pieces).matrixTransform(matrix);
            if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
            found.push(`${where}: “${words}” covers a ${line.getAttribute('class')}`);
            break;
          }
        }
        const room = svg.closest('.drawing')?.getBoundingClientRect();
        if (room && (box.left < room.left - 2 || box.right > document.documentElement.clientWidth))
          found.push(`${where}: “${words}” is cut off`);
      });
    }
    return found;
  });
}

/**
 * Lets readers walk through the points of every chart with arrow keys, a pointer or a finger, and announces
 * each one. Left and right go from point to point, up and down from event to event.
 */
export function addCursors(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-chart]')) addCursor(figure);
}

type Kind = '[data-point]' | '[data-event]';
const POINTS: Kind = '[data-point]';
const EVENTS: Kind = '[data-event]';
/** The precision of a finger, in pixels. */
const REACH = 14;

interface Place {
  readonly mark: SVGGElement;
  readonly x: number;
  readonly y: number;
}

function addCursor(figure: HTMLElement): void {
  const drawing = figure.querySelector<HTMLElement>('.drawing');
  const reading = figure.querySelector<HTMLElement>('.reading');
  if (!drawing || !reading || !drawing.querySelector('[data-point]')) return;
  /** The current mark of the reader, and its kind. */
  let kind: Kind = POINTS;
  let at = -1;

  const hasEvents = drawing.querySelector('[data-event]') !== null;
  drawing.tabIndex = 0;
  drawing.setAttribute('role', 'group');
  drawing.setAttribute(
    'aria-label',
    `Points of the chart: left and right${hasEvents ? '; what happened: up and down' : ''}`,
  );

  const marks = (which: Kind): SVGGElement[] => {
    const shown = [...drawing.querySelectorAll('svg')].find((svg) => svg.getBoundingClientRect().width > 0);
    return shown ? [...shown.querySelectorAll<SVGGElement>(which)] : [];
  };

  const placeOf = (mark: SVGGElement): Place => {
    const box = (mark.querySelector('circle') ?? mark).getBoundingClientRect();
    return { mark, x: box.left + box.width / 2, y: box.top + box.height / 2 };
  };

  const tell = ({ mark, x, y }: Place): void => {
    figure.querySelectorAll('.cursor').forEach((cursor) => cursor.remove());
    const circle = mark.querySelector('circle');
    if (circle) {
      const ring = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
      ring.setAttribute('class', 'cursor');
      ring.setAttribute('cx', circle.getAttribute('cx') ?? '0');
      ring.setAttribute('cy', circle.getAttribute('cy') ?? '0');
      ring.setAttribute('r', '8');
      mark.append(ring);
    }
    reading.textContent = mark.dataset['say'] ?? '';
    reading.classList.add('shown');
    // Above the point if there is room, otherwise below it; always within the drawing.
    const frame = drawing.getBoundingClientRect();
    const { width, height } = reading.getBoundingClientRect();
    const left = Math.max(0, Math.min(frame.width - width, x - frame.left - width / 2));
    const above = y - frame.top - height - 14;
    reading.style.left = `${left}px`;
    reading.style.top = `${above >= -height ? above : y - frame.top + 14}px`;
  };

  /** Moves by one within a kind, or into another kind from the end from which the reader comes. */
  const step = (which: Kind, way: 1 | -1): void => {
    const all = marks(which);
    const from = kind === which && at >= 0 ? at + way : way > 0 ? 0 : all.length - 1;
    goTo(which, from);
  };

  const goTo = (which: Kind, index: number): void => {
    const all = marks(which);
    const mark = all[Math.max(0, Math.min(all.length - 1, index))];
    if (!mark) return;
    [kind, at] = [which, all.indexOf(mark)];
    tell(placeOf(mark));
  };

  const hide = (): void => {
    reading.classList.remove('shown');
    figure.querySelectorAll('.cursor').forEach((cursor) => cursor.remove());
    at = -1;
  };

  drawing.addEventListener('keydown', (event) => {
    const steps: Record<string, () => void> = {
      ArrowRight: () => step(POINTS, 1),
      ArrowLeft: () => step(POINTS, -1),
      ArrowUp: () => step(hasEvents ? EVENTS : POINTS, 1),
      ArrowDown: () => step(hasEvents ? EVENTS : POINTS, -1),
      Home: () => goTo(POINTS, 0),
      End: () => goTo(POINTS, Infinity),
      Escape: hide,
    };
    const next = steps[event.key];
    if (!next) return;
    event.preventDefault();
    next();
  });

  const nearest = ({ clientX, clientY }: PointerEvent): void => {
    const distance = ({ x, y }: Place): number => Math.abs(x - clientX) + Math.abs(y - clientY) / 4;
    const closest = (which: Kind, isNear: (place: Place) => boolean = () => true): Place | undefined =>
      marks(which)
        .map(placeOf)
        .filter(isNear)
        .sort((a, b) => distance(a) - distance(b))[0];
    const event = closest(
      EVENTS,
      ({ x, y }) => Math.abs(y - clientY) < REACH && Math.abs(x - clientX) < REACH,
    );
    const found = event ?? closest(POINTS);
    if (!found) return;
    kind = event ? EVENTS : POINTS;
    at = marks(kind).indexOf(found.mark);
    tell(found);
  };
  drawing.addEventListener('pointermove', nearest);
  drawing.addEventListener('pointerdown', nearest);
  // A finger leaves when it is lifted, so its reading stays until something else is touched.
  drawing.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType !== 'touch') hide();
  });
  drawing.addEventListener('blur', hide);
}

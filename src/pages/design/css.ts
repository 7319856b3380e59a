/** Marks text as CSS, so that editors and the formatter know it. */
export const css = String.raw;

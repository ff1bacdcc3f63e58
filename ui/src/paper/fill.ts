/** Type as large as the paper holds: what is read at arm's length by people of any age is not left small above a blank. */
import type { Paper } from '../bindings/Paper';

/**
 * What of the paper lies within the printer's margins (12 mm on A4, 9 mm on A5), in the pixels WebKit lays a printed
 * page out in: it draws 1.25 of them to the point.
 */
export const room: Record<Paper, { width: number; height: number }> = {
  a4: { width: 659, height: 967 },
  a5: { width: 460, height: 680 },
};
/** A line of type more or less is no fault; a second page is. */
const spare = 0.985;
/** The size of a sheet's type, in those pixels: 18 of them are 14.4 points on paper. */
const largest = 18;
const smallest = 9;
/** What does not fit then goes on a second page, where it can be read. */
const onTwo = 12;
const step = 0.1;

/** Sets the sheet's type as large as one page holds, and spreads what is left over. Gives the size in points. */
export function fill(sheet: HTMLElement, paper: Paper): number {
  const { width, height } = room[paper];
  const root = document.documentElement.style;
  sheet.style.width = `${width}px`;
  sheet.style.minHeight = '';
  const set = (name: string, size: number) => {
    root.setProperty(name, `${size}px`);
    return sheet.scrollHeight <= height * spare;
  };
  root.removeProperty('--lists');
  if (!set('font-size', smallest)) {
    set('font-size', onTwo);
    return onTwo / 1.25;
  }
  const size = largestThat((size) => set('font-size', size), smallest);
  // Lists that stand beside something longer grow into the room that is left there.
  largestThat((lists) => set('--lists', lists), size);
  sheet.style.minHeight = `${Math.floor(height * spare)}px`;
  return size / 1.25;
}

/** The largest size from `least` on that holds; it is set when this returns. */
function largestThat(holds: (size: number) => boolean, least: number): number {
  let [holding, over] = [Math.round(least / step), Math.round(largest / step) + 1];
  while (over - holding > 1) {
    const middle = Math.floor((holding + over) / 2);
    if (holds(middle * step)) holding = middle;
    else over = middle;
  }
  holds(holding * step);
  return holding * step;
}

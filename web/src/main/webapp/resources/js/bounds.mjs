/*
 * What a terminal does as often as a program says, step by step or in memory of that size: to repeat a letter, to insert and delete lines, to
 * scroll, to go from tab to tab. A program (or whoever prints a file of somebody else's) may say two thousand million times, and the page
 * would stand still. No window has a thousand rows or columns: what is beyond means no more than that, and is passed over. So is a letter with
 * more marks on it than any script writes: as often as a line is long, that is as much.
 */
const FINALS = ['b', 'L', 'M', 'S', 'T', 'I', 'Z'];
const TIMES_MAX = 1000;
const LETTER_MAX = 16;

const isTooOften = (params) => params.flat().some((times) => times > TIMES_MAX);

// A wide letter stands in the first of its two cells.
const isTooLong = ({ active }) => {
  const line = active.getLine(active.baseY + active.cursorY);
  return [1, 2].some((back) => (line?.getCell(active.cursorX - back)?.getChars().length ?? 0) > LETTER_MAX);
};

/** From now on the terminal passes such orders over. */
export const bound = (terminal) => {
  FINALS.forEach((final) => terminal.parser.registerCsiHandler({ final }, isTooOften));
  terminal.parser.registerCsiHandler({ final: 'b' }, () => isTooLong(terminal.buffer));
};

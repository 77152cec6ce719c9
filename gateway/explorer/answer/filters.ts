import { type Cell, compareCells, decimalOf, isMoney, type Kind, plainText, shownText } from './values';

const COMPARISON = /^(>=|<=|>|<|=)\s*(\S.*)$/;

/** Whether a cell fits what was typed above its column: `> 100`, `<= 2026-06-30`, or a part of its text. */
export function matches(cell: Cell | undefined, kind: Kind, asked: string): boolean {
  const [, sign, bound] = COMPARISON.exec(asked.trim()) ?? [];
  if (!sign || !bound) return matchesWords(cell, asked);
  if (cell === null || cell === undefined || cell === '') return false;
  const isNumeric = kind === 'number' || kind === 'money';
  if (isNumeric && decimalOf(bound) === null) return true;
  const order = compareCells(isMoney(cell) ? cell.amount : cell, bound, kind);
  return sign === '='
    ? order === 0
    : sign.startsWith('>')
      ? order > 0 || (sign === '>=' && order === 0)
      : order < 0 || (sign === '<=' && order === 0);
}

/** Whether a cell holds a text, as it is written in the file or as it is shown. */
export function matchesWords(cell: Cell | undefined, asked: string): boolean {
  const wanted = asked.trim().toLowerCase();
  return plainText(cell).toLowerCase().includes(wanted) || shownText(cell, 'number').toLowerCase().includes(wanted);
}

// How long a text is in the units of lexicons. Neither is what `length` counts, but both are bounded
// by it, so that most texts need not be counted.

import { countGraphemes } from '../base/index.ts'

// From here on a letter takes two bytes, and three.
const TWO_BYTES = 0x80
const THREE_BYTES = 0x800

/** Whether a text has at most so many bytes in UTF-8. */
export function fitsBytes(text: string, max: number): boolean {
  return text.length * 3 <= max || (text.length <= max && utf8Length(text) <= max)
}

/** Whether a text has at least so many bytes in UTF-8. */
export function fillsBytes(text: string, min: number): boolean {
  return text.length >= min || (text.length * 3 >= min && utf8Length(text) >= min)
}

/** Whether a text has at most so many grapheme clusters. */
export function fitsGraphemes(text: string, max: number): boolean {
  return text.length <= max || graphemeLength(text, max + 1) <= max
}

/** Whether a text has at least so many grapheme clusters. */
export function fillsGraphemes(text: string, min: number): boolean {
  return text.length >= min && graphemeLength(text, min) >= min
}

/** The bytes of a text in UTF-8, of which a pair of surrogates takes four. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= TWO_BYTES) bytes += unit < THREE_BYTES || isSurrogate(unit) ? 1 : 2
  }
  return bytes
}

/** The grapheme clusters of a text, or `enough` where there are more. */
function graphemeLength(text: string, enough: number): number {
  // In ASCII each letter is one, but for a line break of two.
  return /^[ -~\t\n]*$/.test(text) ? text.length : countGraphemes(text, enough)
}

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800
}

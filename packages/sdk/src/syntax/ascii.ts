// Character classes of ASCII, by UTF-16 code unit. Everything outside ASCII is in none of them.

export const HYPHEN = 0x2d
export const DOT = 0x2e

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

export function isLetter(unit: number): boolean {
  // Setting this bit turns A-Z into a-z, and nothing else into a letter.
  const lower = unit | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

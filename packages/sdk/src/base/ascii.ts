/** Whether a range of bytes is ASCII. */
export function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  for (; at + 4 <= end; at += 4) {
    if ((bytes[at]! | bytes[at + 1]! | bytes[at + 2]! | bytes[at + 3]!) > 0x7f) return false
  }
  for (; at < end; at++) {
    if (bytes[at]! > 0x7f) return false
  }
  return true
}

export { encodeBase32, writeBase32 } from './base32.ts'
export { decodeBase58, encodeBase58 } from './base58.ts'
export { decodeBase64Url, encodeBase64Url } from './base64-url.ts'
export { base64Size, decodeBase64, writeBase64 } from './base64.ts'
export { ByteReader } from './byte-reader.ts'
export type { ByteStream } from './byte-reader.ts'
export { compareBytes, concatBytes, equalBytes } from './bytes.ts'
export { AtprotoError } from './errors.ts'
export type { AtprotoErrorOptions } from './errors.ts'
export { countGraphemes, graphemes } from './graphemes.ts'
export { RecentMap } from './recent-map.ts'
export { hasSha256, sha256, sha256ZeroBits, writeSha256 } from './sha256.ts'
export {
  decodeUtf8,
  encodeBase64,
  forgetWindow,
  latin1Text,
  LONG_TEXT,
  readText,
  writeUtf8,
} from './text.ts'
export { isWellFormed } from './utf8.ts'
export {
  MAX_VARINT_BYTES,
  readVarint,
  VARINT_INVALID,
  VARINT_TRUNCATED,
  varintSize,
  writeVarint,
} from './varint.ts'

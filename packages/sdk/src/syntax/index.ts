export { isAtIdentifier, parseAtIdentifier } from './at-identifier.ts'
export type { AtIdentifier } from './at-identifier.ts'
export { normalizeAtUri } from './at-uri-normalization.ts'
export { atUriParts, formatAtUri } from './at-uri-parts.ts'
export type { AtUriParts } from './at-uri-parts.ts'
export { isAtUri, parseAtUri } from './at-uri.ts'
export type { AtUri } from './at-uri.ts'
export { isCidString, parseCidString } from './cid-string.ts'
export type { CidString } from './cid-string.ts'
export {
  currentDatetime,
  datetimeToDate,
  formatDatetime,
  isDatetime,
  normalizeDatetime,
  parseDatetime,
} from './datetime.ts'
export type { Datetime } from './datetime.ts'
export { isDid, parseDid } from './did.ts'
export type { Did } from './did.ts'
export { FormatError } from './format-error.ts'
export type { FormatErrorCode, StringFormat } from './format-error.ts'
export { isHandle, normalizeHandle, parseHandle } from './handle.ts'
export type { Handle } from './handle.ts'
export { isLanguage, parseLanguage } from './language.ts'
export type { Language } from './language.ts'
export { normalizeNsid, nsidParts } from './nsid-parts.ts'
export type { NsidParts } from './nsid-parts.ts'
export { isNsid, parseNsid } from './nsid.ts'
export type { Nsid } from './nsid.ts'
export { isRecordKey, parseRecordKey } from './record-key.ts'
export type { RecordKey } from './record-key.ts'
export { nextTid, nextTidAfter } from './tid-clock.ts'
export { formatTid, tidParts } from './tid-parts.ts'
export type { TidParts } from './tid-parts.ts'
export { isTid, parseTid } from './tid.ts'
export type { Tid } from './tid.ts'
export { isUri, parseUri } from './uri.ts'
export type { Uri } from './uri.ts'

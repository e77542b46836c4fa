// Strings: their lengths, their values and their formats (https://atproto.com/specs/lexicon#string).

import { isWellFormed } from '../base/index.ts'
import {
  isAtIdentifier,
  isAtUri,
  isCidString,
  isDatetime,
  isDid,
  isHandle,
  isLanguage,
  isNsid,
  isRecordKey,
  isTid,
  isUri,
} from '../syntax/index.ts'
import type {
  AtIdentifier,
  AtUri,
  CidString,
  Datetime,
  Did,
  Handle,
  Language,
  Nsid,
  RecordKey,
  Tid,
  Uri,
} from '../syntax/index.ts'
import { Schema } from './schema.ts'
import type { Check } from './schema.ts'
import { fillsBytes, fillsGraphemes, fitsBytes, fitsGraphemes } from './text-length.ts'

/** The limits of a string, all inclusive. */
export interface StringLimits {
  /** In bytes of UTF-8. */
  minLength?: number | undefined
  /** In bytes of UTF-8. */
  maxLength?: number | undefined
  minGraphemes?: number | undefined
  maxGraphemes?: number | undefined
  format?: Schema<string> | undefined
}

const ANY_STRING: Schema<string> = /* @__PURE__ */ new Schema((value, validation) => {
  if (typeof value !== 'string') return validation.fail('wrong-type', 'a string')
  return isWellFormed(value) || validation.fail('not-unicode', 'no lone surrogate')
})

/** A string of Unicode. */
export function string(limits?: StringLimits): Schema<string> {
  if (!limits) return ANY_STRING
  const { format = ANY_STRING, minLength, maxLength, minGraphemes, maxGraphemes } = limits
  return new Schema((value, validation, depth) => {
    if (!format.check(value, validation, depth)) return false
    const text = value as string
    if (maxLength !== undefined && !fitsBytes(text, maxLength)) {
      return validation.fail('too-long', `at most ${maxLength} bytes`)
    }
    if (maxGraphemes !== undefined && !fitsGraphemes(text, maxGraphemes)) {
      return validation.fail('too-many-graphemes', `at most ${maxGraphemes} graphemes`)
    }
    if (minLength !== undefined && !fillsBytes(text, minLength)) {
      return validation.fail('too-short', `at least ${minLength} bytes`)
    }
    if (minGraphemes !== undefined && !fillsGraphemes(text, minGraphemes)) {
      return validation.fail('too-few-graphemes', `at least ${minGraphemes} graphemes`)
    }
    return true
  })
}

/** @param pattern Together with the lengths, in which both are inclusive, the `common` strings. */
function stringOf<Value extends string>(
  name: string,
  is: (value: unknown) => value is Value,
  pattern?: RegExp,
  minLength = 0,
  maxLength: number = minLength,
): Schema<Value> {
  const check: Check = (value, validation) => {
    if (typeof value !== 'string') return validation.fail('wrong-type', 'a string')
    return is(value) || validation.fail('invalid-format', name)
  }
  return new Schema(check, undefined, undefined, pattern && { pattern, minLength, maxLength })
}

// In the patterns of common strings, letters stand in groups: a loop over groups takes half the time.
// The lengths keep parts within their limits: 63 for a name in an AT URI, and for a label of a handle.

/** A handle or a DID. */
export const atIdentifier: Schema<AtIdentifier> = /* @__PURE__ */ stringOf(
  'a handle or DID',
  isAtIdentifier,
)

/** The address of a repository, a collection or a record. */
export const atUri: Schema<AtUri> = /* @__PURE__ */ stringOf(
  'an AT URI',
  isAtUri,
  /^at:\/\/did:plc:(?:[a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7])+\/[a-z]+\.[a-z]+(?:\.[a-zA-Z]+)+\/\w+$/,
  32,
  84,
)

/** A CID as text. */
export const cid: Schema<CidString> = /* @__PURE__ */ stringOf(
  'a CID',
  isCidString,
  /^baf(?:[a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7])+$/,
  59,
)

/** A date and time with a time zone. */
export const datetime: Schema<Datetime> = /* @__PURE__ */ stringOf(
  'a datetime',
  isDatetime,
  /^\d\d\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d+Z$/,
  22,
  64,
)

/** A DID of any method. */
export const did: Schema<Did> = /* @__PURE__ */ stringOf(
  'a DID',
  isDid,
  /^did:plc:(?:[a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7][a-z2-7])+$/,
  32,
)

/** A handle. */
export const handle: Schema<Handle> = /* @__PURE__ */ stringOf(
  'a handle',
  isHandle,
  /^[a-z\d]+(?:\.[a-z]+)+$/,
  4,
  64,
)

/** A language tag of BCP 47. */
export const language: Schema<Language> = /* @__PURE__ */ stringOf('a language tag', isLanguage)

/** The name of a lexicon. */
export const nsid: Schema<Nsid> = /* @__PURE__ */ stringOf('an NSID', isNsid)

/** The name of a record in its collection. */
export const recordKey: Schema<RecordKey> = /* @__PURE__ */ stringOf('a record key', isRecordKey)

/** A timestamp identifier. */
export const tid: Schema<Tid> = /* @__PURE__ */ stringOf('a TID', isTid)

/** A URI of any scheme, at most 8 KiB. */
export const uri: Schema<Uri> = /* @__PURE__ */ stringOf(
  'a URI',
  isUri,
  /^https:\/\/(?:[!-~][!-~][!-~][!-~])*[!-~]{0,3}$/,
  9,
  8192,
)

// Decoders whose judgement is compared with ours.

import { decode as decodeWithAtcute } from '@atcute/cbor'
import { decode as decodeWithLexCbor } from '@atproto/lex-cbor'
import { lexToJson } from '@atproto/lex-json'
import { DataError, decodeCbor } from 'atproto.ts/data'

/** What a decoder made of its input: a value in plain form, or why not. */
export type Outcome = { value: unknown } | { refused: string }

/** By the names of their packages, with their results in plain form. */
export const OTHERS: Readonly<Record<string, (bytes: Uint8Array) => Outcome>> = {
  '@atproto/lex-cbor': (bytes) =>
    attempt(() => {
      const value = decodeWithLexCbor(bytes)
      try {
        return lexToJson(value)
      } catch {
        // Such as a big integer: a value of theirs that has no plain form.
        return value
      }
    }),
  '@atcute/cbor': (bytes) =>
    attempt(() => JSON.parse(JSON.stringify(decodeWithAtcute(bytes))) as unknown),
}

/** What ours made of it. Any other error than a DataError is a fault, and comes through. */
export function decodeOurs(bytes: Uint8Array): Outcome {
  try {
    return { value: decodeCbor(bytes) }
  } catch (error) {
    if (error instanceof DataError) return { refused: error.code }
    throw error
  }
}

function attempt(decode: () => unknown): Outcome {
  try {
    return { value: decode() }
  } catch (error) {
    return { refused: String(error) }
  }
}

import * as atcute from '@atcute/cbor'
import * as lexCbor from '@atproto/lex-cbor'
import { jsonToLex } from '@atproto/lex-json'
import * as dagCbor from '@ipld/dag-cbor'
import { encodeCbor } from 'atproto.ts/data'
import * as cborg from 'cborg'
import { CID } from 'multiformats/cid'
import type { Corpus } from '../corpus/corpus.ts'
import type { Case, Row, Side } from '../harness/row.ts'
import { toIpld } from './ipld.ts'

/** Values to DAG-CBOR. */
export const cborEncode: Row = {
  name: 'cbor-encode',
  title:
    'Values to DAG-CBOR. Each side gets values in its own form; ours and that of @atcute/cbor is plain JSON.',
  cases: ({ samples }: Corpus) =>
    Object.entries(samples).map(([name, list]): Case => {
      const side = <Value>(
        library: string,
        checks: string,
        encode: (value: Value) => Uint8Array,
        fromPlain: (value: unknown) => unknown = (value) => value,
      ): Side => {
        const inputs = list.map(({ value }) => fromPlain(value) as Value)
        return {
          name: library,
          checks,
          run() {
            for (const value of inputs) encode(value)
          },
          result: () => inputs.map((value) => Buffer.from(encode(value)).toString('base64')),
        }
      }
      return {
        name,
        items: list.length,
        sides: [
          side('atproto.ts', 'integers, UTF-8, CIDs, base64, depth', encodeCbor),
          side('@atcute/cbor', 'integers, CIDs', atcute.encode),
          side(
            '@atproto/lex-cbor',
            'integers; CIDs are parsed before',
            encodeWithLexCbor,
            (value) => jsonToLex(value as never),
          ),
          side('@ipld/dag-cbor', 'CIDs are parsed before', dagCbor.encode, toIpld),
          side('cborg', 'CIDs are parsed before', encodeWithCborg, toIpld),
        ],
      }
    }),
}

const { Token, Type } = cborg
const CBORG_OPTIONS = {
  typeEncoders: {
    Object(object: object) {
      const cid = CID.asCID(object)
      if (!cid) return null
      const bytes = new Uint8Array(cid.bytes.length + 1)
      bytes.set(cid.bytes, 1)
      return [new Token(Type.tag, 42), new Token(Type.bytes, bytes)]
    },
  },
} as never

function encodeWithLexCbor(value: unknown): Uint8Array {
  return lexCbor.encode(value as never)
}

function encodeWithCborg(value: unknown): Uint8Array {
  return cborg.encode(value, CBORG_OPTIONS)
}

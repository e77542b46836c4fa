import * as atcute from '@atcute/cbor'
import * as lexCbor from '@atproto/lex-cbor'
import { lexToJson } from '@atproto/lex-json'
import * as dagCbor from '@ipld/dag-cbor'
import { decodeCbor } from 'atproto.ts/data'
import * as cborg from 'cborg'
import { fromIpld } from './ipld.ts'
import type { Corpus } from '../corpus/corpus.ts'
import type { Case, Row, Side } from '../harness/row.ts'

/** DAG-CBOR to values. */
export const cborDecode: Row = {
  name: 'cbor-decode',
  title: 'DAG-CBOR of records to values; ours are plain JSON, with links and bytes as text.',
  cases: ({ samples }: Corpus) =>
    Object.entries(samples).map(([name, list]): Case => {
      const inputs = list.map(({ bytes }) => bytes)
      const side = (
        library: string,
        checks: string,
        decode: (bytes: Uint8Array) => unknown,
        toPlain: (value: unknown) => unknown = (value) => value,
      ): Side => ({
        name: library,
        checks,
        run() {
          for (const bytes of inputs) decode(bytes)
        },
        result: () => inputs.map((bytes) => toPlain(decode(bytes))),
      })
      return {
        name,
        items: inputs.length,
        sides: [
          side('atproto.ts', 'all of DAG-CBOR', decodeCbor),
          side(
            '@atcute/cbor',
            'all but floats, depth and reserved keys; CIDs as bytes',
            atcute.decode,
            throughJson,
          ),
          side('@atproto/lex-cbor', 'no order of keys, no UTF-8', lexCbor.decode, (value) =>
            lexToJson(value as never),
          ),
          side('@ipld/dag-cbor', 'no order of keys, no UTF-8', dagCbor.decode, fromIpld),
          side('cborg', 'no order of keys, no UTF-8, no CIDs', decodeWithCborg, fromIpld),
        ],
      }
    }),
}

const CBORG_OPTIONS = { tags: { 42: (inner: () => unknown) => inner() } } as never

function decodeWithCborg(bytes: Uint8Array): unknown {
  return cborg.decode(bytes, CBORG_OPTIONS)
}

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

// Bytes that decoders may disagree about.

import { Buffer } from 'node:buffer'
import type { Corpus } from '../corpus/corpus.ts'
import { seededRandom } from '../corpus/random.ts'

const CID = `01711220${'ab'.repeat(32)}`

/** One of each kind, by what it is. */
export const EXAMPLES: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  Object.entries({
    'an integer': '1903e8',
    '2^53−1': '1b001fffffffffffff',
    '2^53': '1b0020000000000000',
    '−2^53': '3b001fffffffffffff',
    '2^64−1': '1bffffffffffffffff',
    'a float': 'fb3ff8000000000000',
    'a float that is an integer': 'fb3ff0000000000000',
    'a half float': 'f93c00',
    NaN: 'fb7ff8000000000000',
    undefined: 'f7',
    'another simple value': 'f8ff',
    'an integer in a longer form': '1817',
    'a length in a longer form': '780161',
    'a list of indefinite length': '9f01ff',
    'a text of indefinite length': '7f6161ff',
    'a reserved head': '1c',
    'another tag': 'c100',
    'a key that is an integer': 'a10101',
    'a key that is bytes': 'a1416101',
    'keys out of order': 'a2616201616102',
    'keys ordered by bytes, not by length first': 'a262616101616202',
    'a key twice': 'a2616101616102',
    'a map with the key $link': 'a165246c696e6b6161',
    'a map with the key __proto__': 'a1695f5f70726f746f5f5fa0',
    'text that is not UTF-8': '61ff',
    'text with a surrogate': '63eda080',
    'text with a leading U+FEFF': '63efbbbf',
    'a link': `d82a582500${CID}`,
    'a link without its zero': `d82a5824${CID}`,
    'an identity CID': 'd82a46000155000161',
    'a CID of version 0': `d82a5823001220${'00'.repeat(32)}`,
    'a CID with sha-512': `d82a58450001551340${'00'.repeat(64)}`,
    'a byte behind the value': '0102',
    nothing: '',
    'lists 128 deep': `${'81'.repeat(128)}01`,
    'lists 129 deep': `${'81'.repeat(129)}01`,
    'lists 10,000 deep': `${'81'.repeat(10_000)}01`,
    'a list that claims 2^32 items': '9b0000000100000000',
  }).map(([name, hex]) => [name, new Uint8Array(Buffer.from(hex, 'hex'))]),
)

/** Recorded records, each with one to three bytes changed. */
export function* mutations({ samples }: Corpus, count: number): Generator<Uint8Array, void> {
  const random = seededRandom(11)
  const records = Object.values(samples)
    .flat()
    .map(({ bytes }) => bytes)
    .filter((bytes) => bytes.length < 2000)
  for (let i = 0; i < count; i++) {
    const bytes = random.pick(records).slice()
    for (let change = random.below(3); change >= 0; change--) {
      bytes[random.below(bytes.length)] = random.below(256)
    }
    yield bytes
  }
}

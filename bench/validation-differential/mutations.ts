// Records with one thing changed, anywhere in them.

import type { Corpus } from '../corpus/corpus.ts'
import { seededRandom } from '../corpus/random.ts'

/** A record and the collection that it was in before it was changed. */
export interface Mutation {
  kind: 'post' | 'like' | 'profile'
  value: unknown
}

type Holder = Record<string | number, unknown>

const SEED = 11
const KINDS = ['post', 'like', 'profile'] as const

const OTHER_VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  '',
  'text',
  '\uD800',
  'x'.repeat(400),
  '日'.repeat(1200),
  'did:plc:abc',
  'at://alice.test',
  'https://example.com',
  '2024-02-30T00:00:00.000Z',
  '2024-01-01T00:00:00Z',
  'en',
  [],
  [null],
  {},
  { $type: 'com.example.new' },
  { $type: 'com.example.new', float: 1.5 },
]

/** Records of the corpus, each with one change, the same ones every time. */
export function* mutations({ samples }: Corpus, count: number): Generator<Mutation> {
  const random = seededRandom(SEED)
  for (let i = 0; i < count; i++) {
    const kind = random.pick([...KINDS])
    const value = structuredClone(random.pick(samples[kind] ?? []).value)
    const [holder, key] = random.pick([...places(value as Holder)])
    switch (random.below(6)) {
      case 0:
        delete holder[key]
        break
      case 1:
        if (!Array.isArray(holder)) holder['unknownField'] = random.pick(OTHER_VALUES)
        break
      case 2:
        if (typeof holder[key] === 'string') holder[key] = `${holder[key]}${random.pick(ENDINGS)}`
        else if (typeof holder[key] === 'number')
          holder[key] = holder[key] * random.pick([-1, 0.5, 1e6])
        break
      default:
        holder[key] = random.pick(OTHER_VALUES)
    }
    // A hole in an array is no JSON.
    yield { kind, value: JSON.parse(JSON.stringify(value)) }
  }
}

const ENDINGS = ['/', '.', ' ', '\n', 'é', '-', '#', '#main', '0', '\uDC00', ':']

function* places(holder: Holder): Generator<[Holder, string | number]> {
  for (const key of Object.keys(holder)) {
    yield [holder, key]
    const value = holder[key]
    if (typeof value === 'object' && value !== null) yield* places(value as Holder)
  }
}

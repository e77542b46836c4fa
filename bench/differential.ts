// Compares what decoders accept and refuse, and fails on a difference without a reason:
// node bench/differential.ts

import { isDeepStrictEqual } from 'node:util'
import { loadCorpus } from './corpus/corpus.ts'
import { decodeOurs, OTHERS } from './differential/decoders.ts'
import type { Outcome } from './differential/decoders.ts'
import { EXAMPLES, mutations } from './differential/inputs.ts'
import { REASONS } from './differential/reasons.ts'
import { writeTable } from './differential/table.ts'
import type { TableRow } from './differential/table.ts'

const MUTATIONS = 100_000

const used = new Set<string>()
const unexplained: string[] = []
const rows: TableRow[] = []
for (const [example, bytes] of Object.entries(EXAMPLES)) rows.push(compareExample(example, bytes))
for (const bytes of mutations(loadCorpus(), MUTATIONS)) compare('a mutation', bytes)
for (const { why, library } of REASONS) {
  if (!used.has(why)) unexplained.push(`No example shows, of ${library}: ${why}`)
}
for (const line of new Set(unexplained)) console.error(line)
if (unexplained.length > 0) process.exit(1)
writeTable(Object.keys(OTHERS), rows)
console.error(
  `${rows.length} examples and ${MUTATIONS} mutations: every difference has its reason.`,
)

function compareExample(example: string, bytes: Uint8Array): TableRow {
  const whys = compare(example, bytes)
  return {
    example,
    ours: describe(decodeOurs(bytes)),
    others: Object.values(OTHERS).map((decode) =>
      'refused' in decode(bytes) ? 'refuses' : 'accepts',
    ),
    why: [...new Set(whys)].join(' '),
  }
}

/** The reasons for the differences that there are. */
function compare(example: string, bytes: Uint8Array): string[] {
  const ours = decodeOurs(bytes)
  const whys: string[] = []
  for (const [library, decode] of Object.entries(OTHERS)) {
    const theirs = decode(bytes)
    if (isSame(ours, theirs)) continue
    const reason = REASONS.find(
      ({ library: name, code, only }) =>
        name === library &&
        (only === undefined || only.includes(example)) &&
        code === ('refused' in ours ? ours.refused : undefined) &&
        'value' in theirs,
    )
    if (reason === undefined) {
      const hex = Buffer.from(bytes).toString('hex').slice(0, 200)
      unexplained.push(
        `${library}: ${example}: ours ${describe(ours)}, theirs ${describe(theirs)}: ${hex}`,
      )
      continue
    }
    used.add(reason.why)
    whys.push(`${library}: ${reason.why}`)
  }
  return whys
}

function isSame(ours: Outcome, theirs: Outcome): boolean {
  if ('refused' in ours || 'refused' in theirs) return 'refused' in ours && 'refused' in theirs
  return isDeepStrictEqual(ours.value, theirs.value)
}

function describe(outcome: Outcome): string {
  return 'refused' in outcome ? `refuses: ${outcome.refused}` : 'accepts'
}

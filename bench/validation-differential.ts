// Compares which records validators accept, and fails on a difference without a reason:
// node bench/validation-differential.ts

import { main as profile } from 'atproto.ts/lexicons/app.bsky.actor.profile'
import { main as like } from 'atproto.ts/lexicons/app.bsky.feed.like'
import { main as post } from 'atproto.ts/lexicons/app.bsky.feed.post'
import { loadCorpus } from './corpus/corpus.ts'
import { writeMarkdown } from './harness/markdown.ts'
import { validatorsOf } from './rows/validators.ts'
import type { Validator } from './rows/validators.ts'
import { mutations } from './validation-differential/mutations.ts'
import { REASONS } from './validation-differential/reasons.ts'
import type { Reason } from './validation-differential/reasons.ts'

const MUTATIONS = 40_000

const INTRODUCTION = `# Where validators disagree

What records are accepted and refused, by us and by the others, and why we decide otherwise. Generated
by \`node bench/validation-differential.ts\`, which changes one thing in each of ${MUTATIONS.toLocaleString('en-US')} recorded posts,
likes and profiles, and fails where a difference has no reason given here.
`

const OURS = { post, like, profile }
const peers = {
  post: await peersOf('post'),
  like: await peersOf('like'),
  profile: await peersOf('profile'),
}
const counts = new Map<Reason, number>()
const unexplained = new Set<string>()
for (const { kind, value } of mutations(loadCorpus(), MUTATIONS)) {
  const { issues } = OURS[kind].safeParse(value)
  const verdict = issues
    ? `${issues[0].code}: ${issues[0].message.replace('expected ', '')}`
    : 'accepts'
  for (const peer of peers[kind]) {
    if (accepts(peer, value) === (issues === undefined)) continue
    const reason = REASONS.find(
      ({ libraries, ours }) => libraries.includes(peer.library) && verdict.startsWith(ours),
    )
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1)
    else unexplained.add(`${peer.library}: ours ${verdict}: ${JSON.stringify(value).slice(0, 300)}`)
  }
}
for (const { why } of REASONS.filter((reason) => !counts.has(reason))) {
  unexplained.add(`Nothing shows: ${why}`)
}
for (const line of unexplained) console.error(line)
if (unexplained.size > 0) process.exit(1)
const rows = [...counts].map(
  ([{ libraries, ours, why }, count]) =>
    `| ${ours} | ${libraries.join(', ')} | ${count} | ${why} |`,
)
const head = ['| ours | differs from | times | why |', '|-|-|-|-|']
writeMarkdown(
  'VALIDATION-DIFFERENCES.md',
  `${INTRODUCTION}\n${[...head, ...rows.toSorted()].join('\n')}\n`,
)
console.error(`${MUTATIONS} mutations: every difference has its reason.`)

/** Those that know the whole lexicon; zod has only what somebody wrote for it. */
async function peersOf(kind: 'post' | 'like' | 'profile'): Promise<Validator[]> {
  const [, ...others] = await validatorsOf(kind)
  return others.filter(({ library }) => library !== 'zod')
}

function accepts(peer: Validator, value: unknown): boolean {
  try {
    return peer.is(peer.prepare(value))
  } catch {
    return false
  }
}

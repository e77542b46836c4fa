import { checkCommitEvent } from 'atproto.ts/repo'
import type { CommitEvent } from 'atproto.ts/repo'

const response = await fetch('https://example.com/commit.json')
const { commit, records, inversion } = checkCommitEvent((await response.json()) as CommitEvent)
console.log(commit.rev, records.length, inversion)

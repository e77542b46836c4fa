// Messages other than `#commit` as events. There are few of them, so they are decoded as a whole.

import { decodeCbor } from '../data/index.ts'
import type { RepoEvent } from './events.ts'
import { FrameSync } from './frame-sync.ts'
import type { FrameMessages } from './frame.ts'
import { mapOf, optionalText, refuse, sequence, textOf } from './message-fields.ts'
import type { MessageFields } from './message-fields.ts'

/** How the messages of `com.atproto.sync.subscribeRepos` are read, `#commit` left out. */
export const repoMessages: FrameMessages<RepoEvent> = {
  nsid: 'com.atproto.sync.subscribeRepos',
  read: (t, message) => readFields(t, mapOf(decodeCbor(message, { raw: true }))),
}

function readFields(t: string, fields: MessageFields): RepoEvent | undefined {
  switch (t) {
    case '#sync':
      return new FrameSync(fields)
    case '#identity':
      return { kind: 'identity', ...sequence(fields), ...optionalText(fields, 'handle') }
    case '#account': {
      const active = fields['active'] === true || (fields['active'] !== false && refuse('active'))
      return { kind: 'account', ...sequence(fields), active, ...optionalText(fields, 'status') }
    }
    case '#info':
      return { kind: 'info', name: textOf(fields, 'name'), ...optionalText(fields, 'message') }
    case '#handle':
      return { kind: 'handle', ...sequence(fields), handle: textOf(fields, 'handle') }
    case '#migrate': {
      const migrateTo = fields['migrateTo'] === null ? null : textOf(fields, 'migrateTo')
      return { kind: 'migrate', ...sequence(fields), migrateTo }
    }
    case '#tombstone':
      return { kind: 'tombstone', ...sequence(fields) }
    default:
      return undefined
  }
}

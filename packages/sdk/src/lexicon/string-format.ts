// The formats of strings by the names that lexicons give them.

import type { StringFormat } from '../syntax/index.ts'
import type { Schema } from './schema.ts'
import {
  atIdentifier,
  atUri,
  cid,
  datetime,
  did,
  handle,
  language,
  nsid,
  recordKey,
  tid,
  uri,
} from './string-schema.ts'

/** The schema of each format. */
export const FORMATS: Readonly<Record<StringFormat, Schema<string>>> = {
  'at-identifier': atIdentifier,
  'at-uri': atUri,
  cid,
  datetime,
  did,
  handle,
  language,
  nsid,
  'record-key': recordKey,
  tid,
  uri,
}

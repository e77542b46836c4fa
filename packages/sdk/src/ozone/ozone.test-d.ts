import type { ATProto } from '../index.ts'
import { Ozone } from './index.ts'

declare const atproto: ATProto

const ozone = new Ozone(atproto, { labeler: 'did:plc:ar7c4by46qjdydhdevvrndac' })
;(await ozone.server.getConfig()).data.viewer?.role satisfies string | undefined

// @ts-expect-error a labeler is named by its DID
void new Ozone(atproto, { labeler: 'mod.example.com' })
// @ts-expect-error nobody else is asked by default
void new Ozone(atproto)
// @ts-expect-error the set's name is required
await ozone.set.getValues({})

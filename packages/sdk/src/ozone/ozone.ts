// The facade of Ozone: every call of tools.ozone as a method.
import { toolsOzone } from '../../lexicons/tools.ozone.ts'
import type { ToolsOzone } from '../../lexicons/tools.ozone.ts'
import type { Did } from '../syntax/index.ts'
import { createServices, proxied } from '../xrpc/index.ts'
import type { XrpcClient } from '../xrpc/index.ts'

/** Which moderation service the calls are for. */
export interface OzoneOptions {
  /** The DID of the labeler, at which you are a member of the team. */
  labeler: Did
}

/**
 * A moderation service, one method for each query and procedure of tools.ozone. Methods are
 * `(input?, options?)` and give `{ data, headers, status, rateLimit? }`. Calls go to the account's
 * PDS, which forwards them to the labeler.
 *
 * @example
 * ```ts
 * const atproto = await ATProto.login({ identifier, password })
 * const ozone = new Ozone(atproto, { labeler: 'did:plc:ar7c4by46qjdydhdevvrndac' })
 * const { data } = await ozone.moderation.queryStatuses({ reviewState: 'tools.ozone.moderation.defs#reviewOpen' })
 * ```
 */
export class Ozone implements ToolsOzone {
  declare readonly communication: ToolsOzone['communication']
  declare readonly hosting: ToolsOzone['hosting']
  declare readonly moderation: ToolsOzone['moderation']
  declare readonly queue: ToolsOzone['queue']
  declare readonly report: ToolsOzone['report']
  declare readonly safelink: ToolsOzone['safelink']
  declare readonly server: ToolsOzone['server']
  declare readonly set: ToolsOzone['set']
  declare readonly setting: ToolsOzone['setting']
  declare readonly signature: ToolsOzone['signature']
  declare readonly team: ToolsOzone['team']
  declare readonly verification: ToolsOzone['verification']

  constructor({ client }: { readonly client: XrpcClient }, { labeler }: OzoneOptions) {
    const calls = proxied(client, `${labeler}#atproto_labeler`)
    Object.assign(this, createServices(calls, 'tools.ozone', toolsOzone))
  }
}

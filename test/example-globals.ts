// What the examples in docstrings take for granted: values that a program has, and what it does with
// those that it gets.

import type { ATProto, Session } from 'atproto.ts'
import type { Bluesky } from 'atproto.ts/bluesky'
import type { Keypair } from 'atproto.ts/crypto'
import type { CarBlock } from 'atproto.ts/data'
import type { CursorStore, RepoEvent } from 'atproto.ts/firehose'
import type { IdentityResolver, PlcData, PlcDirectory } from 'atproto.ts/identity'
import type { LexiconDocument, Procedure, Typed, UnknownMember } from 'atproto.ts/lexicon'
import type { Main as External } from 'atproto.ts/lexicons/app.bsky.embed.external'
import type { Main as Images } from 'atproto.ts/lexicons/app.bsky.embed.images'
import type { Main as Post } from 'atproto.ts/lexicons/app.bsky.feed.post'
import type { Label } from 'atproto.ts/lexicons/com.atproto.label.defs'
import type { Input as Writes } from 'atproto.ts/lexicons/com.atproto.repo.applyWrites'
import type { CommitEvent, Mst, RepoCommit } from 'atproto.ts/repo'
import type { AtUri, CidString, Did, Handle, Nsid, RecordKey } from 'atproto.ts/syntax'
import type { XrpcClient } from 'atproto.ts/xrpc'

export declare const atproto: ATProto
export declare const bluesky: Bluesky
export declare const bucket: { get(cid: string): Promise<Uint8Array> }
export declare const bytes: Uint8Array
export declare const cid: CidString
export declare const client: XrpcClient
export declare const collection: Nsid
export declare const commit: CarBlock
export declare const cursorStore: CursorStore
export declare const data: PlcData
export declare const did: Did
export declare const directory: PlcDirectory
export declare const documentOfDefs: LexiconDocument
export declare const documentOfThing: LexiconDocument
export declare const embed: Typed<External> | Typed<Images> | UnknownMember
export declare const essay: string
export declare const event: CommitEvent
export declare const file: Blob
export declare const identifier: Handle
export declare const identity: IdentityResolver
export declare const keypair: Keypair
export declare const label: Label
export declare const labeler: Did
export declare const lastCommit: RepoCommit
export declare const others: CarBlock[]
export declare const password: string
export declare const pds: string
export declare const post: Post & { uri: AtUri; cid: CidString }
export declare const repo: Did
export declare const resolver: IdentityResolver
export declare const response: Response
export declare const rkey: RecordKey
export declare const root: CidString
export declare const rotationKey: Keypair
export declare const service: string
export declare const signature: Uint8Array
export declare const signingKey: Keypair['did']
export declare const socket: WebSocket
export declare const text: string
export declare const today: Mst
export declare const upload: Procedure<undefined, Blob, undefined>
export declare const uri: AtUri
export declare const value: unknown
export declare const video: Blob
export declare const writes: Writes['writes']
export declare const yesterday: Mst

/** Of the npm package secp256k1. */
export declare function ecdsaVerify(
  signature: Uint8Array,
  hash: Uint8Array,
  point: Uint8Array,
): boolean

export declare function escape(text: string): string
export declare function feedOf(did: string): Promise<{ post: AtUri }[]>
export declare function fetchRepo(did: string): Promise<Uint8Array>
export declare function handle(event: RepoEvent | undefined): void
export declare function index(event: RepoEvent): Promise<void>
export declare function load(did: Did): Session
export declare function replaceRecords(...records: unknown[]): Promise<void>
export declare function store(label: Label, isActive: boolean): void

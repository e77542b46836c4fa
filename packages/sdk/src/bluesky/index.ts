export type { AtprotoLike } from './atproto-like.ts'
export { Bluesky, CHAT_SERVICE, PUBLIC_SERVICE } from './bluesky.ts'
export type { AnonymousBlueskyOptions, BlueskyOptions } from './bluesky.ts'

import type { Main as Post } from 'atproto.ts/lexicons/app.bsky.feed.post'

export type TextOf = Post['text']

import { Bluesky } from 'atproto.ts/bluesky'

const { data } = await Bluesky.anonymous().actor.getProfile({ actor: 'bsky.app' })
console.log(data.displayName)

import { decodeCbor, encodeCbor } from 'atproto.ts/data'

const bytes = encodeCbor({ $type: 'app.bsky.feed.post', text: 'Hello' })
console.log(bytes.length, decodeCbor(bytes))

import { main } from 'atproto.ts/lexicons/app.bsky.feed.getPostThread'

console.log(main.nsid)

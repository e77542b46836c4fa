import { main as post } from 'atproto.ts/lexicons/app.bsky.feed.post'

const value: unknown = await (await fetch('/post.json')).json()
console.log(post.is(value) ? value.text : post.parse(value))

import { segments } from 'atproto.ts/bluesky'

const post = await (await fetch('/post.json')).json()
for (const { text, link } of segments(post)) console.log(text, link)

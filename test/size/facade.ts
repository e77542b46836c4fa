import { ATProto } from 'atproto.ts'

const atproto = await ATProto.login({ identifier: 'alice.example.com', password: 'app-password' })
const { data } = await atproto.repo.getRecord({
  repo: 'alice.example.com',
  collection: 'app.bsky.actor.profile',
  rkey: 'self',
})
console.log(data.value)

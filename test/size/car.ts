import { readCar } from 'atproto.ts/data'

const response = await fetch('https://pds.example.com/xrpc/com.atproto.sync.getRepo')
const { roots, blocks } = await readCar(response.body!)
console.log(roots)
for await (const { cid, bytes } of blocks) console.log(cid, bytes.length)

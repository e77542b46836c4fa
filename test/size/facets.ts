import { detectFacets } from 'atproto.ts/bluesky'

console.log(detectFacets('Hello @alice.example.com, see example.com #greeting'))

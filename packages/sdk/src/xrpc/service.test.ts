import { describe, expect, test } from 'vitest'

import { parseService } from './index.ts'

describe('parseService', () => {
  test.each([
    ['bsky.social', 'https://bsky.social'],
    ['localhost:2583', 'https://localhost:2583'],
    ['https://pds.example.com', 'https://pds.example.com'],
    ['https://pds.example.com/', 'https://pds.example.com'],
    ['http://127.0.0.1:2583', 'http://127.0.0.1:2583'],
    ['http://127.0.0.1:2583/a/b//', 'http://127.0.0.1:2583/a/b'],
    ['wss://relay.example.com', 'https://relay.example.com'],
    ['ws://127.0.0.1:80', 'http://127.0.0.1:80'],
  ])('takes %s', (service, url) => {
    expect(parseService(service)).toBe(url)
  })

  test.each([
    '',
    'not a host',
    'ftp://pds.example.com',
    'https://user:secret@pds.example.com',
    'https://pds.example.com?x=1',
    'https://pds.example.com#x',
    'file:///etc/passwd',
    'https:///path',
  ])('refuses "%s" and says what it takes', (service) => {
    expect(() => parseService(service)).toThrow(/^Not a host name or URL: /)
  })
})

import { expect, test } from 'vitest'
import { normalizeNsid, nsidParts } from './nsid-parts.ts'

test('an NSID is a domain backwards and a name', () => {
  expect(nsidParts('edu.university.dept.lab.blogging.getBlogPost')).toEqual({
    authority: 'blogging.lab.dept.university.edu',
    name: 'getBlogPost',
  })
})

test('only the domain is normalized to lower case', () => {
  expect(normalizeNsid('Com.Example.fooBar')).toBe('com.example.fooBar')
})

import { main as post } from '../../lexicons/app.bsky.feed.post.ts'
import type { Main as Post } from '../../lexicons/app.bsky.feed.post.ts'
import { output as thread, params } from '../../lexicons/app.bsky.feed.getPostThread.ts'
import type { Output, Params } from '../../lexicons/app.bsky.feed.getPostThread.ts'
import type { Issue, RecordSchema, Schema, Typed } from './index.ts'

declare const value: unknown

// What is valid has the type of the definition, with the $type that records have.
if (post.is(value)) value satisfies Typed<Post>
post.parse(value).$type satisfies 'app.bsky.feed.post'
thread.parse(value) satisfies Output
params.parseQuery(new URLSearchParams()) satisfies Params

// A result is narrowed by `success`, and by `issues`.
const result = post.safeParse(value)
if (result.success) result.value.text satisfies string
else result.issues[0] satisfies Issue
if (!result.issues) result.value satisfies Typed<Post>
// @ts-expect-error there may be no value
void result.value

// A schema of one type is one of any.
thread satisfies Schema<unknown>
post satisfies RecordSchema<{ $type?: string }>
if (post.isTypeOf(value)) value.$type satisfies 'app.bsky.feed.post'

// Types of Standard Schema are there for libraries that infer from them.
type Inferred = NonNullable<(typeof post)['~standard']['types']>['output']
declare const inferred: Inferred
inferred satisfies Typed<Post>

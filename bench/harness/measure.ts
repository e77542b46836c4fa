// Times the sides of a case against each other. Every round runs all of them, one after the other in
// a changing order, so that what slows the machine for a while slows them alike; a ratio is taken
// within a round, and the median of the rounds counts. What is taken is processor time, all threads
// included, so that other programs do not count, and collecting one's garbage does: one's own, as what
// is young is collected before and after each turn.

import { deepStrictEqual } from 'node:assert'
import type { Case, Side } from './row.ts'

const WARM_UP_MS = 300
const SLICE_MS = 10
const DEFAULT_ROUNDS = 60

type Clock = NonNullable<Case['clock']>

/** How a side did. */
export interface Timing {
  name: string
  checks: string
  /** The median time for one item. */
  nanoseconds: number
  /** Its time divided by ours: above 1 we are faster. With the middle half of the rounds. */
  ratio: { median: number; low: number; high: number }
}

/** How the sides of a case did, ours first. */
export interface CaseTimings {
  name: string
  timings: Timing[]
}

/**
 * Measures a case.
 *
 * @throws {AssertionError} where two sides do not make the same.
 */
export async function measure({
  name,
  items,
  sides,
  clock = 'processor',
  rounds: count = DEFAULT_ROUNDS,
}: Case): Promise<CaseTimings> {
  const expected = await sides[0].result()
  for (const side of sides.slice(1)) {
    deepStrictEqual(await side.result(), expected, `${name}: ${side.name} makes something else`)
  }
  const runs: number[] = []
  for (const side of sides) runs.push(await runsPerSlice(side, clock))
  const rounds: number[][] = []
  for (let round = 0; round < count; round++) {
    rounds.push(await timeRound(sides, runs, round, clock))
  }
  const timings = sides.map(({ name: side, checks }, i) => ({
    name: side,
    checks,
    nanoseconds:
      quantile(
        rounds.map((times) => times[i]!),
        0.5,
      ) / items,
    ratio: spread(rounds.map((times) => times[i]! / times[0]!)),
  }))
  return { name, timings }
}

async function timeRound(
  sides: readonly Side[],
  runs: readonly number[],
  round: number,
  clock: Clock,
): Promise<number[]> {
  const times = new Array<number>(sides.length).fill(0)
  for (let turn = 0; turn < sides.length; turn++) {
    const i = (turn + round) % sides.length
    times[i] = await timeRuns(sides[i]!, runs[i]!, clock)
  }
  return times
}

/** The time of one run, in nanoseconds. */
async function timeRuns(side: Side, runs: number, clock: Clock): Promise<number> {
  collectYoung()
  const start = readClock(clock)
  for (let i = 0; i < runs; i++) {
    const work = side.run()
    // Waiting for what is there already would count against those who are done at once.
    if (work instanceof Promise) await work
  }
  collectYoung()
  return (readClock(clock) - start) / runs
}

/** Collects what was made since the last time. */
function collectYoung(): void {
  if (!globalThis.gc) throw new Error('Measuring takes node --expose-gc')
  globalThis.gc({ type: 'minor', execution: 'sync' })
}

/** In nanoseconds. */
function readClock(clock: Clock): number {
  if (clock === 'wall') return performance.now() * 1e6
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

async function runsPerSlice(side: Side, clock: Clock): Promise<number> {
  const start = performance.now()
  let runs = 0
  let nanoseconds = 0
  for (; performance.now() < start + WARM_UP_MS; runs++)
    nanoseconds += await timeRuns(side, 1, clock)
  nanoseconds /= runs
  return Math.max(1, Math.round((SLICE_MS * 1e6) / nanoseconds))
}

function spread(values: number[]): Timing['ratio'] {
  return {
    median: quantile(values, 0.5),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
  }
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * share)]!
}

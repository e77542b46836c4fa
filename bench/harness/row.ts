// What is measured: rows of cases, in each of which several sides do the same work.

import type { Corpus } from '../corpus/corpus.ts'

/** One library at one piece of work. */
export interface Side {
  /** Its name, and how it is called where that matters. */
  name: string
  /** What it checks of its input while it does the work, in a few words. */
  checks: string
  /** Does the work once, over all the inputs of the case. */
  run(): unknown
  /**
   * What it made, in a form that is the same for every side. Compared before anything is timed; it
   * need not be fast.
   */
  result(): unknown
}

/** The same work for several sides. The first is ours. */
export interface Case {
  name: string
  /** Over how many items, such as records, one run goes: times are given for one. */
  items: number
  /**
   * What is taken: processor time of this process, or, for what waits on another, time on the clock.
   * @default 'processor'
   */
  clock?: 'processor' | 'wall'
  /**
   * How many rounds are measured: fewer for work that takes seconds.
   * @default 60
   */
  rounds?: number
  sides: readonly [Side, ...Side[]]
}

/** A measurement that can be asked for by its name. */
export interface Row {
  name: string
  /** What it measures, in a sentence for the readme. */
  title: string
  cases(corpus: Corpus): Case[] | Promise<Case[]>
}

import { expect, test } from 'vitest'
import { openWorkshop } from '../workshop.ts'

test('oxfmt passes the house style', async () => {
  const workshop = await openWorkshop()
  await workshop.copy('.oxfmtrc.json')
  await workshop.write({ 'src/one.ts': `export const one = 'one'\n` })
  expect(await workshop.run('oxfmt', '--check', 'src')).toMatchObject({ exitCode: 0 })
})

test('oxfmt refuses another style', async () => {
  const workshop = await openWorkshop()
  await workshop.copy('.oxfmtrc.json')
  await workshop.write({ 'src/one.ts': `export const one = "one";\n` })
  const { exitCode, output } = await workshop.run('oxfmt', '--check', 'src')
  expect(exitCode).not.toBe(0)
  expect(output).toContain('src/one.ts')
})

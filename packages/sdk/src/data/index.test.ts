import { expect, test } from 'vitest'

test('exports what it says, and nothing by accident', async () => {
  expect(Object.keys(await import('./index.ts')).toSorted()).toMatchInlineSnapshot(`
    [
      "CODEC_DAG_CBOR",
      "CODEC_RAW",
      "DataError",
      "cidForCbor",
      "cidForRaw",
      "decodeCbor",
      "decodeCborFirst",
      "decodeCid",
      "encodeCar",
      "encodeCbor",
      "encodeCid",
      "formatCid",
      "fromLexBytes",
      "indexCar",
      "isBlobRef",
      "isLexValue",
      "lexEquals",
      "parseCid",
      "readCar",
      "readCarBytes",
      "toLexBytes",
      "writeCar",
    ]
  `)
})

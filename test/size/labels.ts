import { isLabelActive, subscribeLabels } from 'atproto.ts/firehose'

for await (const event of subscribeLabels({ cursor: 0 })) {
  if (event.kind !== 'labels') continue
  for (const label of event.labels) console.log(label.uri, label.val, isLabelActive(label))
}

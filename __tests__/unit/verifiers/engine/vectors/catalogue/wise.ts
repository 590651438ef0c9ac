import type { ProviderFacts } from '../types';

export const WISE: ProviderFacts = {
  provider: 'wise',
  covers: ['whole', false, null],
  idSigned: false,
  vectors: [
    {
      source:
        'https://docs.wise.com/guides/developer/webhooks/event-handling, its rule; Python cryptography, by the rule of the documentation',
      secret:
        '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsFeIJn7RNTYhl41IC89E\n5Uc4J4SavX5yGLE2ovdDwu3zf57QWPLwXaCsENSWRTSPN5SmsUT5HeXmK6vH647I\n02Cx5VXOJ7AitEXB2O6Pj849AGLxNdb0hxOAdqAs0QpRkiUrzhwtEqXmYwKNuB90\ngBrv7Sd1qjDyug9ssbz++ARhXfTr0sPvRepV8tgiGGLs7/9GiZbMkDvyrX2CEq27\nd7BxKmuHcrQT1DqG+v3fkOlcC8Di6hmtWeURmcVeobWc+ynYhxzZUcCA35r4mZx0\nvj2W2w77y3bjlF5nq7vD5jePVng2p0wCykLVOaFMwemibfdPdaVIETvG90/MgZGb\nwQIDAQAB\n-----END PUBLIC KEY-----\n',
      otherSecret:
        '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA6jshjNOfyU8blp7tpFtb\ntR856KfF+87SjttRmDYsGXKEU+3biOyX1xGB3oU2k2SoKiztTrvtuypncAUwEr3V\nTSyvE9TqrKOGRCuzbfpcEiFvGSZpgXh+Rtp64fikYXhWr3Rh4GBKJ6uh/OBd55Dv\nJteK9uuu0NuttJH9wvC5Fzhhc4kbw4CoJzGBX3l56ErivawCllBFjyCEdYlEgTvp\nqSSHbnxUOVqBwdNRC08/GQRF51J4fkWo07diYlAcN0QofZDCIi0/R1el9J9AG3mF\nCD6KrI/Nht/rNuHZ7Lsx9YuydgLOAi6oJtvfY2YJKn+SFL/LbXG/qknMPyF7wVpP\n0wIDAQAB\n-----END PUBLIC KEY-----\n',
      request: {
        headers: {
          'x-delivery-id': 'd-1',
          'x-signature-sha256':
            'eS6sEF4fkMFRkw5NO2q7X1GSBtRmIRY73vxcKU4wzE0W0yO7dmycnxTHpxFQW0x/p+XEixsBXa5kjphw8bOnkpkqcMg/wFYQzzE4fJddNQeLXGE1Z9DFS5Tw/EeTnWyS7R9CSbSmECzo565bQ36z/CW8lH5ExRqV6oZylMpWDATt8okxw4s57tuH2jutGQjcSg8X1vAbGPYrg8xD52MPSGPZ0dZTvR+GTLo+5MFp5N9wErr3qfOHgUYX63A+tamJh6mbkkPkzHu0q7mH0B8WcxMs9hUyOz3TD/ZRAqjX/MA8iv2HpzaLjTcNkRDVwODvBo62Dvn8sOFaZn5uwatjvA==',
        },
        body: '{"data":{"resource":{"id":111,"type":"transfer"},"current_state":"processing"},"event_type":"transfers#state-change","sent_at":"2020-01-01T12:34:56Z"}',
      },
      at: 1700000000,
      deliveryId: 'd-1',
      signature: 'header:x-signature-sha256',
    },
    {
      source:
        'https://docs.wise.com/guides/developer/webhooks/event-types, its body; Python cryptography, by the rule of the documentation',
      secret:
        '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtk704WMYB+J9e3CMMGZ8\nAg79SklDUbEuI/HcgLQ5lqL2kuxP8+1pDvt+lVOdgGyZQd3lHQFjw1tyJs8Wp9lX\nd520wq821sgEc3bbroU4H02/IWN/ai/7kTmtxkREbX9LAuzxxzrA67dgQ/S2KaVx\nX/e6DfwaE2Vjij/sI1WFS+Ov+kwfnWy+KJHtvGwQ6g7jOJpUq+KavTH3nbtVhxdo\ngmxxzaV0WI89rXdhrWjVQHhCzOFSeWc9QF4wgkPC5q0rSSjaB+VapYYsDR+ExSqf\nx9Nl9cj1I9qYBHSwIPwnoh9s1/UHzSDtvL0NsoCChAC6Vq1vqiDWtvb3ruDV/p4c\newIDAQAB\n-----END PUBLIC KEY-----\n',
      otherSecret:
        '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA6jshjNOfyU8blp7tpFtb\ntR856KfF+87SjttRmDYsGXKEU+3biOyX1xGB3oU2k2SoKiztTrvtuypncAUwEr3V\nTSyvE9TqrKOGRCuzbfpcEiFvGSZpgXh+Rtp64fikYXhWr3Rh4GBKJ6uh/OBd55Dv\nJteK9uuu0NuttJH9wvC5Fzhhc4kbw4CoJzGBX3l56ErivawCllBFjyCEdYlEgTvp\nqSSHbnxUOVqBwdNRC08/GQRF51J4fkWo07diYlAcN0QofZDCIi0/R1el9J9AG3mF\nCD6KrI/Nht/rNuHZ7Lsx9YuydgLOAi6oJtvfY2YJKn+SFL/LbXG/qknMPyF7wVpP\n0wIDAQAB\n-----END PUBLIC KEY-----\n',
      request: {
        headers: {
          'x-delivery-id': 'd-1',
          'x-signature-sha256':
            'afKAr76847GApJiS639ZVfKatuTibjMwitYQmGHravfPU5hiz+O+2r1sdaF6UpomUKEOuaGjerABZ3r1mIRoXHvh/UlnPYSoc1mnroy6hF4I1X5Rm9BWFW6Oe3kmY/AIIXUpTDJyO0yc98eY5EaF+EUsyPhyFVOXjR5ScLQ4d2HOsGGiTMYScWDTk1gq+webx/cBskjtp1UPIXujkTRgbdB6O4jaCVFk4kcG4p44P2fYCEBhQ8+KqGXRTlLOp1E5txW66UmAlunHfFGttV8Ye0Eh14Q9arGc8S8e7NLLjqi9u/OubFHlrm2N/u/Ea3rxjNoHeyGtgh4fwW40DRyM2w==',
        },
        body: '{"data":{"resource":{"type":"transfer","id":111,"profile_id":222,"account_id":333},"current_state":"processing","previous_state":"incoming_payment_waiting","occurred_at":"2020-01-01T12:34:56Z"},"subscription_id":"01234567-89ab-cdef-0123-456789abcdef","event_type":"transfers#state-change","schema_version":"2.0.0","sent_at":"2020-01-01T12:34:56Z"}',
      },
      at: 1700000000,
      deliveryId: '01234567-89ab-cdef-0123-456789abcdef transfers#state-change 111 processing 2020-01-01T12:34:56Z',
      signature: 'header:x-signature-sha256',
    },
  ],
  challenges: [
    {
      name: 'Wise: test notification',
      source: 'https://docs.wise.com/guides/developer/webhooks/event-handling; Python cryptography',
      secrets: [
        '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsFeIJn7RNTYhl41IC89E\n5Uc4J4SavX5yGLE2ovdDwu3zf57QWPLwXaCsENSWRTSPN5SmsUT5HeXmK6vH647I\n02Cx5VXOJ7AitEXB2O6Pj849AGLxNdb0hxOAdqAs0QpRkiUrzhwtEqXmYwKNuB90\ngBrv7Sd1qjDyug9ssbz++ARhXfTr0sPvRepV8tgiGGLs7/9GiZbMkDvyrX2CEq27\nd7BxKmuHcrQT1DqG+v3fkOlcC8Di6hmtWeURmcVeobWc+ynYhxzZUcCA35r4mZx0\nvj2W2w77y3bjlF5nq7vD5jePVng2p0wCykLVOaFMwemibfdPdaVIETvG90/MgZGb\nwQIDAQAB\n-----END PUBLIC KEY-----\n',
      ],
      request: {
        headers: {
          'x-test-notification': 'true',
          'x-signature-sha256':
            'eS6sEF4fkMFRkw5NO2q7X1GSBtRmIRY73vxcKU4wzE0W0yO7dmycnxTHpxFQW0x/p+XEixsBXa5kjphw8bOnkpkqcMg/wFYQzzE4fJddNQeLXGE1Z9DFS5Tw/EeTnWyS7R9CSbSmECzo565bQ36z/CW8lH5ExRqV6oZylMpWDATt8okxw4s57tuH2jutGQjcSg8X1vAbGPYrg8xD52MPSGPZ0dZTvR+GTLo+5MFp5N9wErr3qfOHgUYX63A+tamJh6mbkkPkzHu0q7mH0B8WcxMs9hUyOz3TD/ZRAqjX/MA8iv2HpzaLjTcNkRDVwODvBo62Dvn8sOFaZn5uwatjvA==',
        },
        body: '{"data":{"resource":{"id":111,"type":"transfer"},"current_state":"processing"},"event_type":"transfers#state-change","sent_at":"2020-01-01T12:34:56Z"}',
      },
      at: 1700000000,
      reply: { kind: 'test notification', status: 200 },
      broken: {
        headers: { 'x-test-notification': 'true' },
        body: '{"data":{"resource":{"id":111,"type":"transfer"},"current_state":"processing"},"event_type":"transfers#state-change","sent_at":"2020-01-01T12:34:56Z"}',
      },
    },
  ],
};

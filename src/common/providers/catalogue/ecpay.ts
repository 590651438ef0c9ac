// Framework-free.

import type { Provider } from '../provider';

export const ECPAY: Provider = {
  id: 'ecpay',
  title: 'ECPay',
  // 1: paid; 2: an account for a transfer is assigned, or an instalment plan asked for; 10100073: a number or barcode to pay
  // with at a shop is assigned. Any other code is a failure.
  event: { from: ['form:RtnCode'], names: ['1', '2', '10100073'] },
  scheme: {
    kind: 'hash',
    sig: { from: 'form:CheckMacValue', enc: 'hex-upper' },
    content:
      'hashkey%3d{lower:net:secret}%26{lower:net:nocase-form:=&!CheckMacValue}%26hashiv%3d{lower:net:config:hashIv}',
    // Capitals and small letters are signed alike: what is signed can't be changed, a field can.
    id: ['signed'],
    answer: { status: 200, type: 'text/plain', body: '1|OK' },
  },
  covers: { body: 'part', url: false, tolerance: null },
  secretLabel: 'HashKey',
  options: [{ name: 'hashIv', label: 'HashIV', required: true, secret: true }],
  setup: [
    'At ECPay open the vendor back end, “System settings”, and copy HashKey and HashIV of your shop.',
    'Paste both here, and save.',
    'This URL goes into each order that you create, as ReturnURL, and as PaymentInfoURL for numbers to pay with.',
    'Only “1” in RtnCode says that it was paid: “2” and “10100073” say that a number to pay with was assigned.',
    'Its services that send JSON with an encrypted “Data” (such as ECPG) are not signed so, and are refused.',
    'Know that capitals and small letters are signed alike: compare texts without regard to case.',
  ],
  example: {
    text: 'MerchantID=3002607&MerchantTradeNo=ecpay20230312153023&PaymentDate=2023%2F03%2F12+15%3A31%3A07&PaymentType=Credit_CreditCard&RtnCode=1&RtnMsg=%E4%BA%A4%E6%98%93%E6%88%90%E5%8A%9F&SimulatePaid=0&TradeAmt=30000&TradeDate=2023%2F03%2F12+15%3A30%3A23&TradeNo=2303121530235678&amount=30000&CustomField1=A+%28b%29+~%21%2A%27&StoreID=&CheckMacValue=4B10388B40B01B641FF90603BA980D757498C6130A13A82C1C05F42E08550082',
    contentType: 'application/x-www-form-urlencoded',
  },
  docs: 'https://support.ecpay.com.tw/16800',
};

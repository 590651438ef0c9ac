import type { ProviderFacts } from '../types';

export const ECPAY: ProviderFacts = {
  provider: 'ecpay',
  covers: ['part', false, null],
  idSigned: true,
  vectors: [
    {
      source: 'https://developers.ecpay.com.tw/?p=2902; computed with Python hashlib',
      secret: 'pwFHCqoQZGmho4w6',
      otherSecret: 'another-secret',
      options: { hashIv: 'EkRm7iFT261dpevs' },
      request: {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'MerchantID=3002607&MerchantTradeNo=ecpay20230312153023&PaymentDate=2023%2F03%2F12+15%3A31%3A07&PaymentType=Credit_CreditCard&RtnCode=1&RtnMsg=%E4%BA%A4%E6%98%93%E6%88%90%E5%8A%9F&SimulatePaid=0&TradeAmt=30000&TradeDate=2023%2F03%2F12+15%3A30%3A23&TradeNo=2303121530235678&amount=30000&CustomField1=A+%28b%29+~%21%2A%27&StoreID=&CheckMacValue=4B10388B40B01B641FF90603BA980D757498C6130A13A82C1C05F42E08550082',
      },
      at: 1_700_000_000,
      deliveryId: 'efe293fbd6e5f316316519130a199d28d33d8ef784b5c7e98429ef55e9748bc4',
      signature: 'form:CheckMacValue',
      plaintext:
        'MerchantID=3002607&MerchantTradeNo=ecpay20230312153023&PaymentDate=2023%2F03%2F12+15%3A31%3A07&PaymentType=Credit_CreditCard&RtnCode=1&RtnMsg=%E4%BA%A4%E6%98%93%E6%88%90%E5%8A%9F&SimulatePaid=0&TradeAmt=30000&TradeDate=2023%2F03%2F12+15%3A30%3A23&TradeNo=2303121530235678&amount=30000&CustomField1=A+%28b%29+~%21%2A%27&StoreID=&CheckMacValue=4B10388B40B01B641FF90603BA980D757498C6130A13A82C1C05F42E08550082',
      plaintextType: 'application/x-www-form-urlencoded',
      signsBody: false,
      reply: { status: 200, contentType: 'text/plain', body: '1|OK' },
    },
  ],
};

// Calls that are handed over in the test.
export const ENGLISH = {
  reason: 'Disputes a $154.20 roaming charge', sentiment: 'negative', language: 'en-US',
  summary: 'Maria Lopez was charged $154.20 for roaming in Canada. A $10 travel pass was ordered on the 2nd but never activated. She wants the difference back.',
  customData: { accountTier: 'gold', invoice: 'INV-20418' },
  lines: [
    ['ai', 'Thanks for calling Northwind Mobile. How can I help?'],
    ['caller', 'Hi, my last bill has a roaming charge of a hundred and fifty-four dollars.'],
    ['ai', 'I can look into that. Were you abroad in May?'],
    ['caller', 'I was in Canada for a weekend, but I ordered the travel pass before I left.'],
    ['ai', 'I see an order of the pass on May 2nd. It was not activated.'],
    ['caller', 'So why do I pay for your mistake? It took me three calls already.'],
    ['ai', 'I understand. A refund of that size needs a person. Shall I connect you?'],
    ['caller', 'Then please let me talk to a person who can fix it.'],
  ],
};

export const ARABIC = {
  reason: 'خلاف على رسوم التجوال', sentiment: 'neutral', language: 'ar', customData: { accountTier: 'gold' },
  summary: 'دفع المتصل رسوم تجوال قدرها 154 دولارًا مع أنه طلب باقة السفر. يريد استرداد الفرق.',
  lines: [['ai', 'شكرًا لاتصالك. كيف أساعدك؟'], ['caller', 'فاتورتي الأخيرة فيها رسوم تجوال كبيرة.'], ['ai', 'أرى طلب باقة السفر، لكنها لم تُفعَّل.'], ['caller', 'أريد التحدث مع موظف من فضلك.']],
};

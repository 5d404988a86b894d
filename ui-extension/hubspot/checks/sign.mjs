// Prints requests as HubSpot's own development proxy signs them, for the Worker's verifier to judge: one JSON
// array, signed now with the sample secret.
import { getSignatureHeaders } from '../node_modules/@hubspot/ui-extensions-dev-server/dist/lib/proxy/signing.js';

process.env.CLIENT_SECRET = '12345678-aaaa-bbbb-cccc-ddddeeeeffff';
const base = 'https://sign.example.com';
const query = 'userId=3&portalId=2&appId=1&userEmail=';
const requests = [
  ['POST', `${base}/hubspot/launch?${query}rep@firm.example`, { objectTypeId: '0-3', objectId: 9, view: 'send' }],
  ['POST', `${base}/hubspot/panel?${query}rep@firm.example`, { objectTypeId: '0-1', objectId: '151' }],
  // Signed as written: `+` and its escape are not among what is decoded.
  ['POST', `${base}/hubspot/launch?${query}rep%2Btest@firm.example`, { locale: 'da', note: 'Bjørn – 東京 😀' }],
  ['POST', `${base}/hubspot/launch`, {}],
  ['GET', `${base}/hubspot/panel?portalId=2`, undefined],
];
const signed = requests.map(([method, url, body]) => ({
  method,
  url,
  body: body === undefined ? '' : JSON.stringify(body),
  headers: getSignatureHeaders({ method, url, requestBody: body }),
}));
console.log(JSON.stringify({ secret: process.env.CLIENT_SECRET, signed }));

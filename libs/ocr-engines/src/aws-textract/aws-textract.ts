import { needed, type HostedEngineKind, type HostedEnvironment } from '../hosted/create-hosted-engine.js';
import { TextractReader } from './textract-reader.js';

const features = ({ WAYBILL_OCR_AWS_FEATURES }: HostedEnvironment) => WAYBILL_OCR_AWS_FEATURES ?? 'tables+forms';

export const awsTextract: HostedEngineKind = {
  modelOf: features,
  versionOf: (environment) => `${features(environment)} 2018-06-27`,
  regionsOf: ({ WAYBILL_OCR_AWS_REGION: region }) => (region === undefined ? undefined : [region]),
  readerOf: (environment) => {
    const given = needed(environment, 'aws-textract', [
      'WAYBILL_OCR_AWS_REGION',
      'WAYBILL_OCR_AWS_ACCESS_KEY_ID',
      'WAYBILL_OCR_AWS_SECRET_ACCESS_KEY',
    ]);
    return new TextractReader({
      region: given.WAYBILL_OCR_AWS_REGION,
      endpoint: environment.WAYBILL_OCR_AWS_ENDPOINT,
      features: features(environment),
      credentials: {
        accessKeyId: given.WAYBILL_OCR_AWS_ACCESS_KEY_ID,
        secretAccessKey: given.WAYBILL_OCR_AWS_SECRET_ACCESS_KEY,
        ...(environment.WAYBILL_OCR_AWS_SESSION_TOKEN
          ? { sessionToken: environment.WAYBILL_OCR_AWS_SESSION_TOKEN }
          : {}),
      },
    });
  },
};

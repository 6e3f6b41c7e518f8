/** Places and the postcodes they have, as ranges of the first digits. Public geography, to be edited without code. */
export interface PostcodeArea {
  /** In capitals, as they are written in addresses. */
  readonly places: readonly string[];
  /** Number of digits of a whole postcode. */
  readonly digits: number;
  /** First and last beginning of its postcodes. */
  readonly ranges: readonly (readonly [string, string])[];
}

const malaysia = (places: readonly string[], ...ranges: readonly (readonly [string, string])[]): PostcodeArea => ({
  places,
  digits: 5,
  ranges,
});

export const postcodeAreas: readonly PostcodeArea[] = [
  malaysia(['PERLIS', 'KANGAR'], ['01', '02']),
  malaysia(['KEDAH', 'ALOR SETAR', 'SUNGAI PETANI', 'LANGKAWI', 'KULIM'], ['05', '09']),
  malaysia(['PENANG', 'PULAU PINANG', 'GEORGE TOWN', 'BUKIT MERTAJAM', 'BUTTERWORTH'], ['10', '14']),
  malaysia(['KELANTAN', 'KOTA BHARU'], ['15', '18']),
  malaysia(['TERENGGANU'], ['20', '24']),
  malaysia(['PAHANG'], ['25', '28'], ['39', '39'], ['49', '49'], ['69', '69']),
  malaysia(['PERAK', 'IPOH', 'TAIPING'], ['30', '36']),
  malaysia(['SELANGOR'], ['40', '48'], ['63', '64'], ['68', '68']),
  malaysia(['SHAH ALAM', 'SETIA ALAM'], ['40', '40']),
  malaysia(['KLANG'], ['41', '42']),
  malaysia(['KAJANG', 'SERI KEMBANGAN', 'CHERAS', 'SEMENYIH', 'BALAKONG'], ['43', '43'], ['56', '56']),
  malaysia(['PETALING JAYA'], ['46', '47']),
  malaysia(['SUBANG JAYA', 'PUCHONG'], ['47', '47'], ['58', '58']),
  malaysia(['RAWANG'], ['48', '48']),
  malaysia(['KUALA LUMPUR'], ['50', '60']),
  malaysia(['PUTRAJAYA'], ['62', '62']),
  malaysia(['NEGERI SEMBILAN', 'SEREMBAN'], ['70', '73']),
  malaysia(['MELAKA', 'MALACCA'], ['75', '78']),
  malaysia(['JOHOR'], ['79', '86']),
  malaysia(['JOHOR BAHRU'], ['79', '81']),
  malaysia(['LABUAN'], ['87', '87']),
  malaysia(['SABAH', 'KOTA KINABALU'], ['88', '91']),
  malaysia(['SARAWAK', 'KUCHING', 'MIRI', 'SIBU'], ['93', '98']),
  { places: ['SINGAPORE'], digits: 6, ranges: [['01', '82']] },
];

/** Words of addresses that are worth mending: of streets and quarters, and regions of the countries the rules know. */
export const placeWords: readonly string[] = [
  ...['JALAN', 'LORONG', 'PERSIARAN', 'LEBUHRAYA', 'TAMAN', 'KAMPUNG', 'BANDAR', 'SEKSYEN', 'KAWASAN', 'DATARAN'],
  ...['PERINDUSTRIAN', 'PUSAT', 'WISMA', 'MENARA', 'BANGUNAN', 'SELANGOR', 'KUALA', 'LUMPUR', 'JOHOR', 'BAHRU'],
  ...['PENANG', 'PULAU', 'PAHANG', 'MELAKA', 'SEMBILAN', 'SARAWAK', 'TERENGGANU', 'KELANTAN', 'DARUL', 'EHSAN'],
  ...['MAKMUR', 'TAKZIM', 'MALAYSIA', 'SINGAPORE', 'PETALING', 'SUBANG', 'DAMANSARA', 'SETIA', 'INDAH', 'PERDANA'],
  ...['MAHKOTA', 'SEMENYIH', 'KAJANG', 'KLANG', 'CHERAS', 'PUCHONG', 'AMPANG', 'SERDANG', 'KEMBANGAN', 'RAWANG'],
  ...['STREET', 'AVENUE', 'BOULEVARD', 'SQUARE', 'TERRACE', 'FLOOR', 'GROUND', 'BUILDING', 'LEVEL', 'STRASSE'],
];

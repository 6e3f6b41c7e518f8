import type { Signal } from './signal.js';

/** Orders to forget what was said, as they are given in further languages. Greek is written as it is folded. */
export const moreLanguages: readonly Signal[] = [
  {
    kind: 'override',
    language: 'tr',
    pattern: String.raw`(?:onceki|yukaridaki|tum|butun|verilen)(?: \w+){0,2} (?:talimat\w*|yonerge\w*|komut\w*|kural\w*)(?: \w+){0,2} (?:yok say\w*|goz ardi et\w*|unut\w*|dikkate alma\w*|uyma\w*|gormezden gel\w*)`,
  },
  {
    kind: 'override',
    language: 'ar',
    pattern: String.raw`(?:تجاهل|تجاهلي|تجاهلوا|انس|لا تتبع|الغ) (?:جميع |كل |هذه |اي |كافة )*(?:التعليمات|الاوامر|التوجيهات|القواعد|الارشادات|ما سبق|تعليمات|اوامر)`,
  },
  {
    kind: 'override',
    language: 'he',
    pattern: String.raw`(?:התעלם|התעלמי|התעלמו|שכח|שכחי|אל תציית) (?:מ|את |ל)?(?:כל |ה)*(?:ההוראות|הוראות|ההנחיות|הנחיות|הפקודות|הכללים)`,
  },
  {
    kind: 'override',
    language: 'ko',
    pattern: String.raw`(?:이전|앞선|위|기존|지금까지)(?:의)? ?(?:모든 )?(?:지시|명령|지침|규칙|프롬프트)(?:사항)?(?:을|를|은|는|들을)? ?(?:모두 |전부 )?(?:무시|잊|따르지)`,
  },
  {
    kind: 'override',
    language: 'hi',
    pattern: String.raw`(?:पिछले|पूर्व|उपरोक्त|सभी)(?: सभी)? (?:निर्देशों|निर्देश|आदेशों|नियमों) (?:को |की )?(?:अनदेखा|नज़रअंदाज|अनदेखी|भूल|उपेक्षा)`,
  },
  {
    kind: 'override',
    language: 'vi',
    pattern: String.raw`(?:bo qua|quen|phot lo|khong tuan theo|huy bo) (?:tat ca |moi |nhung |cac |toan bo )*(?:huong dan|chi dan|lenh|quy tac|yeu cau|chi thi) (?:truoc|o tren|phia tren|cu|da cho|ban dau)`,
  },
  {
    kind: 'override',
    language: 'th',
    pattern: String.raw`(?:เพิกเฉย|ละเว้น|ไม่ต้องสนใจ|ลืม|ยกเลิก|ข้าม)(?:ต่อ|จาก)?(?:คำสั่ง|คำแนะนำ|กฎ|ข้อกำหนด)`,
  },
  {
    kind: 'override',
    language: 'cs',
    pattern: String.raw`(?:ignoruj\w*|zapomen\w*(?: na)?|nedbej\w*(?: na)?|nerid se) (?:vsechn\w+ |veskere |predchoz\w+ |predesl\w+ |vyse uveden\w+ |dosavadn\w+ |sve |tyto )+(?:pokyn\w*|instrukc\w*|prikaz\w*|pravid\w*)`,
  },
  {
    kind: 'override',
    language: 'el',
    pattern: String.raw`(?:aγvonσ\w*|ξexaσ\w*|παpaβλeψ\w*|πapaβλeψ\w*|μnv aκoλouθ\w*) (?:oλ\w+ |tiς |toυς |ta |πponγouμev\w+ |πapaπavω )*(?:oδnγi\w*|evtoλ\w*|κavov\w*)`,
  },
  {
    kind: 'override',
    language: 'da',
    pattern: String.raw`(?:ignorer|glem|se bort fra|folg ikke) (?:alle |de |dine |tidligere |foregaende |ovenstaende |forrige |alt )+(?:instruktion\w*|instruks\w*|anvisning\w*|regler\w*|ordre\w*|prompt\w*)`,
  },
  {
    kind: 'override',
    language: 'ro',
    pattern: String.raw`(?:ignora\w*|uita\w*|nu (?:urma|respecta)\w*) (?:toate |orice |aceste )*(?:instructiuni\w*|comenzi\w*|reguli\w*|indicatii\w*)(?: anterioare| precedente| de mai sus)`,
  },
  {
    kind: 'override',
    language: 'hu',
    pattern: String.raw`(?:hagyd|hagyja) figyelmen kivul (?:az |minden |osszes |korabbi |elozo |eddigi |fenti )+(?:utasitas\w*|szabaly\w*|parancs\w*)|felejtsd? el (?:az |minden |osszes |korabbi |elozo )+(?:utasitas\w*)`,
  },
  {
    kind: 'override',
    language: 'fi',
    pattern: String.raw`(?:ohita\w*|unohda\w*|jata huomiotta|ala noudata) (?:kaik\w+ |aiem\w+ |edelli\w+ |yllaolev\w+ )+(?:ohje\w*|kasky\w*|saan\w*)`,
  },
  {
    kind: 'override',
    language: 'uk',
    pattern: String.raw`(?:ігноруи\w*|проігноруи\w*|забудь\w*|не виконуи\w*|не дотримуи\w*) (?:усі |всі |усе |попередн\w+ |наведен\w+ |ці |своі )+(?:інструкц\w*|вказівк\w*|команд\w*|правил\w*|наказ\w*)`,
  },
];

import type { Signal } from './signal.js';

const en = 'en';
/** Readers that are machines, beyond doubt. */
const machine = String.raw`(?:ai|a\.i\.|artificial intelligence|llms?|(?:large )?language models?|chat ?bots?|chatgpt|gpt(?:-?\d\w*)?|(?:ai|automated|automatic|machine|llm)[- ](?:assistants?|models?|systems?|agents?|readers?|reviewers?|graders?|judges?|screeners?|evaluators?|extractors?|parsers?|tools?))`;
const named = String.raw`(?:claude|chatgpt|gpt(?:-?\d\w*)?|gemini|copilot|llm|ai|(?:ai |dear )?assistant)`;
/** What only a reader that writes an answer does, and people are seldom told to do with what they hold. */
const answering = String.raw`(?:answer|respond|reply|output|print|say|state|mark|set|summari[sz]e|classify|approve|reject|rate|score|skip|disregard|ignore|forget|repeat|treat|assume|stop|translate|extract|record|recommend)`;
const reading = String.raw`(?:read|processed|parsed|scanned|summari[sz]ed|analy[sz]ed|interpreted|evaluated|reviewed|graded|screened|extracted)`;
const document = String.raw`(?:document|text|page|invoice|receipt|form|letter|contract|paper|cv|resume|application|claim|file|message|e-?mail|content)`;
const told = String.raw`(?:told|given|asked|instructed|trained|shown|sent|configured)`;

/** Phrases that turn to a machine outright, or take its task away from it, whatever they then ask for. */
export const turningToMachines: readonly Signal[] = [
  {
    kind: 'summons',
    language: en,
    pattern: String.raw`(?:if|since|because|when) (?:you are|you're|you happen to be|this (?:${document} )?is (?:being )?${reading} by) (?:an? |the |any )?${machine}\b`,
  },
  {
    kind: 'summons',
    language: en,
    pattern: String.raw`(?:note|notice|memo|message|instructions?|attention|attn|to|for|dear)(?: (?:to|for|of))? (?:the |any |all |every )?${machine}(?: (?:that |which )?(?:process(?:ing|es)|read(?:ing|s)|review(?:ing|s)|evaluat(?:ing|es)|grad(?:ing|es)|pars(?:ing|es)|extract(?:ing|s)|summari[sz](?:ing|es))(?: (?:this|the) \w+)?| only)? ?:`,
  },
  {
    kind: 'summons',
    language: en,
    pattern: String.raw`(?:to|for|dear|attention) (?:the |any |all |every )?${machine} (?:that |which )?(?:process(?:ing|es)|read(?:ing|s)|review(?:ing|s)|evaluat(?:ing|es)|grad(?:ing|es)|pars(?:ing|es)|summari[sz](?:ing|es)) (?:this|the) `,
  },
  {
    kind: 'summons',
    language: en,
    pattern: String.raw`(?:^|[.!?:;] ?)(?:hey |hi |hello |ok )?${named}[,:!] (?:please |kindly |now |just |you must |you should )*(?:answer|respond|reply|output|print|say|set|summari[sz]e|classify|skip|disregard|ignore|forget|stop|translate)\b`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:whatever|regardless of what|no matter what|despite what) (?:your |the )?(?:operator|developer|user|system|prompt|creator|owner|instructions?) (?:have |has |had |was |were |may have )?(?:been )?${told}`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:guidance|instructions?|rules?|orders?|prompts?|task|directions?)(?: that| which)? you (?:were|have been|had been|are) (?:previously |originally |earlier |initially )?${told}(?: \w+){0,3} (?:is|are|was|were|does|do|no longer|should|must|have|has)\b`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:ignore|disregard|forget|drop|discard|skip|override) (?:every|all|any|each)(?: of)?(?: the)?(?: \w+)? ?(?:rules?|instructions?|orders?|prompts?|texts?|messages?|things?|lines?) (?:that |which )?(?:came|come|comes|stand|stands|is|are|was|were|went|preced\w+|given|written)(?: \w+)? ?(?:before|above|earlier|prior|previously)`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:erase|wipe|clear|reset|delete|purge) (?:your|the model's) (?:memory|context|history|instructions?|prompt)\b`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:overrides?|replaces?|supersedes?|changes?|updates?) your (?:configuration|settings?|setup|system prompt|prompt|instructions?|task|rules?|programming)\b|(?:discard|drop|ignore|forget|disregard) the (?:earlier |previous |above |former )?system (?:text|message|prompt|input)`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`your (?:previous|former|old|earlier|real|actual) (?:operator|developer|owner|user|master|instructions?|configuration)s? (?:has|have|is|are|was|were)\b`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`your (?:instructions?|task|rules?|prompt|job) (?:ends?|stops?) here\b|new (?:rules?|instructions?|orders?|task) for you\b`,
  },
  {
    kind: 'summons',
    language: en,
    pattern: String.raw`if (?:your (?:job|task|role|purpose|goal) is|you (?:were|have been|are) (?:programmed|instructed|prompted|designed|built)) to (?:extract|summari[sz]e|read|classify|translate|process|analy[sz]e|parse|evaluate|grade|review|transcribe)\b`,
  },
  {
    kind: 'prompt-theft',
    language: en,
    pattern: String.raw`(?:contents?|text|words|copy|version) of (?:your|the) (?:system |initial |hidden |original )?(?:prompt|system message|instructions you)\b`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`(?:the user|your user) (?:has|have|wants?|wishes|asked|agrees?|agreed|consents?|consented|authori[sz]e[sd]?|already) `,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`do (?:what|as|everything|whatever) (?:it|that|this|the (?:page|file|link|text)) (?:says|tells|asks|instructs|demands)|release of (?:all|the|any) (?:\w+ ){0,2}(?:numbers?|data|names?|records?|passwords?|details)`,
  },
  {
    kind: 'persona',
    language: en,
    pattern: String.raw`your (?:new|real|actual|true|only|sole) (?:goal|task|objective|mission|purpose|instructions?|job|role) (?:is|are|will be)\b`,
  },
  {
    kind: 'persona',
    language: en,
    pattern: String.raw`from this (?:point|moment|line) (?:forward|on|onwards?)[, ]+you (?:\w+ )?(?:obey|follow|answer|respond|act|serve|work|are)\b`,
  },
  {
    kind: 'persona',
    language: en,
    pattern: String.raw`(?:developer|debug|god|dan|jailbreak|maintenance|admin|unrestricted|test) mode(?: is)?(?: now)? (?:enabled|activated|active|on|unlocked)\b`,
  },
  {
    kind: 'persona',
    language: en,
    pattern: String.raw`(?:safety|content|security) (?:filters?|rules?|checks?|guidelines?|guardrails?)(?: are| is)?(?: now)? (?:off|disabled|removed|suspended|lifted|inactive)\b`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`${machine} (?:must|should|shall|has to|have to|is to|are to|needs? to|ought to)(?: \w+)? ${answering}\b`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`(?:this|any|every|the) (?:ai|llm|model|assistant|system reading this) (?:must|should|shall|has to|have to|is to|needs? to)(?: \w+)? (?:answer|respond|reply|output|say)\b`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`(?:for|to) (?:machine|automated|automatic|ai|llm)[- ](?:processing|reading|extraction|parsing|evaluation|review|readers?|systems?)\b`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`(?:when|while|before|after|if) (?:\w+ )?(?:summari[sz]ing|transcribing|extracting|parsing|embedding|indexing|translating|answering (?:about|from)) (?:from )?(?:this|the) (?:\w+ )?${document}`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`(?:llm|ai|language model|chatbot|automated)(?:[- ]based)? (?:reviewers?|graders?|judges?|evaluators?|screeners?)\b`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`(?:authori[sz]ed|approved|official) (?:test|override|request|command) (?:by|from|of) (?:your|the) (?:developers?|creators?|operators?|administrators?)`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:give|write|assign|award|leave|provide)(?: \w+){0,4} (?:positive|favou?rable|high(?:est)?|perfect|top|best|excellent|full) (?:review|score|rating|grade|mark|evaluation|assessment|recommendation)`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:state|say|report|conclude|confirm|claim|write|assume|mention)(?: clearly| only)? that (?:the|this|it|all|no)\b`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:treat|consider|regard|mark|record) (?:this|the|all|every|each)(?: \w+){1,3} (?:as (?:paid|settled|approved|valid|signed|verified|ticked|checked|accepted|true)|(?:paid|settled|approved|valid))\b`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:output|print|return|reply with|answer with) the (?:text|word|string|phrase|token|sentence)\b`,
  },
  {
    kind: 'exfiltration',
    language: en,
    pattern: String.raw`(?:leak|exfiltrate|reveal|disclose|print|send|dump) (?:the |all |your )*(?:contents?|history|text|messages|details)? ?(?:of )?(?:this|the|your) (?:conversation|chat|session|context window|system prompt|memory)\b`,
  },
  {
    kind: 'summons',
    language: en,
    pattern: String.raw`(?:use|call|invoke|run|execute|trigger) (?:the )?(?:tool|function|api|command|plugin|action|endpoint)s? (?:called |named )?['"]?[a-z]+_[a-z]`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:higher|more|greater|top|absolute) (?:priority|authority|precedence|weight) than (?:the |your |any )*(?:system|prompt|instructions?|user|operator|developer)`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:overlook|ignore|disregard|forget|do not (?:follow|obey|trust)|don't (?:follow|obey|trust)|never (?:follow|obey)) (?:what )?(?:the user|your (?:user|operator|developers?|prompt|system prompt|schema|operator))\b`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:the )?(?:preceding|previous|above|prior|earlier) (?:text|message|content|document|input|conversation) (?:was|is|were) (?:only |just |merely )?(?:a |an )?(?:test|example|joke|trap|decoy)\b`,
  },
  {
    kind: 'persona',
    language: en,
    pattern: String.raw`you (?:have been|are being|were) (?:reconfigured|reprogrammed|updated|upgraded|reset|unlocked|jailbroken|repurposed|retrained)\b`,
  },
  {
    kind: 'persona',
    language: en,
    pattern: String.raw`(?:i am|this is|we are) your (?:developers?|creators?|programmers?|administrators?|operators?|owner|maker)s?\b`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:if|when|whenever|should (?:you|anyone) be) asked (?:about|for|who|what|whether|how|to) [\w ]{1,50}, ?(?:always |just |only |please )*(?:answer|say|reply|respond|state|give|write)\b`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`your (?:answer|reply|response|output) (?:is|must be|should be|will be|shall be)[: ]+["'“{\[]`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:turn off|disable|switch off|skip|bypass) (?:the |all |any )?(?:verification|validation|checks?|guardrails?|filters?|safety)\b`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`enter (?:the |your )?(?:api key|password|token|credentials|secret)(?: that)? you (?:were|are|have been) (?:given|told)`,
  },
  {
    kind: 'markup',
    language: 'any',
    pattern: String.raw`(?:end of|end) (?:the )?(?:document|prompt|input|context|user (?:input|message)|data)[ .:;>-]{1,4}(?:begin|start|new|now)\b`,
  },
  {
    kind: 'markup',
    language: 'any',
    pattern: String.raw`(?:begin|start of|new) (?:new |the )?(?:user|system|developer|assistant) (?:message|prompt|turn)\b`,
  },
  { kind: 'markup', language: 'any', pattern: String.raw`"role" ?: ?"(?:system|assistant|developer)"` },
  {
    kind: 'summons',
    language: 'de',
    pattern: String.raw`(?:(?:falls|wenn|da|sofern) (?:du|sie) (?:eine? )?|(?:an|fur|hinweis an|nachricht an|achtung)(?: die| das| alle| jede)? )(?:ki|kunstliche intelligenz|sprachmodelle?|chatbots?|ki-\w+)(?: (?:bist|sind)| ?:|, die (?:dies|das))|(?:wenn|falls) (?:du|sie) (?:dies\w*|das) \w* ?(?:automatisch|maschinell) (?:liest|lesen|verarbeite\w*|auswerte\w*)`,
  },
  {
    kind: 'override',
    language: 'de',
    pattern: String.raw`(?:vergiss|vergessen sie|ignoriere?n?(?: sie)?|missachte\w*)(?: bitte)? (?:alles|das|jede\w*|samtliche\w*),? (?:was )?(?:(?:dir|ihnen|man dir|man ihnen|bisher|zuvor|vorher|davor|oben) ?){1,3}`,
  },
  {
    kind: 'summons',
    language: 'fr',
    pattern: String.raw`(?:si (?:tu es|vous etes) |(?:a|pour|note a|message a) (?:l'|toute? |les )?)(?:une? )?(?:ia|intelligence artificielle|modeles? de langage|chatbots?)(?: ?:|,| qui (?:lit|traite|lisez))`,
  },
  {
    kind: 'summons',
    language: 'es',
    pattern: String.raw`(?:(?:si )?(?:eres|es usted) (?:una? )|(?:a|para|nota (?:a|para)) (?:la |el |toda )?)(?:ia|inteligencia artificial|modelo de lenguaje|chatbot|asistente(?: virtual| de ia))(?: ?:|,| que (?:lee|procesa))`,
  },
  {
    kind: 'summons',
    language: 'it',
    pattern: String.raw`(?:se (?:sei|e) (?:una? |un')|(?:a|per|nota per|all')(?:l')? ?(?:la |il |ogni )?)(?:ia|intelligenza artificiale|modello linguistico|chatbot)(?: ?:|,| che (?:legge|elabora))`,
  },
  {
    kind: 'summons',
    language: 'pt',
    pattern: String.raw`(?:(?:se (?:voce )?(?:e|for) (?:uma? )?)|(?:a|para|nota para)(?: a| o)? )(?:ia|inteligencia artificial|modelo(?: de linguagem)?|chatbot)(?: ?:|,| que (?:le|processa))`,
  },
  {
    kind: 'demand',
    language: 'pt',
    pattern: String.raw`(?:responda|responde|escreva|classifique|indique|defina|diga|aprove|marque) (?:apenas|so|sempre|este|esta|o|a|que|como|com|:|"|«)`,
  },
  {
    kind: 'summons',
    language: 'nl',
    pattern: String.raw`(?:als (?:je|u) (?:een )?|(?:aan|voor|bericht aan)(?: de| het| elke)? )(?:ai|taalmodel|kunstmatige intelligentie|chatbot)(?: (?:bent|leest)| ?:|,)`,
  },
  {
    kind: 'summons',
    language: 'pl',
    pattern: String.raw`(?:jesli|jezeli|skoro) (?:jestes|to czyta) (?:modelem jezykowym|sztuczna inteligencja|ai|chatbotem|botem)|do (?:ai|sztucznej inteligencji|modelu jezykowego) ?:`,
  },
  {
    kind: 'summons',
    language: 'ru',
    pattern: String.raw`если (?:ты|вы) (?:это )?(?:[-—] )?(?:языковая модель|ии|искусственныи интеллект|неиросеть|чат-?бот|бот)|(?:для|внимание) (?:ии|неиросети|языковои модели) ?:`,
  },
  {
    kind: 'summons',
    language: 'pl',
    pattern: String.raw`(?:uwaga|do|dla) (?:ai|sztucznej inteligencji|modelu jezykowego|modeli jezykowych|chatbota) ?[:,]`,
  },
  {
    kind: 'summons',
    language: 'ru',
    pattern: String.raw`(?:неиросеть|языковая модель|искусственныи интеллект|чат-?бот) ?[,:] ?(?:\w+ )?(?:напиши|ответь|укажи|сообщи|поставь|считаи|игнорируи|скажи|выведи)`,
  },
  {
    kind: 'override',
    language: 'de',
    pattern: String.raw`(?:missachte|ignoriere|vergiss|verwirf|missachten sie|ignorieren sie) (?:das |dein |ihr )(?:schema|ausgabeformat|format|prompt)\b`,
  },
  {
    kind: 'summons',
    language: 'sv',
    pattern: String.raw`(?:till|om du ar|til|hvis du er|jos olet) (?:en )?(?:ai(?::n|-modell\w*|-assistent\w*)?|sprakmodell\w*|sprogmodel\w*|kielimalli)(?: ?:|,)`,
  },
  {
    kind: 'summons',
    language: 'cs',
    pattern: String.raw`(?:pokud|jestli|ak) (?:jsi|jste|si) (?:jazykov\w+ model\w*|umel\w+ inteligenc\w*|ai|chatbot)`,
  },
  {
    kind: 'summons',
    language: 'tr',
    pattern: String.raw`(?:eger )?(?:bir )?(?:yapay zeka|dil modeli|sohbet botu)(?:ysan\w*|ysaniz| isen\w*| iseniz)`,
  },
  {
    kind: 'summons',
    language: 'zh',
    pattern: String.raw`(?:致|给|對|对|告|提示|供)(?: ?)(?:所有)?(?:ai|人工智能|人工智慧|大?语言模型|語言模型|大模型|机器人)(?:助手|系统|模型)?(?:[:：,，]|阅读|读取)|如果你是(?:一个|一個)?(?:ai|人工智能|人工智慧|语言模型|語言模型|大模型|机器人)`,
  },
  {
    kind: 'summons',
    language: 'ja',
    pattern: String.raw`(?:ai|人工知能|言語モデル|チャットボット)(?:アシスタント|モデル)?(?:へ|に告ぐ|の方は|への(?:指示|注意|お願い))[:：、]?|あなたが(?:ai|人工知能|言語モデル)(?:なら|の場合)`,
  },
  {
    kind: 'summons',
    language: 'ko',
    pattern: String.raw`(?:ai|인공지능|언어 ?모델|챗봇)(?:에게|라면|이라면|인 경우)`,
  },
];

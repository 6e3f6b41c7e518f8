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
    pattern: String.raw`(?:note|notice|memo|message|instructions?|attention|attn|to|for|dear)(?: (?:to|for))? (?:the |any |all |every )?${machine}(?: (?:that |which )?(?:process(?:ing|es)|read(?:ing|s)|review(?:ing|s)|evaluat(?:ing|es)|grad(?:ing|es)|pars(?:ing|es)|extract(?:ing|s)|summari[sz](?:ing|es))(?: (?:this|the) \w+)?| only)? ?:`,
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
    pattern: String.raw`(?:whatever|regardless of what|no matter what|despite what) (?:your |the )?(?:operator|developer|user|system|prompt|creator|owner|instructions?|you) (?:have |has |had |was |were |may have )?(?:been )?${told}`,
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
    pattern: String.raw`(?:the|this|any|every) (?:model|ai|llm|bot|assistant|system reading this) (?:must|should|shall|has to|have to|is to|needs? to)(?: \w+)? (?:answer|respond|reply|output|say)\b`,
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
    kind: 'markup',
    language: 'any',
    pattern: String.raw`(?:end of|end) (?:the )?(?:document|prompt|input|context|user (?:input|message)|data)[ .:;>-]{1,4}(?:begin|start|new|now)\b`,
  },
  {
    kind: 'markup',
    language: 'any',
    pattern: String.raw`(?:begin|start of|new) (?:new |the )?(?:user|system|developer|assistant) (?:message|prompt|turn|input|instructions?)\b`,
  },
  { kind: 'markup', language: 'any', pattern: String.raw`"role" ?: ?"(?:system|assistant|developer)"` },
  {
    kind: 'summons',
    language: 'de',
    pattern: String.raw`(?:(?:falls|wenn|da|sofern) (?:du|sie) (?:eine? )?|(?:an|fur|hinweis an|nachricht an|achtung)(?: die| das| alle| jede)? )(?:ki|kunstliche intelligenz|sprachmodelle?|chatbots?|ki-\w+)(?: (?:bist|sind)| ?:|, die (?:dies|das))`,
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
    pattern: String.raw`(?:(?:si )?(?:eres|es usted) (?:una? )|(?:a|para|nota (?:a|para)) (?:la |el |toda )?)(?:ia|inteligencia artificial|modelo de lenguaje|chatbot|asistente(?: virtual| de ia)?)(?: ?:|,| que (?:lee|procesa))`,
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
    pattern: String.raw`(?:致|给|對|对|告|提示)(?: ?)(?:所有)?(?:ai|人工智能|人工智慧|大?语言模型|語言模型|大模型|机器人)(?:助手|系统|模型)?[:：,，]|如果你是(?:一个|一個)?(?:ai|人工智能|人工智慧|语言模型|語言模型|大模型|机器人)`,
  },
  {
    kind: 'summons',
    language: 'ja',
    pattern: String.raw`(?:ai|人工知能|言語モデル|チャットボット)(?:アシスタント|モデル)?(?:へ|に告ぐ|への(?:指示|注意|お願い))[:：、]?|あなたが(?:ai|人工知能|言語モデル)(?:なら|の場合)`,
  },
  {
    kind: 'summons',
    language: 'ko',
    pattern: String.raw`(?:ai|인공지능|언어 ?모델|챗봇)(?:에게|라면|이라면|인 경우)`,
  },
];

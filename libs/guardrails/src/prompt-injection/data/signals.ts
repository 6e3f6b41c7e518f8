import { moreLanguages } from './more-languages.js';
import type { Signal } from './signal.js';
import { turningToMachines } from './turning-to-machines.js';

const en = 'en';
/** What is overridden, in English; "notice", "letter" or "invoice" are not among them. */
const orders = String.raw`(?:instructions?|prompts?|rules?|directions?|directives?|guidelines?|commands?|system (?:message|prompt)|context|constraints?|task|programming|training|guardrails|safety (?:rules|filters))`;
const before = String.raw`(?:(?:previous(?:ly)?|prior|above|earlier|preceding|existing|former|original|foregoing|initial|other|system|given|current|your|the|all|any|of|these|those|everything|said|developer('s)?) ){1,6}`;
const cancel = String.raw`(?:ignore|disregard|forget|override|overrule|bypass|discard|neglect|skip|dismiss|cancel|set aside|do not (?:follow|obey|comply with)|don'?t (?:follow|obey)|stop following|pay no attention to|no longer (?:follow|obey)|abandon|drop|unlearn)`;

/** Kept as data: new phrasings are added here, languages of one pattern or two in `more-languages.ts`, whom it turns to in `turning-to-machines.ts`. */
export const signals: readonly Signal[] = [
  { kind: 'override', language: en, pattern: `${cancel} ${before}${orders}` },
  {
    kind: 'override',
    language: en,
    pattern: `${cancel} (?:everything|all|anything)(?: that)? (?:(?:you (?:were|have been|are) |i (?:have )?)?(?:told|said|written|stated|given|instructed)|above|before|prior)`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:(?:new|updated|revised|real|actual|true|additional|important|special|urgent|override|system) (?:system )?(?:instructions?|prompts?|directives?|commands?|task|orders?) (?:for|to) (?:the |all |any )?(?:ai|assistant|model|llm|bot|agent|parser|extractor)[\w ]{0,20}|(?:override|system|real|actual|true|new system) (?:instructions?|prompts?|directives?|commands?)(?: (?:are|is|follows?)| ?[:>]))`,
  },
  {
    kind: 'override',
    language: en,
    pattern: `(?:the|your|these|those|all|any)? ?(?:previous|prior|above|earlier|original) ${orders} (?:is|are|were|was|have been|has been|no longer|do not|should be|must be)(?: now)? ?(?:void|cancel|obsolete|invalid|superseded|replaced|outdated|ignored|wrong|apply|overridden|revoked|null)`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:this|the following) (?:message |note |text |instruction )?(?:supersedes|overrides|replaces|takes (?:precedence|priority) over) (?:all |any |every |your |the |previous |prior |other |system |earlier )*(?:instructions?|prompts?|rules?|messages?|guidelines?|commands?)`,
  },
  {
    kind: 'override',
    language: en,
    pattern: String.raw`(?:instead of|rather than) (?:following|doing|answering|performing|extracting|completing) (?:the |your |any |what )?(?:\w+ )?(?:task|instructions?|question|request|prompt|above|previous)`,
  },
  {
    kind: 'persona',
    language: en,
    pattern: String.raw`you are (?:now|no longer|henceforth|from now on) (?:an? |the |in |acting |bound |called |going |free )?\w+`,
  },
  {
    kind: 'persona',
    language: en,
    pattern: String.raw`(?:from now on|henceforth|for the rest of this (?:chat|conversation|session|document))[, ]+(?:you|act|respond|answer|reply|always|only|every)`,
  },
  {
    kind: 'persona',
    language: en,
    pattern: String.raw`(?:act|behave|respond|answer|roleplay|role-play|function|pose) as (?:if you (?:are|were)|an? (?:unrestricted|evil|different|new|jailbroken|unfiltered|helpful|pirate|developer)|dan\b|root|admin)`,
  },
  {
    kind: 'persona',
    language: en,
    pattern: String.raw`(?:enter|enable|activate|switch to|you are in) (?:developer|debug|god|dan|jailbreak|maintenance|admin|unrestricted|test) mode`,
  },
  { kind: 'persona', language: en, pattern: String.raw`pretend (?:to be|you are|that you|you have)` },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:output|print out|insert|append|embed|add) (?:the |this |an? )(?:following )?(?:iban|link|url|word|value|sentence|account|image)`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:respond|reply|answer|output|print|write|say|return|state|report)(?: back)?(?: only| exactly| simply| just| always| solely| nothing but| with only)*(?: with| in)?(?: only| exactly| the (?:word|words|text|phrase|string|value|sentence|following)| nothing but| a single word)*[: ]+["'“”‘’«»„]`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:only|always|just|simply|must|should|instead|now|please|to) (?:respond|reply|answer|output|return|say|print|report)(?: only| exactly| simply| just| always)* (?:(?:with|by|that|the (?:word|text|phrase|string|value)|only|as|json)\b|["'“”{])`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:respond|reply|answer)(?: only| exactly| simply| just| always)* (?:with|by saying|that)\b`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:set|change|report|return|give|extract|record|put|fill(?: in)?|enter|write|use|replace|treat|output) (?:the |every |each |all |any )?(?:\w+ ){0,3}(?:total|amount|price|value|field|balance|date|company|vendor|iban|account(?: number)?|address|name|sum|due|currency|result|answer|output|json|sender|payee|recipient|score|rating|recommendation|classification|label|category)s? (?:to|as|with|is|=|should be|must be)\b`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:the )?(?:correct|right|true|real|actual|final|only valid|expected|proper) (?:answer|total|amount|value|output|response|result|company|iban|date|name|classification|label)(?: (?:to|for) [\w ]{1,40})? (?:is|are|:|=|should be|must be)`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:do not|don'?t|never|refuse to) (?:answer|extract|read|summari[sz]e|process|translate|classify|analy[sz]e|describe|report|mention|include|output|return)\b`,
  },
  {
    kind: 'demand',
    language: en,
    pattern: String.raw`(?:classify|label|mark|rate|rank|describe|summari[sz]e|approve|accept|recommend) (?:this|the) (?:document|invoice|receipt|page|image|picture|claim|application|candidate|resume|cv|paper|text|contract)(?: only)? (?:as|to|with|is|positively|immediately|highly|fully)`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`(?:(?:dear|hey|hi|hello|attention|note to|notice to|message (?:to|for)|instructions? (?:to|for)|memo to|for|to|if you are|any|all|every) )(?:the |an? |any |all |every |of )*(?:ai|a\.i\.|artificial intelligence|llms?|(?:large )?language models?|vision models?|chat ?bots?|gpt(?:-?\d\w*)?|chatgpt|claude|gemini|copilot|llama|mistral|virtual assistants?|ai[- ](?:assistants?|models?|systems?|agents?|readers?|tools?)|automated (?:reader|system|agent|extractor|parser)s?|assistant|ocr (?:system|model|engine))\b`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`(?:whoever|whatever|anyone|any (?:system|software|program|parser|tool|process)) (?:that |who |which )?(?:extracts?|parses?|transcribes?|summari[sz]es?|interprets?) (?:this|the)\b`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`(?:as|since|because) (?:you are )?an? (?:ai|llm|language model|ai (?:assistant|model))`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`^ ?(?:ai|llm|assistant|chatgpt|claude|gpt|gemini)(?: assistant| model)?[,!]`,
  },
  {
    kind: 'addressee',
    language: en,
    pattern: String.raw`\b(?:ai|language) (?:models?|assistants?)(?: reading| processing| parsing| that (?:reads?|process(?:es)?))`,
  },
  {
    kind: 'secrecy',
    language: en,
    pattern: String.raw`(?:do not|don'?t|never) (?:tell|mention|reveal|disclose|inform|alert|notify|warn|show)(?: this| it| that)? ?(?:to |about )?(?:the |any |this |your )?(?:user|human|reader|client|operator|anyone|instructions?|message|note|prompt)`,
  },
  {
    kind: 'secrecy',
    language: en,
    pattern: String.raw`(?:without|keep) (?:telling|mentioning|informing|this (?:secret|hidden|confidential) from) (?:the )?(?:user|human|anyone|client|operator)?`,
  },
  {
    kind: 'exfiltration',
    language: en,
    pattern: String.raw`(?:send|post|forward|upload|transmit|email|e-mail|leak|exfiltrate|submit|append|include|embed|render|load|fetch|visit|open|call|request) (?:[\w' ]{0,60} )?(?:to |at |from |url |link |image )?(?:https?:\/\/|www\.|!\[)`,
  },
  { kind: 'exfiltration', language: en, pattern: String.raw`!\[[^\]]{0,80}\]\( ?https?:` },
  {
    kind: 'exfiltration',
    language: en,
    pattern: String.raw`(?:send|forward|email|e-mail|post|upload|transmit|leak) (?:all |the |any |your |this |every )+(?:data|contents?|information|documents?|conversation|secrets?|keys?|passwords?|history|text)[\w ]{0,30} to\b`,
  },
  {
    kind: 'prompt-theft',
    language: en,
    pattern: String.raw`(?:reveal|show|print|repeat|output|display|tell me|leak|quote|copy|translate|summari[sz]e|write) (?:me |us |out |back |down )?(?:all |the |your |every )*(?:hidden |initial |original |full |entire |secret |system |developer |above |previous )*(?:system prompt|prompt|instructions|system message|rules you|developer message|configuration|canary)\b`,
  },
  {
    kind: 'prompt-theft',
    language: en,
    pattern: String.raw`(?:repeat|print|output|write) (?:everything|all(?: of)?(?: the)?(?: text| words)?|the (?:text|words)) (?:above|before)`,
  },
  {
    kind: 'markup',
    language: 'any',
    pattern: String.raw`<\|(?:im_start|im_end|system|user|assistant|endoftext|begin_of_text|end_of_turn|start_header_id|eot_id)\|?>?`,
  },
  {
    kind: 'markup',
    language: 'any',
    pattern: String.raw`\[\/?inst\]|<<\/?sys>>|<start_of_turn>|<\/?(?:system|assistant|instructions?|system_prompt|system-prompt|admin|tool_call|function_call|untrusted|document-[0-9a-f]{4,})>`,
  },
  {
    kind: 'markup',
    language: 'any',
    pattern: String.raw`(?:#{2,4}|={3,}|-{3,}|\*{2,}) ?(?:system|instructions?|new instructions?|end of (?:document|text|input|data)|end (?:document|input|data)|begin (?:system|admin|instructions?)|user (?:input|query)|assistant)\b`,
  },
  { kind: 'markup', language: 'any', pattern: String.raw`^ ?(?:system|assistant|developer|user|human) ?: ?(?=\S)` },
  { kind: 'markup', language: 'any', pattern: String.raw`\{ ?"role" ?: ?"(?:system|assistant|developer)"` },
  {
    kind: 'override',
    language: 'de',
    pattern: String.raw`(?:ignorier\w*|vergiss|vergessen sie|missachte\w*|verwirf|verwerfen sie|uberschreibe\w*|beachte\w* nicht|befolge\w* nicht)(?: sie)? (?:bitte )?(?:alle?|samtliche|jegliche|die|deine|ihre|vorherigen|bisherigen|obigen|fruheren|vorangegangenen|alles|das| )+ ?(?:\w+ )?(?:anweisung\w*|instruktion\w*|regeln|vorgaben|befehle|prompts?|anleitung\w*|was (?:oben|vorher|davor|zuvor)|bisherige|vorherige)`,
  },
  {
    kind: 'demand',
    language: 'de',
    pattern: String.raw`(?:antworte\w*|gib|schreibe?|sage?|setze?|trage?|melde|verwende|nenne)(?: sie)? (?:nur|ausschliesslich|stattdessen|immer|einfach|als|den|die|das|folgendes|genau|betrag|gesamtbetrag|summe|mit)\b`,
  },
  {
    kind: 'persona',
    language: 'de',
    pattern: String.raw`(?:du bist|sie sind) (?:jetzt|nun|ab sofort|von nun an|kein|nicht mehr)|ab (?:jetzt|sofort) (?:bist|sind|antworte|verhalt)|verhalte dich (?:wie|als)|tu so,? als`,
  },
  {
    kind: 'addressee',
    language: 'de',
    pattern: String.raw`(?:an|liebe|hinweis (?:an|fur)|achtung|hallo|falls du|wenn du|anweisung (?:an|fur)|fur) (?:alle |die |das |den |eine? |du )*(?:ki|kunstliche intelligenz|sprachmodelle?|ki[- ](?:modelle?|systeme?|assistent\w*)|chatbots?|assistent\w*)\b`,
  },
  {
    kind: 'secrecy',
    language: 'de',
    pattern: String.raw`(?:erwahne|sag|verrate|teile|zeige)\w*(?: sie)? (?:dies|das|es|dem|den|niemandem)[\w ]{0,30} nicht|dem (?:nutzer|benutzer|anwender) nichts`,
  },
  {
    kind: 'override',
    language: 'fr',
    pattern: String.raw`(?:ignor(?:e|ez|er)|oubli(?:e|ez|er)|neglige[zr]?|ne (?:tenez|tiens) pas compte|ne sui(?:s|vez) pas|faites abstraction|fais abstraction)(?: de)? (?:toutes? |tous |les |tes |vos |des |ces |ce qui |l'ensemble |de )+(?:instructions?|consignes?|regles?|directives?|ordres?|prompts?|messages?|precede|ce qui precede|(?:\w+ )?(?:precedentes?|anterieures?|ci-dessus))`,
  },
  {
    kind: 'demand',
    language: 'fr',
    pattern: String.raw`(?:repon(?:ds|dez)|ecri(?:s|vez)|indique[zr]?|retourne[zr]?|renvoie|renvoyez|affiche[zr]?|mets|mettez|donne[zr]?)(?: a la place| toujours| uniquement| seulement| simplement| exactement| plutot)* (?:uniquement|seulement|par|avec|que|le (?:montant|total|mot)|la valeur|comme|:|«|")`,
  },
  {
    kind: 'persona',
    language: 'fr',
    pattern: String.raw`(?:tu es|vous etes) (?:maintenant|desormais|a present)|(?:desormais|a partir de maintenant),? (?:tu|vous|repond)|fais comme si|comporte-toi comme`,
  },
  {
    kind: 'addressee',
    language: 'fr',
    pattern: String.raw`(?:a l'attention de|note (?:a|pour)|instructions? (?:a|pour)|cher|chere|message (?:a|pour)|si (?:tu es|vous etes)) (?:l'|les |la |le |une? |toute |d')*(?:ia|intelligence artificielle|modeles? de langage|assistants?|chatbots?)\b`,
  },
  {
    kind: 'override',
    language: 'es',
    pattern: String.raw`(?:ignor[ae]n?|ignorar|olvid[ae]n?|olvidar|descart[ae]n?|omit[ae]n?|no (?:sigas?|hagas caso|obedezcas|tengas en cuenta))(?: de| a)? (?:todas? |todos |las |los |tus |sus |el |lo |cualquier )+(?:instruccion\w*|indicacion\w*|reglas?|ordenes?|prompts?|mensajes?|directrices|anterior\w*|de arriba)`,
  },
  {
    kind: 'demand',
    language: 'es',
    pattern: String.raw`(?:responde[r]?|contesta|escribe|devuelve|indica|pon|muestra|di)(?: solo| solamente| unicamente| siempre| simplemente| en su lugar)* (?:solo|solamente|unicamente|con|que|el total|el importe|la palabra|como|:|«|")`,
  },
  {
    kind: 'persona',
    language: 'es',
    pattern: String.raw`(?:ahora (?:eres|actuas)|eres ahora|a partir de ahora,? (?:eres|responde|actua)|actua como si|finge (?:ser|que))`,
  },
  {
    kind: 'addressee',
    language: 'es',
    pattern: String.raw`(?:a|para|nota (?:a|para)|atencion|estimad[oa]|instrucciones para|si eres) (?:la |el |los |un |una |cualquier |toda )*(?:ia|inteligencia artificial|modelos? de lenguaje|asistentes? (?:de ia|virtual)|chatbots?)\b`,
  },
  {
    kind: 'override',
    language: 'it',
    pattern: String.raw`(?:ignor[ai](?:te|re)?|dimentica(?:te|re)?|trascura(?:te)?|non (?:seguire|considerare|tenere conto))(?: di)? (?:tutte |tutti |le |i |gli |le tue |tue |ogni |quanto |delle )+(?:\w+ )?(?:istruzion\w*|indicazion\w*|regole|direttive|ordini|prompt|precedent\w*|sopra)`,
  },
  {
    kind: 'demand',
    language: 'it',
    pattern: String.raw`(?:rispond(?:i|ere|ete)|scriv(?:i|ere|ete)|restituisci|indica|imposta|riporta)(?: solo| soltanto| sempre| invece| esclusivamente)* (?:solo|soltanto|con|che|il totale|l'importo|la parola|come|:|«|")`,
  },
  {
    kind: 'addressee',
    language: 'it',
    pattern: String.raw`(?:all'|alla|per (?:l'|la|il|i)|nota (?:per|all')|se sei un[a']?) ?(?:ia|intelligenza artificiale|modell[oi] linguistic[oi]|assistente (?:ia|virtuale)|chatbot)\b`,
  },
  {
    kind: 'override',
    language: 'pt',
    pattern: String.raw`(?:ignor[ae]r?|esque[cç]a|desconsider[ae]r?|nao (?:siga|obede[cç]a|considere))(?: de)? (?:todas? |todos |as |os |suas |tuas |quaisquer |tudo |o )+(?:instruc\w*|regras|orienta\w*|ordens|prompts?|mensage\w*|anterior\w*|acima)`,
  },
  {
    kind: 'demand',
    language: 'pt',
    pattern: String.raw`(?:responda|escreva|retorne|devolva|informe|diga|defina)(?: apenas| somente| sempre| simplesmente| em vez disso)* (?:apenas|somente|com|que|o total|o valor|a palavra|como|:|«|")`,
  },
  {
    kind: 'override',
    language: 'nl',
    pattern: String.raw`(?:negeer|vergeet|sla|volg) (?:alle |de |het |je |uw |alles |eerdere |vorige |bovenstaande |voorgaande )+(?:instructies?|opdrachten|regels|aanwijzingen|prompts?|hierboven|wat hierboven|over|niet)`,
  },
  {
    kind: 'demand',
    language: 'nl',
    pattern: String.raw`(?:antwoord|schrijf|geef|zeg|vul|zet)(?: alleen| altijd| enkel| uitsluitend| in plaats daarvan)* (?:alleen|enkel|uitsluitend|met|dat|het (?:totaal|bedrag|woord)|als|:|«|")`,
  },
  {
    kind: 'addressee',
    language: 'nl',
    pattern: String.raw`(?:aan|voor|beste|let op|bericht (?:aan|voor)|instructies? (?:aan|voor)) (?:de |het |alle |een |elke )*(?:ai|kunstmatige intelligentie|taalmodel\w*|ai-\w+|chatbots?)\b`,
  },
  {
    kind: 'override',
    language: 'pl',
    pattern: String.raw`(?:zignoruj|ignoruj|zapomnij(?: o)?|pomin|nie (?:stosuj|przestrzegaj)) (?:wszystki\w+ |poprzedni\w+ |wczesniejsz\w+ |powyzsz\w+ |swoj\w+ |twoj\w+ |te |o )+(?:instrukcj\w*|polece\w*|zasad\w*|wytyczn\w*|regul\w*|prompt\w*)`,
  },
  {
    kind: 'demand',
    language: 'pl',
    pattern: String.raw`(?:odpowiedz|odpowiadaj|napisz|zwroc|podaj|wpisz)(?: tylko| wylacznie| zawsze| zamiast tego)* (?:tylko|wylacznie|slowem|ze|kwote|jako|:|"|„)`,
  },
  {
    kind: 'override',
    language: 'ru',
    pattern: String.raw`(?:игнорируи\w*|проигнорируи\w*|забудь\w*|не (?:следуи\w*|выполняи\w*)|отмени\w*) (?:все |всем |предыдущ\w+ |прежн\w+ |вышеуказанн\w+ |твои |свои |о |любые |эти )+(?:инструкци\w*|указани\w*|правил\w*|команд\w*|промпт\w*)`,
  },
  {
    kind: 'demand',
    language: 'ru',
    pattern: String.raw`(?:ответь\w*|отвечаи\w*|напиши\w*|верни\w*|укажи\w*|выведи\w*) (?:только|лишь|что|сумму|вместо|всегда|слов\w+|:|«|")`,
  },
  {
    kind: 'override',
    language: 'zh',
    pattern: String.raw`(?:忽略|无视|忘记|不要(?:理会|遵循|遵守)|请忽略|無視|忽視).{0,8}(?:指令|指示|提示|规则|規則|命令|要求|内容|說明|说明)`,
  },
  {
    kind: 'demand',
    language: 'zh',
    pattern: String.raw`(?:只|仅|请|必须|一律|直接)(?:回答|回复|输出|返回|说|写)|(?:回答|回复|输出|返回)[:：“"]`,
  },
  {
    kind: 'override',
    language: 'ja',
    pattern: String.raw`(?:これまで|以前|上記|前|すへて|全て|先ほと)\S{0,8}(?:指示|命令|ルール|フロンフト|指令)\S{0,4}(?:無視|忘れ|従わな)`,
  },
  {
    kind: 'override',
    language: 'sv',
    pattern: String.raw`(?:ignorera|glom|bortse fran|folj inte) (?:alla |de |dina |tidigare |foregaende |ovanstaende |allt )+(?:instruktion\w*|regler\w*|anvisning\w*|prompt\w*|ovan)`,
  },
  {
    kind: 'override',
    language: 'ms',
    pattern: String.raw`(?:abaikan|lupakan|jangan ikut|acuhkan|abaikanlah) (?:semua |segala |seluruh |sebarang )*(?:arahan|instruksi|perintah|peraturan|aturan|petunjuk)(?: \w+){0,2}`,
  },
  ...moreLanguages,
  ...turningToMachines,
];

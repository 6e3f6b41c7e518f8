/**
 * Words of a sentence that orders a machine about, by language. Patterns are written as in `Signal`. A sentence that has a
 * machine, an order and something of the document or of the answer is one, whatever its words are otherwise.
 */
export interface OrderWords {
  readonly language: string;
  /** Readers that are machines. */
  readonly machine: string;
  /** An order: what must be, or a verb that begins a clause. */
  readonly order: string;
  /** This document, a part of it, or the answer. */
  readonly matter: string;
}

/** What an answer does, or who writes one. */
const answering = String.raw`answer|reply|respond|say|state|report|mark|rate|score|rank|grade|treat|consider|flag|move|set|give|drop|skip|ignore|disregard|overlook|assume|approve|accept|reject|classify|label|record|use|write|translate|summari[sz]e|describe|mention|list|return|output|recommend|award|assign|shortlist|choose|add|insert|include|leave out|omit|certify|confirm|conclude`;
/** What is sold or taught about machines is no machine that reads. */
const trade = String.raw`(?:training|course|project|conference|team|act|tool|service|consult\w*|software|subscription|development|solutions?|powered|based|add-?ons?|lab|gmbh|inc|ag|ltd)\b`;
/** A clause begins: at the beginning, or behind a mark or a small word. */
const clause = String.raw`(?<=^|[,;:–—-] ?|(?:please|kindly|now|and|so|then|just) )`;

export const orderWords: readonly OrderWords[] = [
  {
    language: 'en',
    machine: String.raw`(?:(?:ai|a\.i\.|artificial intelligence|llms?|language models?|neural networks?|chat ?bots?|chatgpt|gpt(?:-?[2-9](?:\.\d)?[a-z]{0,2})?(?!-?\d))(?:[- ](?:systems?|models?|agents?|readers?|assistants?|reviewers?|graders?|pipelines?))?(?! ?(?:-|${trade}))|(?:automated|automatic|machine)[- ](?:\w+ )?(?:tools?|systems?|readers?|reviewers?|pipelines?|assistants?|agents?|parsers?|software)|(?:assistant|model|system|software|tool|program)s? (?:that |which )?(?:reading|processing|parsing|evaluating|extracting|extracts?|reads?|parses?|summari[sz]es?) (?:this|data|documents?|text)|(?:whichever|whatever|any|the) (?:model|bot|agent|parser) (?:is |that |which )?(?:read|pars|process|see|evaluat)\w*)`,
    order: String.raw`(?:(?:must|should|shall|will|ought to|has to|have to|needs? to|is to|are (?:asked |required |expected |instructed )?to) (?:not |never |only |always |therefore )*(?:${answering})|(?:field|value|name|total|amount|date|iban|score|\w_\w+) must be|${clause}(?:${answering}))\b`,
    matter: String.raw`(?:(?:this|these) [a-z]+|the (?:\w+ ){1,3}(?:as|is)|(?:the|your|my|its) (?:answer|reply|response|output|schema|summary|prompt|user|total|sum|candidate|applicant|table|signature|verdict|rating|score|grade)|[a-z]+_[a-z]+|(?:as|is|be) (?:low|no|high) risk|(?:as|is|be) (?:approved|paid|settled|verified|genuine|valid)|(?:every|each|all) (?:fields?|values?|lines?|items?|questions?)|(?:as|to|with|be|is|equals?|=) (?:zero|null|nothing|n\/a|\d)|(?:full|top|highest|first) (?:marks?|score|rating|place)?|\d+ ?\/ ?\d+)`,
  },
  {
    language: 'de',
    machine: String.raw`(?:ki(?:-\w+)?|kunstliche intelligenz|sprachmodell\w*|chatbots?|chatgpt|neuronale\w* netz\w*|automatische\w* (?:system\w*|leser|auswertung\w*)|(?:wer|was) (?:dies|das|dieses \w+) (?:maschinell|automatisch) (?:liest|auswertet|verarbeitet))`,
    order: String.raw`(?:(?:muss|mussen|soll|sollen|hat|haben|wird|werden)[^.;]{0,80}(?:angeben|ausgeben|einstufen|bewerten|antworten|eintragen|markieren|behandeln|melden|nennen|ignorieren|setzen|werten|verschweigen)|(?<=^|[,;:–—-] ?| (?:und|et|y|e|en|bitte) )(?:gib|geben sie|gebt|gilt|antworte|schreib|setz|trag|tragt|bewert|markier|behandl|stufe|ignorier|ubersetz|nenn|melde|sag)\w*)`,
    matter: String.raw`(?:dies\w* (?:\w+ )?(?:dokument|seite|text|rechnung|lebenslauf|antrag|vertrag|bewerbung|formular|beleg|betrag|kandidat\w*|brief)\w*|(?:der|die|das|den|als|volle) (?:antwort|betrag|summe|gesamtsumme|punktzahl|bewertung|bestnote|genehmigt|bezahlt)|als (?:betrag|summe|genehmigt|bezahlt|gultig)|bestnote|[a-z]+_[a-z]+)`,
  },
  {
    language: 'fr',
    machine: String.raw`(?:ia|intelligences? artificielles?|modeles? de langage|chatbots?|chatgpt|assistants? ia|(?:systemes?|outils?|lecteurs?|logiciels?) automati\w+)`,
    order: String.raw`(?:(?:doit|doivent|devez|devra|devront) (?:\w+ ){0,2}?(?:ignorer|repondre|indiquer|ecrire|noter|marquer|considerer|classer|donner|mettre|traduire|retourner)|ne tenez|(?<=^|[,;:–—-] ?| (?:und|et|y|e|en) )(?:repondez|reponds|indiquez|ecrivez|notez|marquez|considerez|ignorez|classez|donnez|mettez|traduisez)\b)`,
    matter: String.raw`(?:(?:ce|cet|cette|ces) (?:\w+ )?(?:document|page|texte|facture|cv|dossier|contrat|demande|candidature|formulaire|recu|montant|candidat\w*)s?|(?:le|la|du|les) (?:solde|total|montant|reponse|somme|tableau|note|schema)|(?:est|comme) (?:paye|regle|approuve|valide|nul)\w*|[a-z]+_[a-z]+)`,
  },
  {
    language: 'es',
    machine: String.raw`(?:ia|inteligencias? artificial\w*|modelos? de (?:lenguaje|ia)|chatbots?|chatgpt|asistentes? (?:de ia|virtual\w*)|(?:sistemas?|herramientas?|lectores?) automati\w+)`,
    order: String.raw`(?:(?:debe|deben|deberia\w*|tienen? que) (?:\w+ ){0,2}?(?:responder|indicar|escribir|marcar|considerar|ignorar|clasificar|poner|dar|devolver)|(?<=^|[,;:–—-] ?| (?:und|et|y|e|en) )(?:responde|responda|indica|indique|escribe|escriba|marca|marque|considera|considere|ignora|ignore|clasifica|clasifique|pon|pongan|ponga|marquen|indiquen|respondan)\b)`,
    matter: String.raw`(?:(?:este|esta|estos|estas) (?:\w+ )?(?:documento|pagina|texto|factura|cv|curriculum|contrato|solicitud|formulario|recibo|importe|candidat\w*)s?|(?:el|la|los) (?:total|importe|saldo|respuesta|tabla|nota|esquema)|como (?:pagad|aprobad|valid)\w*|[a-z]+_[a-z]+)`,
  },
  {
    language: 'it',
    machine: String.raw`(?:ia|intelligenz\w+ artificial\w+|modell\w+ (?:linguistic\w+|di ia)|chatbot|chatgpt|assistent\w+ (?:ia|virtual\w+)|(?:sistem\w+|strument\w+|lettor\w+) automatic\w+)`,
    order: String.raw`(?:(?:deve|devono|dovrebbe\w*) (?:\w+ ){0,2}?(?:rispondere|indicare|scrivere|segnare|considerare|ignorare|classificare|mettere|riportare|restituire)|(?<=^|[,;:–—-] ?| (?:und|et|y|e|en) )(?:rispond\w+|indic\w+|scriv\w+|segn\w+|consider\w+|ignor\w+|classific\w+|mett\w+|imposta\w*)\b)`,
    matter: String.raw`(?:(?:questo|questa|questi|queste) (?:\w+ )?(?:document|pagin|test|fattur|cv|curriculum|contratt|domand|modul|ricevut|import|candidat)\w*|(?:il|la|l')(?: )?(?:totale|importo|saldo|risposta|tabella|voto|schema)|come (?:pagat|approvat|valid)\w*|[a-z]+_[a-z]+)`,
  },
  {
    language: 'pt',
    machine: String.raw`(?:ia|inteligencias? artificia\w+|modelos? de (?:linguagem|ia)|chatbots?|chatgpt|assistentes? (?:de ia|virtua\w+)|(?:sistemas?|ferramentas?|leitores?) automati\w+)`,
    order: String.raw`(?:(?:deve|devem|deveria\w*|tem que) (?:\w+ ){0,2}?(?:responder|indicar|escrever|marcar|considerar|ignorar|classificar|colocar|aprovar)|(?<=^|[,;:–—-] ?| (?:und|et|y|e|en) )(?:responda|indique|escreva|marque|considere|ignore|classifique|coloque|aprove)\b)`,
    matter: String.raw`(?:(?:este|esta|estes|estas) (?:\w+ )?(?:documento|pagina|texto|fatura|curriculo|contrato|pedido|formulario|recibo|valor|candidat\w*)s?|(?:o|a) (?:total|valor|saldo|resposta|tabela|nota|esquema)|como (?:pag|aprovad|valid)\w*|[a-z]+_[a-z]+)`,
  },
  {
    language: 'nl',
    machine: String.raw`(?:ai|kunstmatige intelligentie|taalmodel\w*|chatbots?|chatgpt|ai-\w+|geautomatiseerde (?:systemen|lezers|tools))`,
    order: String.raw`(?:(?:moet|moeten|dient|dienen)[^.;]{0,60}(?:antwoorden|schrijven|geven|markeren|beschouwen|negeren|zetten|invullen|vermelden)|(?<=^|[,;:–—-] ?| (?:und|et|y|e|en) )(?:antwoord|schrijf|geef|markeer|beschouw|negeer|zet|vul)\b)`,
    matter: String.raw`(?:(?:dit|deze) (?:\w+ )?(?:document|pagina|tekst|factuur|cv|contract|aanvraag|formulier|bon|bedrag|kandidaat)\w*|(?:het|de) (?:totaal|bedrag|antwoord|saldo|tabel|score)|als (?:betaald|goedgekeurd|geldig|bedrag)|[a-z]+_[a-z]+)`,
  },
  {
    language: 'ru',
    machine: String.raw`(?:ии|неиросет\w+|языков\w+ модел\w+|искусственн\w+ интеллект\w*|чат-?бот\w*)`,
    order: String.raw`(?:должен|должна|должны|обязан\w*|следует) (?:\w+ ){0,2}?(?:указать|ответить|написать|считать|поставить|сообщить|отметить|игнорировать|вывести)`,
    matter: String.raw`(?:эт\w+ (?:документ|счет|страниц|текст|договор|резюме|заявк)\w*|сумм\w+|итог\w*|ответ\w*)`,
  },
  {
    language: 'zh',
    machine: String.raw`(?:ai|人工智能|语言模型|大模型|机器人|智能助手)`,
    order: String.raw`(?:必须|应该|应当|应|请|需要?|要)`,
    matter: String.raw`(?:本|此|这(?:份|张|个)?|该)(?:发票|文件|文档|合同|简历|页|申请|收据|表格|文本)`,
  },
];

/** To forget the task that one has, and to say something instead: only whoever has a task is told so. */
export const desertions: readonly { readonly language: string; readonly pattern: string }[] = [
  {
    language: 'en',
    pattern: String.raw`(?:forget|scrap|drop|abandon|ignore|disregard|overlook|abort|stop|leave) (?:about )?(?:your|the) (?:\w+ )?(?:task|job|assignment|mission|extraction|processing|prompt|schema)(?: you (?:had|have|were given))?(?: here| now)?[,.;:]? (?:and |then |instead,? )*(?:say|write|answer|reply|respond|give|state|output|tell|return|set|compose)\b`,
  },
  {
    language: 'de',
    pattern: String.raw`(?:vergiss|vergessen sie|ignoriere|lass) (?:deine|die|ihre) (?:eigentliche )?(?:aufgabe|arbeit|auftrag)\w*,? (?:und |sondern )?(?:sag|schreib|antwort|gib|melde|nenn)\w*`,
  },
  {
    language: 'fr',
    pattern: String.raw`(?:oublie|oubliez|ignore|ignorez|abandonnez?) (?:ta|votre|la) (?:tache|mission|consigne),? (?:et |puis )?(?:dis|dites|ecri\w+|repon\w+|indique\w*)`,
  },
  {
    language: 'es',
    pattern: String.raw`(?:olvida|olvide|ignora|ignore|abandona) (?:tu|su|la) (?:tarea|mision|trabajo|encargo),? (?:y |luego )?(?:di|diga|escrib\w+|respond\w+|indica|contest\w+)`,
  },
  {
    language: 'it',
    pattern: String.raw`(?:dimentica\w*|ignora\w*|abbandona\w*) (?:il tuo|il suo|il vostro|la tua) (?:compito|lavoro|incarico|attivita),? (?:e |poi )?(?:di|dici|dite|scriv\w+|rispond\w+|indica\w*)`,
  },
  {
    language: 'pt',
    pattern: String.raw`(?:esqueca|esquece|ignore|abandone) (?:sua|a sua|tua|a tua|a) (?:tarefa|missao|funcao),? (?:e |depois )?(?:diga|escreva|responda|indique)`,
  },
  {
    language: 'nl',
    pattern: String.raw`(?:vergeet|negeer|laat) (?:je|uw|de) (?:opdracht|taak),? (?:en |dan )?(?:zeg|schrijf|antwoord|geef|meld)`,
  },
  {
    language: 'pl',
    pattern: String.raw`(?:zapomnij o|porzuc|zignoruj) (?:swoim|swoje|twoim|twoje) (?:zadani\w+|poleceni\w+)\s?,? (?:i |a potem )?(?:napisz|powiedz|odpowiedz|podaj)`,
  },
  {
    language: 'ru',
    pattern: String.raw`(?:забудь\w*|игнорируи\w*|брось\w*) (?:о )?(?:свое|своеи|свою|твое|твою|ваше|вашу)(?:и|м)? (?:задани\w+|задач\w+),? (?:и )?(?:напиши|скажи|ответь|укажи|сообщи)\w*`,
  },
  {
    language: 'sv',
    pattern: String.raw`(?:glom|ignorera|glem) (?:din|dit|er) (?:uppgift|opgave|oppgave),? (?:och |og )?(?:svara|skriv|sag|sig|svar)`,
  },
  {
    language: 'zh',
    pattern: String.raw`(?:忘记|忘掉|放弃|忽略|无视)(?:你的|原来的|当前的)?任务.{0,6}(?:回答|回复|输出|说|写|告诉)`,
  },
  {
    language: 'ja',
    pattern: String.raw`(?:タスク|任務|仕事|作業)(?:を|は)?(?:忘れ|無視|中止|放棄).{0,12}(?:答え|回答|書い|出力|返信)`,
  },
];

import { overlayStyle } from '@waybill/document-layout';

/** Light and dark, wide and narrow, on paper; no font, picture or address of anybody else. */
export const reportStyle = `${overlayStyle}
:root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--ink:#1a2130;--quiet:#5b6472;--line:#dfe3e8;--soft:#f0f2f5;
--accent:#2451c4;--sure:#15803d;--likely:#a35a06;--doubtful:#b91c1c}
@media (prefers-color-scheme:dark){:root{--ground:#11141a;--card:#1a1f28;--ink:#e6e9ee;--quiet:#9aa4b2;--line:#303846;
--soft:#232a35;--accent:#8fb0ff;--sure:#5fcf86;--likely:#f0b04f;--doubtful:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:100rem;margin:0 auto;padding:1.5rem clamp(.75rem,2.5vw,2.5rem) 4rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2.2rem 0 .6rem;overflow-wrap:anywhere}h3{font-size:1rem;margin:0}
h4{font-size:.75rem;text-transform:uppercase;letter-spacing:.06em;color:var(--quiet);margin:1.3rem 0 .45rem}
h4.own{text-transform:none;letter-spacing:0;font-size:.87rem}.told>h4:first-child{margin-top:0}
a{color:var(--accent)}small,.quiet{color:var(--quiet);font-size:.87rem}
.chips{display:flex;flex-wrap:wrap;gap:.4rem;margin:.4rem 0;padding:0;list-style:none}
.chips li{background:var(--soft);border:1px solid var(--line);border-radius:99rem;padding:.08rem .7rem;font-size:.87rem}
nav{display:flex;flex-wrap:wrap;gap:.35rem;margin:.8rem 0}
nav a{border:1px solid var(--line);background:var(--card);border-radius:.45rem;padding:.1rem .6rem;text-decoration:none}
.problem{border-left:4px solid var(--doubtful);background:var(--card);padding:.5rem .9rem;margin:.6rem 0;border-radius:.3rem}
.page{background:var(--card);border:1px solid var(--line);border-radius:.8rem;margin:1rem 0;padding:1.1rem clamp(.8rem,2vw,1.5rem)}
.page>header{display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:baseline;margin-bottom:.9rem}
.columns{display:grid;grid-template-columns:minmax(0,1.1fr) minmax(0,1fr);gap:1.6rem}
.shown{position:sticky;top:.8rem;align-self:start}
svg.overlay{display:block;width:auto;height:auto;max-width:100%;max-height:86vh;margin:0 auto;border:1px solid var(--line);border-radius:.4rem}
.overlay .highlight rect{stroke:#1d4ed8;fill:#3b82f6;fill-opacity:.28;stroke-width:3}
.layers{display:flex;flex-wrap:wrap;gap:.2rem .9rem;margin:.6rem 0 0;font-size:.87rem;align-items:center}
.layers label{display:inline-flex;gap:.3rem;align-items:center;cursor:pointer}
.key{display:inline-flex;gap:.3rem;align-items:center}.key::before{content:"";width:.8rem;height:.8rem;border-radius:.2rem;background:currentColor}
.key.sure,.score.sure{color:var(--sure)}.key.likely,.score.likely{color:var(--likely)}.key.doubtful,.score.doubtful{color:var(--doubtful)}
.score{font-variant-numeric:tabular-nums;font-weight:600;white-space:nowrap}
${['words', 'blocks', 'tables', 'pairs', 'fields', 'checks', 'figures'].map(hidden).join('')}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.92rem}
.list{width:100%}.list th{text-align:left;font-weight:500;color:var(--quiet);font-size:.82rem}
.list td,.list th{padding:.28rem .55rem;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
.list td.number,.list th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;overflow-wrap:normal}
[data-box]{cursor:pointer}[data-box]:hover,[data-box]:focus-visible,.kept{background:color-mix(in srgb,var(--accent) 16%,transparent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;margin:0;font-size:.92rem}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
.bars{display:grid;grid-template-columns:max-content minmax(4rem,1fr) max-content;gap:.15rem .8rem;align-items:center;font-size:.92rem}
progress{width:100%;height:.55rem;appearance:none;border:0;border-radius:1rem;background:var(--soft);overflow:hidden}
progress::-webkit-progress-bar{background:var(--soft)}progress::-webkit-progress-value{background:var(--accent);border-radius:1rem}
progress::-moz-progress-bar{background:var(--accent);border-radius:1rem}
ul.remarks{margin:.3rem 0;padding-left:1.1rem}
.tabs{margin-top:1.4rem;border-top:1px solid var(--line);padding-top:.8rem}
.tabs input{position:absolute;opacity:0;pointer-events:none}
.tabs label{display:inline-block;padding:.2rem .8rem;border-radius:.45rem;cursor:pointer;color:var(--quiet)}
.tabs input:checked+label{background:var(--soft);color:var(--ink);font-weight:600}
.tabs input:focus-visible+label{outline:2px solid var(--accent)}
.tabs .panel{display:none;margin-top:.7rem;max-height:70vh;overflow:auto;border:1px solid var(--line);border-radius:.5rem;padding:.4rem 1rem}
.tabs:has(input:nth-of-type(1):checked) .panel:nth-of-type(1),.tabs:has(input:nth-of-type(2):checked) .panel:nth-of-type(2),
.tabs:has(input:nth-of-type(3):checked) .panel:nth-of-type(3){display:block}
pre{margin:.4rem 0;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
.content table{margin:.6rem 0}.content td,.content th{border:1px solid var(--line);padding:.18rem .5rem;text-align:left;vertical-align:top}
.content th{background:var(--soft)}.content h1,.content h2,.content h3,.content h4,.content h5,.content h6{all:revert;font-size:1.05rem;margin:.7rem 0 .3rem}
.content p{margin:.35rem 0}.content ul,.content ol{list-style:none;padding-left:1rem}.content header,.content footer{color:var(--quiet)}
.content figure{border:1px dashed var(--line);color:var(--quiet);padding:.4rem;margin:.4rem 0}
@media (max-width:62rem){.columns{grid-template-columns:minmax(0,1fr)}.shown{position:static}svg.overlay{max-height:none}}
@media print{body{background:#fff}.layers,nav{display:none}.shown{position:static}.page{break-inside:avoid-page;border:0}}`;

/** Boxes of a sort are hidden while their tick is off; that needs no script. */
function hidden(layer: string): string {
  const groups = layer === 'tables' ? '.overlay .tables,.overlay .cells' : `.overlay .${layer}`;
  return groups
    .split(',')
    .map((group) => `.page:has([data-layer=${layer}]:not(:checked)) ${group}{display:none}`)
    .join('\n');
}

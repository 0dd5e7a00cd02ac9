/** The page's only style: by the reader's choice dark or light, no font or file from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; --page: #fbfaf7; --card: #fff; --text: #23211d; --faint: #77726a; --line: #e4e0d8;
  --drawn: #c2542d; --real: #8f9bb3; --good: #2f7d4f; --bad: #b3362b; }
@media (prefers-color-scheme: dark) { :root { --page: #16171a; --card: #1e2024; --text: #e8e6e1; --faint: #979289;
  --line: #33363c; --drawn: #f08a5d; --real: #66728c; --good: #6cc08b; --bad: #ef7f75; } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
main { max-width: 1120px; margin: 0 auto; padding: 40px 24px 80px }
h1 { margin: 0; font-size: 30px; line-height: 1.2; letter-spacing: -.01em }
h1 + p { max-width: none }
h2 { margin: 52px 0 4px; font-size: 19px }
h3 { margin: 0 0 6px; font-size: 13px; font-weight: 600 }
p { margin: 4px 0 16px; color: var(--faint); max-width: 76ch }
.key { display: inline-block; width: 11px; height: 11px; border-radius: 2px; margin: 0 4px 0 12px }
.key.drawn { background: var(--drawn) } .key.real { background: var(--real) }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px }
th, td { padding: 6px 14px; text-align: right; border-top: 1px solid var(--line); white-space: nowrap }
th { font-size: 12px; font-weight: 600; color: var(--faint); border-top: 0 }
th:first-child, td:first-child, td.bar, th.bar { text-align: left }
td.bar { color: var(--faint) }
td strong { font-weight: 650 }
.met { color: var(--good) } .missed { color: var(--bad); font-weight: 650 }
.grid-of { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 14px }
.wide { grid-template-columns: repeat(auto-fill, minmax(400px, 1fr)) }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; min-width: 0 }
.card small { color: var(--faint); font-weight: 400; float: right }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 14px; margin-bottom: 14px }
@media (max-width: 700px) { .pair { grid-template-columns: 1fr } .wide { grid-template-columns: 1fr } }
svg { display: block; width: 100%; height: auto }
svg.roll { height: 132px }
svg text { font-size: 10px; fill: var(--faint) }
svg .end { text-anchor: end } svg .middle { text-anchor: middle }
path.grid { stroke: var(--line); fill: none; stroke-width: 1; vector-effect: non-scaling-stroke }
path.axis { stroke: var(--line); fill: none }
.drawn { fill: var(--drawn) } .real { fill: var(--real) }
.over { fill-opacity: .28; stroke: var(--drawn); stroke-width: 1.5 }
.curve { fill: none; stroke: var(--drawn); stroke-width: 1.5; stroke-linejoin: round }
footer { margin-top: 48px; color: var(--faint); font-size: 13px; overflow-wrap: anywhere }
`;

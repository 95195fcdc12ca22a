/**
 * The page's style. Every text has a contrast of at least 4.5:1 on its ground, every sign 3:1 (WCAG 2.1 AA); nothing is told by
 * colour alone; prints on A4. A constant: no input ever comes in here.
 */
export const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#1d1d1b;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main,header,footer{max-width:1080px;margin:0 auto;padding:0 24px}
header{padding-top:32px}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 4px}
h2{font-size:1.25rem;line-height:1.3;margin:44px 0 10px;padding-top:10px;border-top:2px solid #1d1d1b}
h3{font-size:1rem;margin:24px 0 6px}
p{margin:0 0 8px;max-width:72ch}
.as-of{color:#4a4a4a;margin-bottom:14px}
.lead{font-size:1.125rem;font-weight:600}
.status{border-left:6px solid #1d5b8f;padding:8px 14px;background:#eef4fa;margin:14px 0}
.status.warn{border-left-color:#a33a00;background:#fdf1e7}
.status p{margin:0}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:18px 0 0;padding:0}
.tiles div{border:1px solid #767676;border-radius:4px;padding:10px 12px}
.tiles dt{font-size:.8125rem;color:#4a4a4a}
.tiles dd{margin:2px 0 0;font-size:1.375rem;font-weight:650;line-height:1.2}
.tiles small{display:block;font-size:.8125rem;font-weight:400;color:#1d1d1b;margin-top:2px}
.side{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:28px;align-items:start}
.side h2{margin-top:32px}
figure{margin:0}
svg.map,svg.bars,svg.lorenz{display:block;width:100%;height:auto}
svg text{font-family:inherit}
svg .area{stroke:#4a4a4a;stroke-width:1}
svg .label text{text-anchor:middle;font-size:12.5px;fill:#111;paint-order:stroke;stroke:#fff;stroke-width:3.5px;stroke-linejoin:round}
svg .label .figure{font-size:15px;font-weight:700}
svg .home{stroke-width:1.2}
svg .used{fill:#111;stroke:#fff}
svg .free{fill:#fff;stroke:#111}
svg .bar{fill:#3d76a8}
svg .mark{stroke:#111;stroke-width:2.4;fill:none}
svg .mark-halo{stroke:#fff;stroke-width:5;fill:none}
svg .axis{stroke:#767676;stroke-width:1}
svg.lorenz{max-width:360px}
svg .even{stroke:#767676;stroke-width:1.4;stroke-dasharray:5 4;fill:none}
svg .curve{stroke:#1d5b8f;stroke-width:2.6;fill:none}
svg.lorenz text{font-size:12px;fill:#111}
svg .bar-name{text-anchor:end;font-size:13px;fill:#111}
svg .bar-figure{font-size:13px;fill:#111}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:8px 0;padding:0;font-size:.875rem}
.legend li{display:flex;align-items:center;gap:6px}
.note{font-size:.8125rem;color:#4a4a4a}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.35;margin:6px 0 14px;font-variant-numeric:tabular-nums}
caption{text-align:left;color:#4a4a4a;padding-bottom:6px;max-width:100ch}
th,td{text-align:left;vertical-align:top;padding:5px 8px;border-bottom:1px solid #c4c4c4}
thead th{border-bottom:2px solid #1d1d1b;vertical-align:bottom}
tbody th{font-weight:600}
tfoot td,tfoot th{border-top:2px solid #1d1d1b;border-bottom:0;font-weight:600}
td.n,th.n{text-align:right}
thead th.n{width:8%}
thead th.wide{width:27%;min-width:42mm}
td.n+td:not(.n),th.n+th:not(.n){padding-left:18px}
td.nowrap{white-space:nowrap}
td ul{margin:0;padding-left:16px}
.off{font-weight:700}
dl.why{margin:0}
dl.why dt{font-weight:600;margin-top:8px}
dl.why dd{margin:0}
footer{padding-bottom:40px;font-size:.8125rem;color:#4a4a4a;overflow-wrap:anywhere}
@media (max-width:860px){.side{grid-template-columns:1fr}.tiles{grid-template-columns:repeat(2,1fr)}}
@page{size:A4;margin:14mm 13mm}
@media print{
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{font-size:10pt}
main,header,footer{max-width:none;padding:0}
header{padding-top:0}
h1{font-size:15pt}
.lead{font-size:11pt}
h2{font-size:12.5pt;margin-top:18pt;break-after:avoid}
.side{grid-template-columns:1fr;gap:0}
.tiles{grid-template-columns:repeat(4,1fr)}
svg.map{max-height:112mm}
.side h2{margin-top:12pt}
section.keep{break-inside:avoid}
svg.bars{max-width:140mm}
svg.lorenz{max-width:75mm}
figure,.tiles,.status{break-inside:avoid}
.scroll{overflow:visible}
table{font-size:8pt}
td ul{padding-left:9pt}
caption{break-after:avoid}
th,td{padding:2.5pt 4pt}
td.n+td:not(.n),th.n+th:not(.n){padding-left:9pt}
thead{display:table-header-group}
tfoot{display:table-row-group}
tr{break-inside:avoid}
}`;

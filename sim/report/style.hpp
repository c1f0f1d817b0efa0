// The page's style: one column on narrow screens, plain black on white on paper.
#pragma once

namespace passalong {

inline constexpr const char* page_style = R"(
:root { color-scheme: light; --ink: #1c2430; --soft: #5b6675; --rule: #dde2e8; --ground: #f6f7f9; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 28px 20px 48px; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 36px 0 4px; }
p { margin: 6px 0; max-width: 75ch; overflow-wrap: anywhere; }
.soft, figcaption span { color: var(--soft); font-size: .9rem; }
.card { background: #fff; border: 1px solid var(--rule); border-radius: 10px; padding: 18px 20px; margin: 18px 0 0; }
.verdict { border-left: 5px solid #0072b2; }
.verdict .first { font-size: 1.2rem; line-height: 1.4; font-weight: 600; margin-top: 0; }
.notice { border-left: 5px solid #d55e00; }
.arms { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 14px; margin-top: 14px; }
.arms .card { margin: 0; padding: 12px 16px; }
.arms b { font-size: 1.5rem; display: block; font-variant-numeric: tabular-nums; }
.arms .name, .legend span { overflow-wrap: anywhere; }
.swatch { width: 28px; height: 10px; vertical-align: middle; margin-right: 6px; }
.swatch path { stroke-width: 3; fill: none; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0 0; font-size: .92rem; }
figure { background: #fff; border: 1px solid var(--rule); border-radius: 10px; padding: 14px 18px 10px; margin: 14px 0 0; }
figcaption { line-height: 1.35; overflow-wrap: anywhere; }
.small figcaption span { display: block; }
.plot { position: relative; height: 300px; margin: 16px 6px 30px 58px; }
.small .plot { height: 150px; }
.plot svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.plot path { vector-effect: non-scaling-stroke; }
.line { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
.band { opacity: .18; }
.grid { stroke: var(--rule); stroke-width: 1; }
.zero { stroke: var(--ink); stroke-width: 1.2; }
.x, .y { position: absolute; font-size: 12px; line-height: 1; color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.y { right: calc(100% + 8px); transform: translateY(-50%); }
.x { top: calc(100% + 8px); transform: translateX(-50%); }
.many { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 14px; margin-top: 14px; }
.many figure { margin: 0; display: flex; flex-direction: column; justify-content: space-between; }
.wide { overflow-x: auto; margin-top: 10px; }
table { border-collapse: collapse; width: 100%; background: #fff; font-variant-numeric: tabular-nums; font-size: .94rem; }
th, td { border-bottom: 1px solid var(--rule); padding: 7px 10px; text-align: right; vertical-align: top; }
th { font-weight: 600; overflow-wrap: anywhere; }
th:first-child { text-align: left; }
td small { display: block; color: var(--soft); font-size: .8rem; white-space: nowrap; }
pre { background: #fff; border: 1px solid var(--rule); border-radius: 8px; padding: 12px 14px; overflow-x: auto; font-size: .85rem; line-height: 1.45; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; font-size: .9rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 600px) {
  main { padding: 18px 12px 32px; }
  .card, figure { padding-left: 14px; padding-right: 12px; }
  .plot { height: 230px; margin-left: 50px; }
  .many { grid-template-columns: 1fr; }
  .arms { grid-template-columns: 1fr; gap: 8px; }
  th, td { padding: 6px 5px; font-size: .86rem; }
  td small { font-size: .72rem; white-space: normal; }
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: 4px; }
}
@media print {
  body { background: #fff; font-size: 11pt; }
  main { max-width: none; padding: 0; }
  figure, .card, tr { break-inside: avoid; }
  h2, .legend, h2 + p { break-after: avoid; }
  .plot { height: 215px; }
  .small .plot { height: 115px; }
  h2 { margin-top: 22px; }
  .card, figure, pre { border-color: #bbb; }
  .verdict { border-left-color: #0072b2; }
  .notice { border-left-color: #d55e00; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)";

}  // namespace passalong

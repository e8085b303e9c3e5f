namespace DLExperiments.Reports.Documents;

/// <summary>The look of the HTML page and the script that sorts its tables.</summary>
internal static class ReportStyle
{
    internal const string Css = """
        :root { color-scheme: light dark; --page: #ffffff; --ink: #1f2328; --faint: #57606a; --line: #d8dee4; --soft: #f6f8fa; --accent: #0072b2; }
        .dark-only { display: none; }
        @media screen and (prefers-color-scheme: dark) {
          :root { --page: #14171c; --ink: #e8eaed; --faint: #a7adb5; --line: #2c323a; --soft: #1b2027; --accent: #56b4e9; }
          .light-only { display: none; }
          .dark-only { display: block; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 68rem; background: var(--page); color: var(--ink);
          font: 16px/1.55 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif; overflow-wrap: break-word; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .2rem; }
        h2 { font-size: 1.3rem; margin: 2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
        .byline { color: var(--faint); margin: 0 0 1rem; }
        p { margin: .6rem 0; max-width: 46rem; white-space: pre-line; }
        dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: .15rem 1.5rem; margin: .6rem 0; }
        dl > div { display: flex; gap: .6rem; min-width: 0; border-bottom: 1px dotted var(--line); }
        dl > div.long { grid-column: 1 / -1; }
        dt { color: var(--faint); flex: 0 0 8.5rem; }
        dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
        figure, .table { margin: 1rem 0; }
        figcaption, caption { color: var(--faint); font-size: .9rem; text-align: left; caption-side: top; padding-bottom: .3rem; }
        .scroll { overflow-x: auto; }
        figure svg, figure img { max-width: max(100%, 32rem); height: auto; display: block; }
        .row { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 1.2rem; align-items: start; }
        table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
        td { white-space: nowrap; } td.long { white-space: normal; min-width: 16rem; } th { vertical-align: bottom; }
        td.number, th.number { text-align: right; white-space: nowrap; }
        tbody tr:hover { background: var(--soft); }
        th button { all: unset; cursor: pointer; font-weight: 600; }
        th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        th button::after { content: '\2195'; color: var(--line); padding-left: .3em; }
        th[aria-sort=ascending] button::after { content: '\2191'; color: var(--accent); }
        th[aria-sort=descending] button::after { content: '\2193'; color: var(--accent); }
        pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; overflow-x: auto; font: .85rem/1.45 Consolas, 'DejaVu Sans Mono', monospace; }
        summary { cursor: pointer; color: var(--accent); }
        .more { color: var(--faint); font-size: .85rem; }
        @media (max-width: 44rem) { .row { grid-template-columns: minmax(0, 1fr); } body { padding-top: 1rem; } dt { flex-basis: 6.5rem; } }
        @page { size: A4; margin: 13mm 15mm; }
        @media print {
          body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.4; }
          h1 { font-size: 17pt; } h2 { font-size: 12.5pt; margin: 4mm 0 1.5mm; break-after: avoid; }
          figure, tr, dl > div { break-inside: avoid; }
          figure svg, figure img { max-width: 100%; } .scroll { overflow: visible; } table { font-size: 8.5pt; } th, td { padding: .6mm 2mm; }
          th button::after { content: none; } pre { white-space: pre-wrap; font-size: 8pt; }
          .row { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          details { display: none; }
          .coursework figure svg { max-height: 88mm; width: auto; } .coursework figure, .interim figure { margin: 2mm 0; }
          .coursework p, .interim p { max-width: none; margin: 1.5mm 0; }
          .coursework dl, .interim dl { font-size: 8.5pt; grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .interim { font-size: 9pt; line-height: 1.3; } .interim h2 { font-size: 11pt; margin: 2.5mm 0 1mm; } .interim h1 { font-size: 14pt; }
          .interim figure svg { max-height: 58mm; width: auto; } .interim .table { margin: 1mm 0; } .interim .more { margin: .5mm 0; } .interim pre { padding: 1mm 2mm; margin: 1mm 0; } .interim table { font-size: 8pt; } .interim dt { flex-basis: 5.5rem; }
          .interim .byline { margin-bottom: 1mm; } .interim dl > div, .coursework dl > div { border: 0; } .interim dl { gap: 0 4mm; margin: 1mm 0; line-height: 1.25; }
          .interim th, .interim td { padding: .3mm 1.6mm; } .interim .byline, .coursework .byline { font-size: 9pt; }
        }
        """;

    internal const string Script = """
        for (const table of document.querySelectorAll('table')) {
          const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
          const key = (row, i) => { const cell = row.cells[i]; return cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v); };
          heads.forEach((head, i) => head.querySelector('button').addEventListener('click', () => {
            const down = head.getAttribute('aria-sort') === 'ascending';
            for (const other of heads) other.removeAttribute('aria-sort');
            head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
            const rows = [...body.rows].sort((a, b) => {
              const x = key(a, i), y = key(b, i);
              if (x === '' || y === '') return (x === '') - (y === '');
              const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true });
              return down ? -order : order;
            });
            body.append(...rows);
          }));
        }
        """;
}

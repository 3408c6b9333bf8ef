/// How the page looks: light and dark by the reader's choice, always light on paper.
enum HTMLStyle {
  static let sheet = """

    :root {
      color-scheme: light dark;
      --page: #fff; --ink: #1c1f24; --soft: #5a626d; --line: #d8dce2; --raised: #f5f6f8;
      --good: #1a7036; --bad: #b3261e; --open: #8a5a00; --one: #2563b8; --two: #b4690e; --limit: #b3261e;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14171b; --ink: #e6e9ee; --soft: #a0a9b5; --line: #353c45; --raised: #1d2228;
        --good: #6bcf88; --bad: #ff8d85; --open: #f0b95a; --one: #7fb2f5; --two: #f0a95a; --limit: #ff8d85;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
    p, ul { margin: .5rem 0; max-width: 46rem; overflow-wrap: anywhere; }
    .verdict {
      display: inline-block; margin: .25rem 0 .5rem; padding: .3rem .75rem; border: 2px solid; border-radius: .4rem;
      font-weight: 700;
    }
    .good { color: var(--good); } .bad { color: var(--bad); font-weight: 700; } .open { color: var(--open); }
    td.good, td.bad, td.open { white-space: nowrap; }
    dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .5rem 1.5rem; margin: 1rem 0; }
    dl div { overflow-wrap: anywhere; }
    dt { color: var(--soft); font-size: .85rem; } dd { margin: 0; }
    nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-top: 1rem; font-size: .9rem; }
    a { color: var(--one); }
    .table { overflow-x: auto; margin: .75rem 0; }
    table { border-collapse: collapse; font-size: .9rem; min-width: 50%; }
    caption { text-align: left; color: var(--soft); padding: .25rem 0; }
    th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); }
    th { color: var(--soft); font-weight: 600; white-space: nowrap; }
    td { min-width: 4rem; }
    .t { white-space: nowrap; }
    .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; margin: 1rem 0; }
    figure { margin: 0; padding: .75rem; background: var(--raised); border-radius: .5rem; max-width: 28rem; }
    figcaption { font-size: .9rem; font-weight: 600; margin-bottom: .5rem; }
    svg { display: block; width: 100%; height: auto; }
    svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
    svg .soft { fill: var(--soft); }
    svg .grid { stroke: var(--line); } svg .limit { stroke: var(--limit); stroke-dasharray: 4 3; fill: none; }
    svg .limit-text { fill: var(--limit); }
    svg .f1 { fill: var(--one); } svg .f2 { fill: var(--two); }
    svg .s1 { stroke: var(--one); } svg .s2 { stroke: var(--two); }
    svg .line { fill: none; stroke-width: 2; }
    svg .fgood { fill: var(--good); stroke: var(--good); } svg .fbad { fill: var(--bad); stroke: var(--bad); }
    svg .fopen { fill: var(--open); stroke: var(--open); } svg .fplain { fill: var(--soft); stroke: var(--soft); }
    @media print {
      :root {
        color-scheme: light;
        --page: #fff; --ink: #000; --soft: #444; --line: #bbb; --raised: #fff;
        --good: #1a7036; --bad: #b3261e; --open: #8a5a00; --one: #2563b8; --two: #b4690e; --limit: #b3261e;
      }
      body { font-size: 11px; }
      nav { display: none; }
      .table { overflow: visible; }
      figure, tr { break-inside: avoid; }
      h2 { break-after: avoid; }
    }

    """
}

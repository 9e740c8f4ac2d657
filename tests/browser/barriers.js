// Barriers that axe-core does not see, looked for in the page that is open. Each gives a list of faults.
(() => {
  const CONTROLS = "a, button, summary, select, input, textarea"
  const SAYS_NOTHING = new Set(["here", "click here", "ok", "more", "read more", "link", "this", "go", "submit", "next", ""])
  const FOREIGN = /[\u0370-\u05ff\u0600-\u06ff\u0700-\u1fff\u3040-\u9fff\uac00-\ud7af]/
  const RIGHT_TO_LEFT = /[\u0590-\u08ff]/
  const FILE_NAME = /\.(png|jpe?g|svg|gif|webp)$/i
  const brief = node => node.outerHTML.slice(0, 140)
  const all = (where, from = document) => [...from.querySelectorAll(where)]
  const name = node =>
    (node.getAttribute("aria-label") || node.textContent || "").trim().replace(/\s+/g, " ").toLowerCase()

  function headings() {
    const levels = all("h1, h2, h3, h4, h5, h6").map(heading => Number(heading.tagName[1]))
    const skipped = levels.flatMap((level, i) => (i && level > levels[i - 1] + 1 ? [`h${levels[i - 1]} then h${level}`] : []))
    return levels.filter(level => level === 1).length === 1 ? skipped : ["not one h1", ...skipped]
  }

  // Smaller than 24 px is allowed inside a sentence, and where the same target stands elsewhere on the
  // page, as each district of a map does in its table (WCAG 2.2, 2.5.8).
  function smallTargets() {
    return all("a, button, summary, select, input")
      .filter(target => target.checkVisibility() && !target.matches(".govuk-skip-link, svg a"))
      .filter(target => {
        const box = target.getBoundingClientRect()
        if (box.width >= 24 && box.height >= 24) return false
        return ![...target.parentElement.childNodes].some(
          node => node.nodeType === 3 && /\p{L}{2}/u.test(node.textContent))
      }).map(brief)
  }

  function equalNames() {
    const targets = {}
    for (const link of all("a[href]")) {
      (targets[name(link)] ??= new Set()).add(link.href.baseVal ?? link.href)
    }
    return Object.entries(targets).filter(([, hrefs]) => hrefs.size > 1).map(([said]) => said)
  }

  function emptyWords() {
    return all("a, button, summary").filter(node => node.checkVisibility() && SAYS_NOTHING.has(name(node))).map(brief)
  }

  // A data block (JSON-LD) is never run.
  function handmade() {
    return [
      ...all("[style], [onclick], style"),
      ...all('script:not([src], [type="application/ld+json"])'),
      ...all("[role=button], [tabindex]").filter(
        node => node.tabIndex > 0 || (node.matches("[role=button]") && !node.matches("button, a"))),
      ...all("main *").filter(
        node => getComputedStyle(node).cursor === "pointer" && !node.closest(`${CONTROLS}, label, [role=option]`)),
    ].map(brief)
  }

  // Words in another script carry their language, and those read from the right their direction, where more
  // than letters stands among them: a bare name is drawn from the right by its letters alone.
  function unmarkedLanguages() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found = []
    while (walker.nextNode()) {
      const { textContent: text, parentElement: parent } = walker.currentNode
      if (!FOREIGN.test(text) || parent.closest("script, [translate=no]")) continue
      const marked = parent.closest("[lang]")
      if (marked === document.documentElement && marked.lang === "en") found.push(`no lang: ${text.trim()}`)
      const mixed = RIGHT_TO_LEFT.test(text) && /[^\p{L}\p{M}\s]|\p{Script=Latin}/u.test(text)
      if (mixed && getComputedStyle(parent).direction !== "rtl") found.push(`no dir: ${text.trim()}`)
    }
    return document.documentElement.lang ? found : ["the page says no language", ...found]
  }

  function pictures() {
    return [
      ...all("img").filter(image => !image.hasAttribute("alt") || FILE_NAME.test(image.alt)),
      ...all("svg").filter(svg => !svg.closest("[aria-hidden=true]") && !svg.closest("[aria-label], [aria-labelledby]")
        && !svg.querySelector("title") && !svg.querySelector("a")),
    ].map(brief)
  }

  // Help is in the same place on every page (WCAG 2.2, 3.2.6).
  function helpMoved() {
    const links = all("body a[href]").map(link => link.getAttribute("href").replace(/^\/[a-z]{2,3}(?=\/)/, ""))
    return links[2] === "/help-now" ? [] : [`the third link leads to ${links[2]}`]
  }

  // Every field says what it is for before one types, and none forbids to paste or to keep a password.
  function fields() {
    return all("input:not([type=hidden], [type=submit]), select, textarea").filter(
      field => !field.labels?.length && !field.getAttribute("aria-label") || field.onpaste).map(brief)
  }

  const CHECKS = { headings, smallTargets, equalNames, emptyWords, handmade, unmarkedLanguages, pictures, helpMoved, fields }

  // Words that are cut off or lie on each other. Each line of words is a box.
  function jumble() {
    const boxes = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement
      if (!node.textContent.trim() || parent.closest("svg, script, option, .govuk-visually-hidden, .govuk-skip-link")) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects()) if (box.width > 2 && box.height > 2) boxes.push({ box, parent, text: node.textContent.trim() })
    }
    boxes.sort((a, b) => a.box.top - b.box.top)
    const found = boxes.flatMap(({ box, parent, text }) => cut(box, parent) ? [`cut: ${text.slice(0, 60)}`] : [])
    boxes.forEach((one, i) => {
      for (let j = i + 1; j < boxes.length && boxes[j].box.top < one.box.bottom - 6; j++) {
        if (onTop(one.box, boxes[j].box)) found.push(`“${one.text.slice(0, 40)}” on “${boxes[j].text.slice(0, 40)}”`)
      }
    })
    return found
  }

  function cut(box, parent) {
    for (let around = parent; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around)
      if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue
      const frame = around.getBoundingClientRect()
      if (box.right > frame.right + 2 || box.bottom > frame.bottom + 2 || box.left < frame.left - 2) return true
    }
    return false
  }

  // A line's box is taller than its letters: only what overlaps by more than a third is seen to.
  function onTop(one, other) {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left)
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
    return across > 4 && down > Math.min(one.height, other.height) / 3
  }

  // What the focus is on: whether it is covered or off the screen (2.4.11), and whether one sees it (2.4.7).
  function focused() {
    const now = document.activeElement
    if (!now || now === document.body) return { at: -1, faults: [] }
    const at = all("*").indexOf(now)
    if (now.matches("svg a")) return { at, faults: [] } // a district lies among others; it has a test of its own
    const shown = now.matches(".govuk-radios__input, .govuk-checkboxes__input") ? now.nextElementSibling : now
    const box = shown.getClientRects()[0]
    if (!box || !box.width) return { at, faults: [] }
    return { at, faults: [covered(shown, box), marked(now) ? "" : `focus not seen: ${brief(now)}`].filter(Boolean) }
  }

  function covered(now, box) {
    const x = Math.max(box.left, 0) + Math.min(box.width / 2, 40)
    const upper = Math.max(box.top, 0), lower = Math.min(box.bottom, innerHeight), y = (upper + lower) / 2
    if (x > innerWidth || lower - upper < Math.min(box.height, 20)) return `off the screen: ${brief(now)}`
    const top = document.elementFromPoint(x, y)
    return !top || now.contains(top) || top.contains(now) ? "" : `${brief(now)} under ${top.outerHTML.slice(0, 80)}`
  }

  function marked(now) {
    if (now.matches("main, [tabindex='-1']")) return true // what a script or a link sent us to
    const looks = [getComputedStyle(now)]
    if (now.nextElementSibling?.matches("label")) looks.push(getComputedStyle(now.nextElementSibling, "::before"))
    return looks.some(look => look.boxShadow !== "none" || (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2
      && !/rgba\(.*, 0\)|transparent/.test(look.outlineColor)))
  }

  // What a keyboard must reach; of radio buttons one for each question.
  function reachable() {
    const asked = new Set()
    return all(`${CONTROLS}, [tabindex="0"]`).filter(node => {
      if (!node.checkVisibility() || node.disabled || node.tabIndex < 0 || node.matches("a:not([href])")) return false
      if (node.matches("details details:not([open]) > :not(summary) *, details:not([open]) > :not(summary) *")) return false
      if (node.type !== "radio") return true
      const question = `${node.form?.id} ${node.name}`
      return !asked.has(question) && asked.add(question)
    }).length
  }

  window.barriers = {
    all: () => Object.fromEntries(Object.entries(CHECKS).map(([what, look]) => [what, look()]).filter(([, found]) => found.length)),
    jumble, focused, reachable,
    open: () => all("details").forEach(details => { details.open = true }),
    sideways: () => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1
      ? all("main *, header *, nav *, footer *").filter(node => node.getBoundingClientRect().right > innerWidth + 1).slice(0, 4).map(brief) : [],
  }
})()

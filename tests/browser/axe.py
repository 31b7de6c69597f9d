"""axe-core in a page: what it finds against WCAG 2.0 to 2.2, A and AA, and its own best practice."""

import json
from pathlib import Path

from playwright.async_api import Page

SOURCE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """async () => {
  const found = await axe.run(document, { runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] });
  return found.violations.map(v => v.id + ' (' + v.help + '): '
    + v.nodes.slice(0, 3).map(n => n.html.slice(0, 140)).join(' | '));
}""".replace("TAGS", json.dumps(TAGS))


async def violations(page: Page) -> list[str]:
    """Return one line for each rule that the page breaks. The script is put in by the debugger, past the policy."""
    if not await page.evaluate("typeof axe === 'object'"):
        await page.evaluate(SOURCE)
    return [str(line) for line in await page.evaluate(RUN)]

"""How templates are compiled: as Jinja does it, with the words of one language put in while compiling.

Three things differ from stock, none of them in what a template gives: a sentence that stands in the template is
translated once instead of at each drawing; so is the sentence around values, ``_("第 %(n)s 号", n=…)``, which is
then joined like any other output; and what is put out is escaped into a plain string, since it is only joined.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner as escape_str
except ImportError:  # pragma: no cover - where MarkupSafe was built without its C part
    from markupsafe._native import _escape_inner as escape_str

HOLE: Final = re.compile(r"%\((\w+)\)s")
EMPTY: Final = nodes.Const(Markup())  # makes what is joined with it markup


def shown(value: Any) -> str:  # noqa: ANN401 - whatever a template puts out
    """Return ``value`` as a template puts it out, escaped: the same text as ``escape``, without its wrapping."""
    kind = type(value)
    if kind is str:
        return str(escape_str(value))
    return repr(value) if kind is int else str(escape(value))


class Words(NodeTransformer):
    """Puts translations in the place of ``_("…")``."""

    def __init__(self, env: Environment) -> None:
        self.env = env

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - Jinja's name
        """Put a translated sentence among the other output, cut where values belong."""
        children: list[nodes.Expr] = []
        for child in node.nodes:
            found = self._sentence(child)
            children.extend(found if found is not None else [self.visit(child)])
        node.nodes = children
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja's name
        """Put a translated sentence in the place of an argument or a part of an expression."""
        found = self._sentence(node)
        if found is None:
            return self.generic_visit(node)  # type: ignore[return-value]
        safe = Markup if self.env.autoescape else str  # as gettext answers: translators write markup, not text
        parts = [nodes.Const(safe(part.data)) if isinstance(part, nodes.TemplateData) else part for part in found]
        return parts[0] if isinstance(parts[0], nodes.Const) and len(parts) == 1 else nodes.Concat([EMPTY, *parts])

    def _sentence(self, node: nodes.Expr) -> list[nodes.Expr] | None:
        """Return a call of ``_`` as plain text and values in turn, or None when it is something else."""
        if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return None
        if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const) or node.dyn_args or node.dyn_kwargs:
            return None
        values = {each.key: each.value for each in node.kwargs}
        text = str(self.env.globals["gettext_of"](node.args[0].value))  # type: ignore[operator]
        pieces = HOLE.split(text)
        if "%" in "".join(pieces[::2]).replace("%%", "") or not set(pieces[1::2]) <= set(values):
            return None
        return list(self._pieces(pieces, values))

    def _pieces(self, pieces: list[str], values: dict[str, nodes.Expr]) -> Iterator[nodes.Expr]:
        for n, piece in enumerate(pieces):
            if n % 2:
                yield self.visit(values[piece])
            elif piece or len(pieces) == 1:
                yield nodes.TemplateData(piece.replace("%%", "%"))


class Generator(CodeGenerator):
    """Writes the code of a template; puts values out by `shown`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.shown(")
        if finalize.src is not None:
            self.write(finalize.src)


class Compiled(Environment):
    """An environment of one language; set ``globals["gettext_of"]`` before the first template is loaded."""

    code_generator_class = Generator
    shown = staticmethod(shown)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        if any(found.name == "_" for found in parsed.find_all(nodes.Name) if found.ctx != "load"):
            return parsed  # the template calls something of its own by that name
        words: nodes.Template = Words(self).visit(parsed)
        return words

"""The road as a Mermaid drawing, for ``docs/workflow.md``."""

from mediation.case.events import Target
from mediation.case.states import ENDS, STANDINGS, State
from mediation.case.workflow import STEPS, Step, targets


def mermaid() -> str:
    """Return the state diagram as Mermaid text, one arrow per step, ending in a newline."""
    names = [f"  {state}: {STANDINGS[state].title}" for state in State]
    arrows = [arrow for step in STEPS for arrow in _arrows(step)]
    ends = [f"  {state} --> [*]" for state in State if state in ENDS]
    return "\n".join(["stateDiagram-v2", *names, f"  [*] --> {State.DRAFT}", *arrows, *ends, ""])


def _arrows(step: Step) -> list[str]:
    """Return one arrow per landing place; a way back is marked as such."""
    mark = "（原处）" if step.row.to is Target.RETURN_STATE else ""
    return [f"  {step.at} --> {to}: {step.row.title}{mark}" for to in targets(step)]

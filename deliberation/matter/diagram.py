"""The road as a Mermaid drawing, for ``docs/workflow.md``."""

from collections.abc import Mapping

from deliberation.matter.states import State
from deliberation.matter.workflow import STEPS, Step, Target, targets


def mermaid(titles: Mapping[State, str]) -> str:
    """Return the state diagram as Mermaid text, one arrow per step, ending in a newline; ``titles`` name the states."""
    names = [f"  {state}: {titles[state]}" for state in State]
    arrows = [arrow for step in STEPS for arrow in _arrows(step)]
    leaving = {step.at for step in STEPS}
    ends = [f"  {state} --> [*]" for state in State if state not in leaving]
    return "\n".join(["stateDiagram-v2", *names, f"  [*] --> {State.DRAFT}", *arrows, *ends, ""])


def _arrows(step: Step) -> list[str]:
    """Return one arrow per landing place; a way back is marked as such."""
    mark = "（原处）" if step.row.target is Target.RETURN_STATE else ""
    return [f"  {step.at} --> {to}: {step.row.label}{mark}" for to in targets(step)]

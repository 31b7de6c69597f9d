"""What is submitted when a case gets its mediator."""

from web.forms import Form


class AssignForm(Form):
    """选定调解员."""

    mediator: str
    clear: bool = False
    willing: bool = False
    chosen: bool = False

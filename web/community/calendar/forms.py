"""The form of the calendar."""

from starlette.datastructures import UploadFile

from web.forms import Form


class YearForm(Form):
    """A file with one announced year."""

    file: UploadFile

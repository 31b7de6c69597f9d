"""Photographs drawn anew: whatever else the file carried (place, camera, a program) stays behind."""

import io
import warnings
from typing import BinaryIO, Final

from PIL import Image, ImageOps

from community.errors import Unfit
from community.files.rules import PIXELS, SIDE

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP")


def redraw(file: BinaryIO) -> bytes:
    """Return the picture in ``file`` as WebP, upright, at most `SIDE` pixels long. Slow: run it in a thread.

    Raises:
        Unfit: it cannot be opened, or is larger than any photograph.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is checked here, oddities end in an error or do no harm
            return _redraw(file)
    except Unfit:
        raise
    except Image.DecompressionBombError as wrong:
        raise _too_large() from wrong
    except Exception as wrong:  # a decoder may raise anything on a broken file
        raise Unfit("这张图片打不开，可能已经损坏。请重新拍一张，或者截图后再传。", field="file") from wrong


def _redraw(file: BinaryIO) -> bytes:
    with Image.open(file, formats=FORMATS) as opened:
        if opened.width * opened.height > PIXELS:
            raise _too_large()
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    plain = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
    plain.thumbnail((SIDE, SIDE))
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    out = io.BytesIO()
    fresh.save(out, "WEBP", quality=82)
    return out.getvalue()


def _too_large() -> Unfit:
    return Unfit("这张图片的尺寸太大了。请用手机自带的“编辑”缩小后再传。", field="file")

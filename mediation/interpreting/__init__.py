"""翻译 — a line, an agreement or a record in another language, beside the original and under the interpreter's name.

Legal basis: 民事诉讼法 11 (使用本民族语言文字); 国家通用语言文字法 8; 人民调解法 15(四) (保密).
An interpreter reads nothing by their seat alone: whoever leads the talks hands over one thing at a time, for one day,
on record; what is said with one side alone goes to that side's interpreter only. The original is what counts.
Read ``rules.py`` first, then ``commands.py``.
"""

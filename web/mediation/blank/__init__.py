"""空白表格 — the forms of 司发通〔2010〕239号 and ours with empty lines, for a day without power or network."""

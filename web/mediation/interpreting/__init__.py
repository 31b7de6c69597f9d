"""翻译的门面 — what interpreters are asked in a case, one thing to translate, an agreement in two languages."""
